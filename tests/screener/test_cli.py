"""The program as a person meets it: help, version, one line for each mistake."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.screener.commands import Run


@pytest.mark.parametrize("command", ["serve", "staff", "evaluate", "rescreen", "check"])
def test_help_names_every_command(run: Run, command: str) -> None:
    assert command in run("--help").out
    assert run(command, "--help").out.startswith(f"Usage: screener {command}")


def test_without_a_word_the_program_explains_itself(run: Run) -> None:
    done = run()

    assert "non-diagnostic" in done.out + done.err
    assert 2 == done.code


def test_the_version_is_one_line(run: Run) -> None:
    assert "screener 0.1.0\n" == run("--version").out


@pytest.mark.parametrize(
    "arguments",
    [
        ["dance"],
        ["evaluate"],
        ["evaluate", "-", "--format", "docx"],
        ["evaluate", "-", "--copy", "nurse"],
        ["evaluate", "-", "--colour", "red"],
        ["serve", "--port", "99999"],
        ["check", "--content", "/no/such/folder"],
    ],
)
def test_a_slip_on_the_command_line_is_one_line(run: Run, arguments: list[str]) -> None:
    done = run(*arguments)

    assert 2 == done.code
    assert "" == done.out
    assert 1 == len(done.err.splitlines()), done.err
    assert done.err.startswith("screener: ")


def test_the_module_is_the_same_program() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "screener", "--version"], capture_output=True, text=True, check=True
    )

    assert "screener 0.1.0\n" == done.stdout


def test_a_reader_that_has_seen_enough_is_no_error(tmp_path: Path) -> None:
    file = tmp_path / "answers.json"
    file.write_text("{}")
    command = f"{sys.executable} -m screener evaluate {file} --format json | head -c 10"

    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=False)

    assert "" == done.stderr
    assert 10 == len(done.stdout)
