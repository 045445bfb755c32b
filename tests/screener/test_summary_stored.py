"""A summary comes back from the store as it was put in."""

import json
from dataclasses import replace

import pytest

from screener.renderers import text
from screener.summary import Logo
from screener.summary.stored import UnreadableSummary, from_store, to_store
from tests.screener import summaries


@pytest.mark.parametrize("case", summaries.EVERY_CASE)
def test_a_summary_comes_back_as_it_was_put_in(case: str) -> None:
    made = summaries.of(summaries.CASES.get(case, {}))

    kept = json.loads(json.dumps(to_store(made)))

    assert made == from_store(kept)


def test_a_stored_summary_prints_as_it_did_when_it_was_made() -> None:
    made = summaries.of(summaries.CASES["V01"])

    again = from_store(json.loads(json.dumps(to_store(made))))

    assert text.text(made, "clinician") == text.text(again, "clinician")


def test_the_picture_of_the_clinic_is_not_kept_but_put_back() -> None:
    picture = Logo(b"<svg/>", "image/svg+xml")
    clinic = replace(summaries.CLINIC, logo=picture)
    made = summaries.of(summaries.CASES["V01"], clinic=clinic)

    kept = to_store(made)

    assert "svg" not in json.dumps(kept)
    assert made == from_store(kept, picture)


@pytest.mark.parametrize(
    "kept",
    [{}, {"format": 2, "summary": {}}, {"format": 1}, {"format": 1, "summary": {"points": "x"}}],
)
def test_what_is_no_summary_is_refused_without_repeating_it(kept: dict[str, object]) -> None:
    with pytest.raises(UnreadableSummary) as refused:
        from_store(kept)

    assert refused.value.__cause__ is None
    assert "points" not in str(refused.value)
