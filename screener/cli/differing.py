"""`screener check --diff`: what changed between two versions of the content, and for whom."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

import click

import rules
from rules.differences import Version, differences
from rules.mutants.files import boundary_patients
from screener.cli.mutants import calm_answers
from screener.renderers.sheet.beside import told

CASES = Path(__file__).parents[2] / "tests" / "cases"  # in a checkout
Patient = tuple[str, Mapping[str, object], Mapping[str, int]]  # name, answers, limits


def print_differences(old: Version, new: Version) -> None:
    """Say what changed, and which known patients meet other findings or another level."""
    changed = list(differences(old, new))
    for line in changed or ["nothing changed"]:
        click.echo(line)
    patients = [*boundary(new[0]), *worked()]
    moved = list(met(old[0], new[0], patients))
    click.echo(f"\n{len(moved)} of {len(patients)} boundary patients and worked cases change")
    for line in moved:
        click.echo(line)


def boundary(content: rules.Content) -> Iterator[Patient]:
    """Each boundary patient, named by what differs from the quiet one."""
    calm = calm_answers(content)
    for patient in boundary_patients(content):
        yield told(content, patient, calm), {**calm, **patient.moved}, patient.limits


def worked() -> Iterator[Patient]:
    """Each worked case; there are none in an installed package."""
    if not CASES.is_dir():
        return
    base = json.loads((CASES / "base.json").read_text("utf-8"))
    for case in json.loads((CASES / "worked.json").read_text("utf-8")):
        yield f"{case['id']} {case['about']}", base | case["answers"], case.get("limits", {})


def met(old: rules.Content, new: rules.Content, patients: list[Patient]) -> Iterator[str]:
    """Say who meets something else than before."""
    for name, answers, limits in patients:
        before, after = result(old, answers, limits), result(new, answers, limits)
        if before != after:
            yield f"  {name}: {compared(before, after)}"


Met = tuple[str, frozenset[str]]


def result(
    content: rules.Content, answers: Mapping[str, object], limits: Mapping[str, int]
) -> Met | str:
    """The level and the findings of a patient; or why the content cannot read the answers."""
    try:
        given = rules.read_answers(content, answers)
        found = rules.evaluate(content, given, content.limits.with_values(limits))
    except (rules.AnswerError, rules.LimitError) as error:
        return f"cannot be read ({error})"
    levels = content.words.levels
    names = (f"{x.rule.id}{'?' * x.undecided} ({levels[x.level]})" for x in found.findings)
    blocks = [found.crisis] * (found.crisis != "none") + ["emergency"] * found.emergency
    level = " with ".join([levels[found.level], *blocks])
    return level, frozenset(names)


def compared(before: Met | str, after: Met | str) -> str:
    """Say what is different now."""
    if isinstance(before, str) or isinstance(after, str):
        was, now = (each if isinstance(each, str) else each[0] for each in (before, after))
        return f"was {was}; now {now}"
    level = f"{before[0]} becomes {after[0]}" if before[0] != after[0] else f"still {after[0]}"
    came, went = sorted(after[1] - before[1]), sorted(before[1] - after[1])
    said = [level]
    said += [f"gains {', '.join(came)}"] * bool(came)
    said += [f"loses {', '.join(went)}"] * bool(went)
    return "; ".join(said)
