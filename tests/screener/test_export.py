"""Records on their way out: opened one by one, and a damaged one stops no other."""

import csv
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

from screener import export
from screener.settings import Settings
from screener.store import Contact, Intake, Parcel, Store, packed
from screener.store.exporting import Choice, Format, begin
from screener.store.models import submission
from tests.rules.patients import BASE
from tests.screener import summaries

JO = Contact("Jo Example", "+1 555 0134")


@pytest.fixture
def both(tmp_path: Path) -> tuple[Store, Intake]:
    settings = Settings.load(None, tmp_path, environment={})
    store = Store.open(settings)
    intake = Intake.open(settings, database=store.database)
    intake.need_clinic_key()
    return store, intake


def send(store: Store, parcel: Parcel | None = None) -> str:
    parcel = parcel or packed(summaries.quiet(), BASE, JO, summaries.COMPLETED)
    return store.drafts.send(store.drafts.begin().token, parcel).reference


def written(intake: Intake, made_as: Format) -> bytes:
    chosen = begin(intake, Choice(), "robin", made_as, "care")
    return b"".join(export.written(intake, chosen, made_as, summaries.content_once()))


def test_json_lines_hold_what_was_sent(both: tuple[Store, Intake]) -> None:
    reference = send(both[0])

    read = json.loads(written(both[1], "jsonl"))

    assert (reference, "Jo Example", 42) == (
        read["reference"],
        read["contact"]["name"],
        read["answers"]["age_years"],
    )


def test_csv_has_a_column_for_each_question(both: tuple[Store, Intake]) -> None:
    send(both[0])

    head, row, *rest = written(both[1], "csv").decode("utf-8-sig").splitlines()

    assert [f'"{name}"' for name in summaries.content_once().questionnaire.by_id] == head.split(
        ","
    )[12:-1]
    names, cells = csv.reader([head, row])
    read = dict(zip(names, cells, strict=True))
    assert ("Jo Example", "42") == (read["contact_name"], read["age_years"])
    assert [] == rest


def test_a_zip_holds_the_copy_for_the_clinician_of_each(both: tuple[Store, Intake]) -> None:
    references = [send(both[0]) for _ in range(2)]

    packed_up = zipfile.ZipFile(io.BytesIO(written(both[1], "pdf")))

    assert sorted(f"{one}.pdf" for one in references) == sorted(packed_up.namelist())
    assert all(packed_up.read(name).startswith(b"%PDF") for name in packed_up.namelist())


BROKEN: dict[str, dict[str, Any]] = {
    "no parts": {},
    "no contact": {"contact": None, "answers": {}, "summary": {}},
    "answers of another kind": {"contact": {}, "answers": 7, "summary": {}},
    "a summary of another kind": {"contact": {}, "answers": {}, "summary": {"format": 99}},
    "a list": {"contact": {}, "answers": {}, "summary": [1]},
}


@pytest.mark.parametrize("contents", BROKEN.values(), ids=BROKEN)
def test_a_record_that_is_none_is_named_and_stops_no_other(
    both: tuple[Store, Intake], contents: dict[str, Any]
) -> None:
    broken = send(both[0], Parcel(0, "1+abc", {}, contents))
    whole = send(both[0])

    lines = [json.loads(line) for line in written(both[1], "jsonl").splitlines()]
    packed_up = zipfile.ZipFile(io.BytesIO(written(both[1], "pdf")))

    assert {broken: False, whole: True} == {one["reference"]: one["readable"] for one in lines}
    assert {f"{whole}.pdf", "not-readable.txt"} == set(packed_up.namelist())
    assert f"{broken}\r\n".encode() == packed_up.read("not-readable.txt")


def test_a_record_that_was_tampered_with_is_named_too(both: tuple[Store, Intake]) -> None:
    send(both[0])
    with both[1].database.writing() as connection:
        connection.execute(update(submission).values(contents=b"x" * 200))

    assert not json.loads(written(both[1], "jsonl"))["readable"]
