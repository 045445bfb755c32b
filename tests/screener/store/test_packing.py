"""What the clinic gets: the summary that the person saw, the answers behind it, and no more."""

import json
from dataclasses import asdict, replace

import pytest

from screener.store import Contact, Intake, Store, packed
from screener.store.models import submission
from screener.summary.stored import from_store
from tests.rules.patients import BASE
from tests.screener import summaries

JO = Contact("Jo Example", "+1 555 0134", "jo@example.org", "no", "mornings")
CALM = Contact()
SENT_AT = summaries.COMPLETED


@pytest.mark.parametrize("case", summaries.EVERY_CASE)
def test_every_worked_patient_can_be_packed(case: str) -> None:
    summary = summaries.case(case)

    parcel = packed(summary, BASE, JO, SENT_AT)

    json.dumps(parcel.headline | parcel.contents, allow_nan=False)
    assert replace(summary, sent=SENT_AT) == from_store(parcel.contents["summary"])
    assert ("now", "first", "discuss", "info")[parcel.rank] == summary.level
    assert parcel.content_version == summary.content_version
    assert parcel.headline["level"] == summary.level


def test_the_queue_shows_the_three_most_urgent_points_and_how_many_more() -> None:
    summary = summaries.quiet(aneurysm="yes", si_passive="yes", si_active="yes", si_intent="yes")
    titles = [point.title for point in summary.points]

    headline = packed(summary, {}, JO, SENT_AT).headline

    assert headline["why"] == titles[:3]
    assert headline["why"][0] == next(p.title for p in summary.points if p.level == "now")
    assert headline["more"] == len(titles) - 3 > 0
    assert headline["name"] == "Jo Example"


def test_the_help_that_was_shown_is_named_without_the_answers_that_called_for_it() -> None:
    shown = ['full si_now "yes"', "young", 'full si_passive "yes"', "something else"]

    parcel = packed(summaries.quiet(), {}, CALM, SENT_AT, shown)

    assert ["crisis", "young"] == parcel.contents["shown"]


def test_the_clinic_reads_how_to_reach_the_person(store: Store, intake: Intake) -> None:
    opened = store.drafts.begin()
    answers = {"age_years": 42, "bp_systolic": None, "med_trials": [{"dose_mg": 12.5}]}

    store.drafts.send(opened.token, packed(summaries.quiet(), answers, JO, SENT_AT))

    with intake.database.reading() as connection:
        (row,) = connection.execute(submission.select()).all()
        found = intake.submissions.opened(row)
    assert asdict(JO) == found.contents["contact"]
    assert answers == found.contents["answers"]
    assert "2026-11-22T17:50:00+00:00" == found.contents["sent_at"]


def test_nothing_of_a_person_slips_into_a_log_by_accident() -> None:
    parcel = packed(summaries.quiet(), {"bp_dx": "yes"}, JO, SENT_AT)

    assert "Jo" not in repr(parcel) + repr(JO)
    assert "bp_dx" not in repr(parcel)
