"""Where and when figures were measured."""

import pytest

from benchmarks import machine


@pytest.mark.parametrize(
    ("status", "mark"),
    [
        ("", ""),
        (" M benchmarks/results/faults.md\n", ""),
        (" M benchmarks/results/faults.md\n M screener/app.py\n", "+"),
    ],
)
def test_figures_of_a_program_that_is_not_as_committed_are_marked(
    monkeypatch: pytest.MonkeyPatch, status: str, mark: str
) -> None:
    said = {"rev-parse": "0123abc\n", "status": status}
    monkeypatch.setattr(machine, "git", lambda *words: said[words[0]])

    assert machine.measured().endswith(f", 0123abc{mark}")


def test_figures_of_a_copy_without_a_history_say_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "git", lambda *_: "")

    assert machine.measured().endswith(", no commit")
