"""`screener check`: load the content, and say what it holds or what is wrong with it."""

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import click

import rules
from screener.cli.differing import print_differences
from screener.cli.faults import BadInputError, BadSettingsError
from screener.cli.mutants import check_mutants, make_boundary
from screener.cli.proving import check_proofs
from screener.cli.sheet import write_sheet


@click.command(short_help="Check the content, and say what it holds.")
@click.option(
    "--content",
    "folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Check this folder in place of the content that came with Screener.",
)
@click.option(
    "--mutants",
    is_flag=True,
    help="Also see that a slip in a rule would be noticed.",
)
@click.option(
    "--boundary", metavar="FILE", help="Only find the boundary patients anew and write them here."
)
@click.option(
    "--prove",
    is_flag=True,
    help="Prove what is promised of the content, for every patient and every limit.",
)
@click.option("--sheet", metavar="FILE", help="Only write the sign-off sheet (.html or .pdf).")
@click.option(
    "--diff",
    "old",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Only say what changed since the content in this folder, and for whom.",
)
def check(
    folder: Path | None,
    old: Path | None,
    *,
    prove: bool,
    mutants: bool,
    boundary: str | None,
    sheet: str | None,
) -> None:
    """Load and check the questions, rules and texts, and print what they hold.

    Ends with exit code 1, and file:line:column for each fault, when something is wrong.
    """
    one_of(prove=prove, mutants=mutants, boundary=boundary, sheet=sheet, diff=old)
    content = load(folder)
    if prove:
        check_proofs(content, folder)
    elif boundary:
        make_boundary(content, boundary)
    elif sheet:
        write_sheet(content, sheet, folder)
    elif old:
        print_differences((load(old), old), (content, folder))
    else:
        print_holdings(content)
        if mutants:
            check_mutants(content)


def one_of(**asked: object) -> None:
    """Refuse two things at once, rather than do one and drop the other."""
    named = [f"--{name}" for name, value in asked.items() if value]
    if named[1:]:
        raise BadInputError(f"{' and '.join(named)} do not go together; ask for one at a time")


def print_holdings(content: rules.Content) -> None:
    """Print what a content holds."""
    held = list(holdings(content))
    width = max(len(name) for name, _ in held)
    for name, value in held:
        click.echo(f"{name:<{width}}  {value}")


def load(folder: Path | None = None) -> rules.Content:
    """Load the content, or end the program with its faults, one a line."""
    try:
        return rules.load(folder=folder)
    except rules.ContentError as error:
        click.echo(str(error), err=True)
        which = f"the content in {folder}" if folder else "the content"
        raise BadSettingsError(f"{which} cannot be used until this is put right") from error


def holdings(content: rules.Content) -> Iterator[tuple[str, str]]:
    """Say what the content holds, a name and a value for each line."""
    form = content.questionnaire
    questions = [question for page in form.pages for question in page.questions]
    fields = sum(len(question.fields) for question in questions)
    yield "version", content.version
    yield "reviewed by", content.reviewed_by or "nobody: no licensed clinician has approved it yet"
    yield "steps", str(len(form.steps))
    yield "pages", str(len(form.pages))
    yield "questions", f"{len(questions)}, and {fields} about each medicine tried"
    yield "rules", f"{len(content.rules)} ({levels(content.rules)})"
    yield "limits", str(len(content.limits))
    for limit in content.limits.values():
        bounds = f"{limit.value} {limit.unit}, a clinic may set {limit.low} to {limit.high}"
        yield f"  {limit.id}", bounds
    yield "medicines", trusted(content.medicines)
    yield "sources", trusted(content.sources.values())
    yield "help lines", trusted(lines(content.helplines))


def levels(found: Iterable[rules.Rule]) -> str:
    """Count rules by level, most urgent first."""
    count = Counter(rule.level for rule in found)
    return ", ".join(f"{count[level]} {level}" for level in rules.Level)


def trusted(rows: Iterable[rules.Source | rules.Medicine | rules.Line]) -> str:
    """Count rows, and those that somebody has compared with what they name."""
    checked = [row.verified for row in rows]
    return f"{len(checked)}, {sum(checked)} verified, {len(checked) - sum(checked)} not verified"


def lines(helplines: rules.Helplines) -> list[rules.Line]:
    """Return every help line of every country once."""
    places = (*helplines.countries.values(), helplines.world)
    return list({line.id: line for place in places for line in place.lines}.values())
