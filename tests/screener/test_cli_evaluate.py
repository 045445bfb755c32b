"""`screener evaluate`: answers in, a summary out, and one line where that cannot be."""

import json
import os
import pty
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import rules
from tests.screener.commands import Run

CASES = Path(__file__).parent.parent / "cases"
BASE: dict[str, Any] = json.loads((CASES / "base.json").read_text("utf-8"))
WORKED: list[dict[str, Any]] = json.loads((CASES / "worked.json").read_text("utf-8"))


@pytest.fixture
def quiet(tmp_path: Path) -> str:
    """A file with the answers of somebody with little to report."""
    return written(tmp_path, BASE)


def written(folder: Path, answers: object) -> str:
    file = folder / "answers.json"
    file.write_text(json.dumps(answers), "utf-8")
    return str(file)


@pytest.mark.parametrize("case", WORKED, ids=lambda case: str(case["id"]))
def test_json_holds_what_the_worked_case_expects(run: Run, case: dict[str, Any]) -> None:
    answers = json.dumps(BASE | case["answers"]).encode()
    limits = [f"--limit={name}={value}" for name, value in case.get("limits", {}).items()]

    found = json.loads(run("evaluate", "-", "--format", "json", *limits, stdin=answers).out)

    expected = case["expect"]
    assert expected["level"] == found["level"]
    assert expected["crisis"] == found["crisis"]
    assert expected["emergency"] == found["emergency"]


def test_json_holds_every_promised_field(run: Run, quiet: str) -> None:
    found = json.loads(run("evaluate", quiet, "--format", "json").out)

    assert rules.load().version == found["content_version"]
    assert {"content_version", "level", "crisis", "emergency", "findings"} <= found.keys()
    promised = {"rule", "level", "undecided", "because", "patient", "ask", "clinician", "sources"}
    assert found["findings"]
    for finding in found["findings"]:
        assert promised <= finding.keys()


def test_no_answers_at_all_is_an_answer_too(run: Run) -> None:
    found = json.loads(run("evaluate", "-", "--format", "json", stdin=b"{}").out)

    assert ("now", "full", 57) == (found["level"], found["crisis"], len(found["findings"]))


def test_null_and_left_out_are_the_same(run: Run, tmp_path: Path) -> None:
    gone = {key: value for key, value in BASE.items() if key != "bp_known"}
    empty = BASE | {"bp_known": None}

    findings = [
        json.loads(run("evaluate", written(tmp_path, answers), "--format", "json").out)["findings"]
        for answers in (gone, empty)
    ]

    assert findings[0] == findings[1]


@pytest.mark.parametrize("copy", ["patient", "clinician"])
def test_text_and_page_say_what_they_are_not(run: Run, quiet: str, copy: str) -> None:
    text = run("evaluate", quiet, "--copy", copy).out
    page = run("evaluate", quiet, "--copy", copy, "--format", "html").out

    assert "not a diagnosis" in text
    assert "not a diagnosis" in page
    assert page.lower().startswith("<!doctype html>")
    assert rules.load().version in text
    assert rules.load().version in page


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_a_pdf_goes_to_a_file_that_only_its_owner_reads(
    run: Run, quiet: str, tmp_path: Path, paper: str
) -> None:
    file = tmp_path / "summary.pdf"

    done = run("evaluate", quiet, "--format", "pdf", "--paper", paper, "--output", str(file))

    assert (0, "", "") == (done.code, done.out, done.err)
    assert file.read_bytes().startswith(b"%PDF-")
    assert 0o600 == file.stat().st_mode & 0o777 or os.name == "nt"
    assert [] == list(tmp_path.glob(".screener-*"))


def test_a_pdf_goes_into_a_pipe(run: Run, quiet: str) -> None:
    assert run("evaluate", quiet, "--format", "pdf").printed.startswith(b"%PDF-")


@pytest.mark.skipif(os.name == "nt", reason="a terminal of this kind is POSIX")
def test_a_pdf_does_not_go_to_a_screen(quiet: str) -> None:
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "screener", "evaluate", quiet, "--format", "pdf"]

    done = subprocess.run(command, stdout=theirs, stderr=subprocess.PIPE, text=True, check=False)

    os.close(theirs)
    os.close(ours)
    assert 2 == done.returncode
    assert "screener: a PDF does not suit a screen; add --output summary.pdf\n" == done.stderr


def test_a_limit_moves_a_rule(run: Run, tmp_path: Path) -> None:
    answers = written(tmp_path, BASE | {"bp_systolic": 132, "bp_diastolic": 80})

    def found(*options: str) -> set[str]:
        read = json.loads(run("evaluate", answers, "--format", "json", *options).out)
        return {finding["rule"] for finding in read["findings"]}

    assert "R-BP-HIGH" not in found()
    assert "R-BP-HIGH" in found("--limit", "bp_first_sys=132", "--limit", "bp_discuss_sys=125")


