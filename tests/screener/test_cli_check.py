"""`screener check` says what the content holds, or what is wrong with it and where."""

import re
import shutil
from pathlib import Path

import pytest

import rules
from tests.screener.commands import Run

SHIPPED = Path(rules.__file__).parent / "content"


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A copy of the content, to spoil."""
    return Path(shutil.copytree(SHIPPED, tmp_path / "content"))


def test_it_says_what_the_content_holds(run: Run) -> None:
    done = run("check")

    assert (0, "") == (done.code, done.err)
    held = dict(re.split(r"\s{2,}", line.strip(), maxsplit=1) for line in done.out.splitlines())
    assert rules.load().version == held["version"]
    assert held["reviewed by"].startswith("nobody")
    assert "9" == held["steps"]
    assert held["rules"].startswith("74 (")
    assert "10" == held["limits"]
    assert held["medicines"].startswith("35, ")
    assert "140 mmHg, a clinic may set 120 to 140" == held["bp_first_sys"]
    for trusted in ("sources", "help lines"):
        assert re.fullmatch(r"\d+, \d+ verified, \d+ not verified", held[trusted])


def test_a_copy_of_the_content_is_as_good(run: Run, content: Path) -> None:
    assert run("check").out == run("check", "--content", str(content)).out


def test_who_signed_it_is_named(run: Run, content: Path) -> None:
    version = content / "version.yaml"
    signed = re.sub(r'reviewed_by: ""', 'reviewed_by: "Dr. A. Example"', version.read_text())
    version.write_text(signed)

    assert re.search(
        r"(?m)^reviewed by +Dr\. A\. Example$", run("check", "--content", str(content)).out
    )


def test_a_fault_is_named_with_file_line_and_column(run: Run, content: Path) -> None:
    spoilt = content / "rules" / "1_safety.yaml"
    lines = spoilt.read_text().splitlines(keepends=True)
    number = next(number for number, line in enumerate(lines, 1) if "si_now ==" in line)
    lines[number - 1] = lines[number - 1].replace("si_now ==", "si_now_x ==")
    spoilt.write_text("".join(lines))

    done = run("check", "--content", str(content))

    assert (1, "") == (done.code, done.out)
    assert re.search(rf"1_safety\.yaml:{number}:\d+: .*si_now_x", done.err)
    assert "si_now" in done.err


def test_a_folder_without_content_is_no_content(run: Run, tmp_path: Path) -> None:
    done = run("check", "--content", str(tmp_path))

    assert (1, "") == (done.code, done.out)
    assert "there is no text" in done.err


def test_two_things_at_once_are_refused_and_none_is_dropped(run: Run) -> None:
    done = run("check", "--prove", "--sheet", "sheet.pdf")

    assert 2 == done.code
    assert "screener: --prove and --sheet do not go together; ask for one at a time\n" == done.err
