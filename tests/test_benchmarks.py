"""What the benchmarks rest on; the benchmarks themselves run by `make bench`."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

import rules
from benchmarks.rules import by_hand
from benchmarks.rules.languages import CEL, ZEN, JsonLogic, Language, NoWordsError
from benchmarks.rules.people import complete, facts_of
from benchmarks.serve.aims import BEHIND
from rules.conditions.tree import Condition
from rules.logic import NO, YES

HOUSE = Path(__file__).parent.parent
# Each stands in benchmarks/results/NAME.md between <!-- NAME --> and <!-- /NAME -->, and as it is
# in the README.
QUOTED = ("rules", "serve", "weight", "faults", "planted", "deployed")
# The README sums up the first in a line, and leaves the second to whoever turns a key.
LEFT_OUT = ("lighthouse", "rotation")
MEASURED_ON = re.compile(r"[^|]+, \d+ cores, \w+;[^|]*\d+\.\d+\.\d+[^|]*\.")
RESULTS = sorted((HOUSE / "benchmarks" / "results").iterdir())
CONTENT = rules.load()
LIMITS = CONTENT.limits.numbers
WRITERS: dict[str, Callable[[Condition], object]] = {
    "zen": Language(ZEN, LIMITS).write,
    "cel": Language(CEL, LIMITS).write,
    "json": JsonLogic(LIMITS).write,
}


def test_the_rules_written_by_hand_agree_with_ours() -> None:
    people = [facts_of(CONTENT, complete(CONTENT, seed)) for seed in range(20)]

    hand = [[YES if held else NO for held in by_hand.decide(one, LIMITS)] for one in people]
    ours = [list(CONTENT.decide(one, CONTENT.limits.values_in_order)) for one in people]

    assert hand == ours


@pytest.mark.parametrize("name", WRITERS)
def test_every_rule_but_one_can_be_written_for_the_other_engines(name: str) -> None:
    without = []
    for rule in CONTENT.rules:
        try:
            WRITERS[name](rule.when)
        except NoWordsError:
            without.append(rule.id)

    assert ["R-TRX-UNCLEAR"] == without


def quoted(name: str, marker: str) -> str:
    file = HOUSE / name
    _, _, rest = (file.read_text("utf-8") if file.exists() else "").partition(f"<!-- {marker} -->")
    return rest.partition(f"<!-- /{marker} -->")[0]


@pytest.mark.parametrize("marker", QUOTED)
def test_the_readme_quotes_what_was_measured(marker: str) -> None:
    in_readme = quoted("README.md", marker)

    assert "| ---: |" in in_readme
    assert quoted(f"benchmarks/results/{marker}.md", marker) == in_readme


@pytest.mark.parametrize("marker", sorted({*QUOTED, "rotation"}))
def test_what_is_quoted_says_on_which_machine_and_with_which_versions(marker: str) -> None:
    before_the_table = quoted(f"benchmarks/results/{marker}.md", marker).strip().partition("\n|")[0]

    assert MEASURED_ON.fullmatch(before_the_table.strip())


def test_the_readme_quotes_each_and_no_more() -> None:
    found = re.findall("<!-- (.+?) -->", (HOUSE / "README.md").read_text("utf-8"))
    in_results = {
        mark for file in RESULTS for mark in re.findall("<!-- (\\w+) -->", file.read_text("utf-8"))
    }

    assert sorted(mark for name in QUOTED for mark in (name, f"/{name}")) == sorted(found)
    assert {*QUOTED, *LEFT_OUT} == in_results


@pytest.mark.parametrize("file", RESULTS, ids=lambda file: file.stem)
def test_no_goal_was_missed_when_it_was_measured_last(file: Path) -> None:
    assert not re.search(r"\bMissed:|MISSED|\| missed \||\(missed\)", file.read_text("utf-8"))


@pytest.mark.parametrize("file", RESULTS, ids=lambda file: file.stem)
def test_what_is_not_met_is_named_with_its_reason(file: Path) -> None:
    """Only what the benchmark of steps names may be behind, and only on its own page."""
    page = file.read_text("utf-8")
    named = BEHIND if file.stem == "serve" else {}

    rows = re.findall(r"^\| (.+?) \|.*\| not met: (.+) \|$", page, re.MULTILINE)
    below = re.findall(r"^Not met: (.+)\.$", page, re.MULTILINE)

    assert all(
        any(what.startswith(name) and why == reason for name, reason in named.items())
        for what, why in rows
    )
    assert {*below} <= {f"{name}: {why}" for name, why in named.items()}
    assert {why for _, why in rows} == {one.partition(": ")[2].rpartition(": ")[2] for one in below}
    assert len(rows) + len(below) + page.count(" (not met)") == page.lower().count("not met")


def test_lighthouse_gave_each_page_all_its_points() -> None:
    """As the README says."""
    rows = quoted("benchmarks/results/lighthouse.md", "lighthouse").strip().splitlines()[2:]

    assert {" 100 "} == {cell for row in rows for cell in row.split("|")[2:5]}
