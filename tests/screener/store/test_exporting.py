"""What is exported is chosen once, told in the trail first, and handed out as it was chosen."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from screener.store import Intake, Parcel, Store, exporting
from screener.store.exporting import Choice, TooMany, begin, count, rows
from screener.store.models import audit, submission
from tests.screener.store.conftest import Clock

FIRST_DAY, SECOND_DAY = date(2026, 11, 22), date(2026, 11, 23)


@pytest.fixture
def forms(store: Store, intake: Intake, clock: Clock) -> list[str]:
    """Four forms, one a day and level, the last one closed: their references."""
    sent = []
    for rank in (2, 0, 1, 3):
        draft = store.drafts.send(store.drafts.begin().token, Parcel(rank, "1+abc", {}, {}))
        sent.append(draft.reference)
        clock.turn(days=1)
    with intake.database.writing() as connection:
        last = submission.update().where(submission.c.reference == sent[-1])
        connection.execute(last.values(status="closed"))
    return sent


def exported(intake: Intake, **choice: Any) -> list[str]:
    chosen = begin(intake, Choice(**choice), "robin", "csv", "care")
    return [row.reference for row in rows(intake, chosen)]


def trail(intake: Intake) -> list[tuple[str, str, str]]:
    with intake.database.reading() as connection:
        lines = connection.execute(select(audit).order_by(audit.c.seq)).all()
    return [(line.actor, line.action, line.detail) for line in lines]


def test_without_a_choice_everything_goes_the_oldest_first(
    intake: Intake, forms: list[str]
) -> None:
    assert forms == exported(intake)


def test_records_are_chosen_by_reference_status_level_and_day(
    intake: Intake, forms: list[str]
) -> None:
    assert [forms[2]] == exported(intake, reference=forms[2])
    assert [] == exported(intake, reference="BCDF-GHJK")
    assert [forms[3]] == exported(intake, status="closed")
    assert [forms[1]] == exported(intake, level="now")
    assert [forms[0]] == exported(intake, last=FIRST_DAY)
    assert [forms[1]] == exported(intake, first=SECOND_DAY, last=SECOND_DAY)
    assert [] == exported(intake, level="now", last=FIRST_DAY)


def test_each_record_has_its_line_in_the_trail_before_it_is_read(
    intake: Intake, forms: list[str]
) -> None:
    begin(intake, Choice(level="now"), "robin", "pdf", "asked")

    expected = [("robin", "record_exported", "pdf asked"), ("robin", "exported", "pdf asked 1")]
    assert expected == trail(intake)
    with intake.database.reading() as connection:
        form = select(submission.c.id).where(submission.c.reference == forms[1])
        told = select(audit.c.object).where(audit.c.action == "record_exported")
        assert connection.execute(form).scalar() == connection.execute(told).scalar()
        assert intake.audit.first_broken(connection) is None


def test_nothing_is_handed_out_when_the_trail_cannot_be_written(
    intake: Intake, forms: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(intake.audit, "add", fail)

    with pytest.raises(ZeroDivisionError):
        begin(intake, Choice(), "robin", "csv", "care")

    assert forms
    assert [] == trail(intake)


def test_what_is_deleted_meanwhile_is_not_handed_out(intake: Intake, forms: list[str]) -> None:
    chosen = begin(intake, Choice(), "robin", "csv", "care")

    intake.delete(chosen[1], "robin", "asked")

    assert [forms[0], *forms[2:]] == [row.reference for row in rows(intake, chosen)]


def test_only_a_few_records_are_read_at_a_time(
    intake: Intake, forms: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exporting, "AT_ONCE", 3)
    chosen = begin(intake, Choice(), "robin", "csv", "care")

    handed_out = rows(intake, chosen)
    assert forms[0] == next(handed_out).reference
    intake.delete(chosen[3], "robin", "asked")

    assert forms[1:3] == [row.reference for row in handed_out]


@pytest.mark.usefixtures("forms")
def test_more_than_fit_into_one_export_are_refused(
    intake: Intake, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exporting, "MOST", 3)

    with intake.database.reading() as connection:
        assert 1 == count(connection, Choice(level="now"))
        with pytest.raises(TooMany):
            count(connection, Choice())
    with pytest.raises(TooMany):
        begin(intake, Choice(), "robin", "csv", "care")
    assert [] == trail(intake)