def test_the_clinics_file_gives_name_and_limits(run: Run, quiet: str, tmp_path: Path) -> None:
    clinic = tmp_path / "clinic.toml"
    clinic.write_text('[clinic]\nname = "North Street Clinic"\n[limits]\nbp_first_sys = 135\n')

    assert "North Street Clinic" in run("evaluate", quiet, "--clinic", str(clinic)).out


REFUSED = [
    ('{"age_years": 41', "not JSON"),
    ("[]", "one JSON object"),
    ('{"age_years": 41, "age_years": 42}', '"age_years"'),
    ('{"age_yeers": 41}', "age_years"),
    ('{"si_now": "maybe"}', "si_now"),
    ('{"si_now": true}', "si_now"),
    ('{"age_years": "41"}', "age_years"),
    ('{"age_years": 41.5}', "age_years"),
    ('{"age_years": true}', "age_years"),
    ('{"age_years": 900}', "age_years"),
    ('{"age_years": NaN}', "NaN"),
    ('{"age_years": 1e999}', "too large"),
    ('{"bp_systolic": 90, "bp_diastolic": 120}', "bp_systolic"),
    ('{"red_flags_now": "chest_pain"}', "red_flags_now"),
    ('{"red_flags_now": ["none", "chest_pain"]}', "red_flags_now"),
    ('{"red_flags_now": ["chest_pain", "chest_pain"]}', "red_flags_now"),
    ('{"med_trials": [{"med": "sertraline"}, {"dose_mg": -1}]}', "med_trials[1].dose_mg"),
    ('{"med_trials": [{"dose": 3}]}', "med_trials[0]"),
    ('{"med_trials": {"med": "sertraline"}}', "med_trials"),
    ('{"med_trials": [' + ", ".join(["{}"] * 21) + "]}", "med_trials"),
    ('{"": 1}', "no question"),
    ('{"\\u0000\\n\\u202e": 1}', "no question"),
    ('{"questions": "\\ud800"}', "questions"),
    ('{"age_years": ' + "[" * 100_000 + "}", "nested"),
    (json.dumps({"questions": "a" * 1_000_001}), "larger than 1 MB"),
]


@pytest.mark.parametrize(("content", "names"), REFUSED, ids=range(len(REFUSED)))
def test_bad_answers_end_with_one_line_and_exit_code_2(run: Run, content: str, names: str) -> None:
    done = run("evaluate", "-", "--format", "json", stdin=content.encode())

    assert (2, "") == (done.code, done.out)
    assert 1 == len(done.err.splitlines()), done.err
    assert done.err.startswith("screener: standard input: ")
    assert names in done.err
    assert len(done.err) < 1000


@pytest.mark.parametrize(
    ("limit", "names"),
    [
        ("bp_first_sys", "NAME=NUMBER"),
        ("bp_first_sys=", "NAME=NUMBER"),
        ("bp_first_sys=high", "NAME=NUMBER"),
        ("bp_first_sys=130.5", "NAME=NUMBER"),
        ("=130", "NAME=NUMBER"),
        ("bp_frist_sys=130", "bp_first_sys"),
        ("bp_first_sys=500", "from "),
        ("bp_first_sys=-5", "from "),
    ],
)
def test_a_bad_limit_ends_with_one_line_and_exit_code_2(
    run: Run, quiet: str, limit: str, names: str
) -> None:
    done = run("evaluate", quiet, "--limit", limit)

    assert (2, "") == (done.code, done.out)
    assert 1 == len(done.err.splitlines())
    assert names in done.err


def test_a_limit_given_twice_is_refused(run: Run, quiet: str) -> None:
    done = run("evaluate", quiet, "--limit", "bp_first_sys=130", "--limit", "bp_first_sys=135")

    assert (2, "screener: --limit bp_first_sys is given twice; keep one\n") == (done.code, done.err)


def test_a_missing_file_is_named(run: Run, tmp_path: Path) -> None:
    done = run("evaluate", str(tmp_path / "nobody.json"))

    assert (2, "") == (done.code, done.out)
    assert "nobody.json: cannot be read" in done.err


def test_output_that_cannot_be_written_is_named(run: Run, quiet: str, tmp_path: Path) -> None:
    done = run("evaluate", quiet, "--output", str(tmp_path / "no" / "such" / "file.txt"))

    assert (2, "") == (done.code, done.out)
    assert 1 == len(done.err.splitlines())
    assert "file.txt: cannot be written: No such file or directory" in done.err


def test_a_clinic_file_with_faults_names_each(run: Run, quiet: str, tmp_path: Path) -> None:
    clinic = tmp_path / "clinic.toml"
    clinic.write_text('[clinic]\ncolour = "mauve"\ncountry = "Mars"\n')

    done = run("evaluate", quiet, "--clinic", str(clinic))

    assert (1, "") == (done.code, done.out)
    assert 2 == len(done.err.splitlines())
    assert "colour" in done.err
    assert "country" in done.err


def test_without_a_draft_no_empty_code_is_printed(run: Run, quiet: str) -> None:
    page = run("evaluate", quiet, "--format", "html").out
    text = run("evaluate", quiet).out

    assert "<title></title>" not in page
    assert "Code </" not in page
    assert "Reference" not in text
