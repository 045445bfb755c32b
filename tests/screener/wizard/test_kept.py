"""Answers that were kept: what is the same as before a page was saved is not read again."""

import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from screener.wizard.kept import readable, unchanged
from tests.rules.drawing import CONTENT, QUESTIONS, Answers, patients

# What no form of ours writes, but an older version, or a damaged draft, might hold.
ODD = st.sampled_from(["nobody offers this", ["yes", "yes"], -1, 10**6, [{"med": 7}], {}, "a\x00b"])
CHANGES = st.dictionaries(st.sampled_from(sorted(QUESTIONS)), ODD, max_size=4)


def as_kept(answers: Answers) -> dict[str, Any]:
    kept: dict[str, Any] = json.loads(json.dumps(answers))
    return kept


@settings(max_examples=200, deadline=None)
@given(patients(), CHANGES, patients(), CHANGES, st.sets(st.sampled_from(sorted(QUESTIONS))))
def test_a_page_that_was_saved_is_read_as_if_all_were_read_again(
    first: Answers, odd: dict[str, Any], second: Answers, odder: dict[str, Any], page: set[str]
) -> None:
    before = as_kept(first) | odd
    said = as_kept(second) | odder
    after = before | {name: value for name, value in said.items() if name in page}
    read = readable(CONTENT, before)

    known = unchanged(after, before, read)

    assert readable(CONTENT, after) == readable(CONTENT, after, known)
    assert {name for name in read if before[name] == after[name]} == set(known)


def test_what_was_kept_is_never_changed_by_reading_it() -> None:
    kept = {"med_trials": [{"med": "sertraline", "weeks": "nobody offers this"}], "ack": "yes"}
    copy = json.loads(json.dumps(kept))

    readable(CONTENT, kept)

    assert copy == kept
