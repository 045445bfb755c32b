"""`screener check --prove` tells how each check came out, and ends with 1 unless all are proved."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import rules.proof
from rules.proof import Outcome
from screener.cli import proving
from tests.screener.commands import Run

GOOD = Outcome("good", "3", "All is well.", "proved", (), "12 looked at")
BROKEN = Outcome("broken", "", "It holds.", "failed", ("it does not\n  a patient who answers",))
OPEN = Outcome("open", "", "Nobody knows.", "undecided", ("z3 gave up: timeout",))


@pytest.fixture
def outcomes(monkeypatch: pytest.MonkeyPatch) -> list[Outcome]:
    """What the proofs will come out as."""
    found: list[Outcome] = []

    def prove(_content: rules.Content, _folder: Path | None) -> Iterator[Outcome]:
        yield from found

    monkeypatch.setattr(rules.proof, "prove", prove)
    return found


def test_a_proof_is_told_with_its_number_its_sentence_and_its_time(
    run: Run, outcomes: list[Outcome], monkeypatch: pytest.MonkeyPatch
) -> None:
    outcomes.append(GOOD)
    monkeypatch.setattr(proving, "monotonic", iter((7, 9.26, 10.51)).__next__)

    done = run("check", "--prove")

    assert (0, "") == (done.code, done.err)
    assert "proved    good (property 3): All is well. [2.3 s]\n          12 looked at" in done.out
    assert "1 of 1 proved in 3.5 s" in done.out


@pytest.mark.parametrize("wrong", [BROKEN, OPEN], ids=lambda outcome: outcome.state)
def test_whatever_is_not_proved_ends_with_1(
    run: Run, outcomes: list[Outcome], wrong: Outcome
) -> None:
    outcomes += [GOOD, wrong]

    done = run("check", "--prove")

    assert 1 == done.code
    assert f"{wrong.state:<9} {wrong.name}: " in done.out
    assert wrong.faults[0].splitlines()[-1].strip() in done.out
    assert "1 of 2 promises are broken or undecided" in done.err


def test_without_z3_it_says_which_extra_to_install(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [name for name in sys.modules if name.startswith(("rules.proof", "z3"))]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "z3", None)

    done = run("check", "--prove")

    assert (1, "") == (done.code, done.out)
    assert "pip install 'screener[proof]'" in done.err
    assert 1 == len(done.err.splitlines())
