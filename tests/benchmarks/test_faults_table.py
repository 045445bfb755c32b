"""The table of faults, and that what stands in it is what was promised."""

import argparse
from pathlib import Path

import pytest

from benchmarks import faults_table
from benchmarks.faults_table import FILE, KINDS, START, record, row, row_of, rows_in, unkept
from benchmarks.patients.told import Told

HOUSE = Path(__file__).parents[2]


def good(name: str, times: int) -> str:
    return row(name, times, "812, 7 of them sent", "0", 0)


def recorded() -> list[str]:
    return rows_in(FILE.read_text("utf-8")) if FILE.exists() else []


def test_nothing_that_was_recorded_is_less_than_what_is_promised() -> None:
    assert [] == [said for line in recorded() for said in unkept(line)]


def test_the_readme_quotes_no_table_that_lacks_a_row() -> None:
    quoted = START in (HOUSE / "README.md").read_text("utf-8")
    promised = [kind.what for kind in KINDS.values()]

    assert not quoted or promised == [faults_table.what_of(line) for line in recorded()]


@pytest.mark.parametrize(
    ("name", "times", "lost", "wrong", "said"),
    [
        ("kills sqlite", 100, "0", 0, ""),
        ("kills sqlite", 99, "0", 0, "less often than 100"),
        ("kills sqlite", 100, "1", 0, "1 lost"),
        ("kills sqlite", 100, "0", 1, "1 wrong answers"),
        ("fuzz", 100_000, "", 0, ""),
        ("fuzz", 99_999, "", 0, "less often than 100000"),
        ("control", 10, "1,200", 0, ""),
        ("control", 10, "0", 0, "0 lost"),
    ],
)
def test_a_row_that_shows_too_little_or_a_fault_is_named(
    name: str, times: int, lost: str, wrong: int, said: str
) -> None:
    found = unkept(row(name, times, "800", lost, wrong))

    assert ([f"{KINDS[name].what}: {said}"] if said else []) == found


def test_a_command_writes_its_own_rows_and_leaves_the_others(tmp_path: Path) -> None:
    file = tmp_path / "faults.md"
    record([row("fuzz", 100_000, "", "", 0)], file)
    record([good("kills sqlite", 100), good("power", 50)], file)
    record([good("kills sqlite", 300)], file)

    found = [faults_table.cells(line)[:2] for line in rows_in(file.read_text("utf-8"))]

    promised = [("kills sqlite", "300"), ("power", "50"), ("fuzz", "100,000")]
    assert [[KINDS[name].what, times] for name, times in promised] == found


def test_rows_from_another_machine_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "faults.md"
    record([row("fuzz", 100_000, "", "", 0)], file)
    monkeypatch.setattr(faults_table, "here", lambda: "another machine")

    record([good("power", 50)], file)

    assert [KINDS["power"].what] == list(map(faults_table.what_of, rows_in(file.read_text())))


def test_what_patients_met_is_written_as_it_was() -> None:
    told = Told(times=1200, acknowledged=4321, sent=12, lost=["a"], surprises=["b"], crashed=2)

    cells = faults_table.cells(row_of("kills sqlite", told))

    assert ["1,200", "4,321, 12 of them sent", "1", "3"] == cells[1:5]


def test_a_run_that_is_shorter_than_promised_is_not_recorded() -> None:
    parser = argparse.ArgumentParser()

    faults_table.refuse_short(parser, "power", 50)
    with pytest.raises(SystemExit):
        faults_table.refuse_short(parser, "power", 49)
