"""`screener rescreen`: evaluate many stored answer sets, and see what a limit would change."""

import importlib.util
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, BinaryIO

import click

import rules
from screener.cli.answer_sets import opened, read_lines
from screener.cli.check import load
from screener.cli.faults import BadInputError, BadSettingsError
from screener.cli.limits import with_limits
from screener.cli.settings import clinic_option, read_settings

CLEARED = "\r\033[K"  # takes the bar away; it comes back with the next line that is read
BATCH = 10_000  # answer sets at a time, so that a file may be larger than the memory


@click.command(short_help="Evaluate many answer sets, and see what a limit would change.")
@click.argument("file")
@click.option(
    "--limit",
    "limits",
    multiple=True,
    metavar="NAME=VALUE",
    help="Also evaluate with this limit, and say whose result it changes. May be repeated.",
)
@clinic_option
def rescreen(file: str, limits: tuple[str, ...], clinic: Path | None) -> None:
    """Read one JSON object of answers from each line of FILE, or - for standard input, and count.

    Prints how many answer sets meet each rule and each level, under the limits in force (the
    clinic's, or the shipped ones). A line that cannot be read is named on standard error and not
    counted, and the exit code is 2.
    """
    if importlib.util.find_spec("numpy") is None:
        raise BadSettingsError("rescreen needs NumPy: pip install 'screener[batch]'")
    content = load()
    set_by_clinic = read_settings(content, clinic, None).limits
    force = with_limits(content.limits, set_by_clinic, ())
    other = with_limits(content.limits, set_by_clinic, limits)
    count(content, force, other, file)


def count(content: rules.Content, force: rules.Limits, other: rules.Limits, file: str) -> None:
    """Read, count and print; end with exit code 2 when a line could not be read."""
    # Imported here, not above: NumPy is an extra, and slow to load for the other commands.
    from screener.cli.counts import report  # noqa: PLC0415
    from screener.cli.tally import Rescreening  # noqa: PLC0415

    found = Rescreening(content, force, other)
    with opened(file) as stream:
        bad = fill(found.add, content, stream, file)
    if found.counted:
        for line in report(found):
            click.echo(line)
    if bad:
        raise BadInputError(f"{bad:,} of {found.counted + bad:,} lines not read, and not counted")
    if not found.counted:
        raise BadInputError(f"{name(file)}: there is no answer set in it")


Add = Callable[[Sequence[int], Sequence[rules.Answers]], None]


def fill(add: Add, content: rules.Content, stream: BinaryIO, file: str) -> int:
    """Read every line; name the bad ones, and return how many there were."""
    bad = 0
    numbers: list[int] = []
    patients: list[rules.Answers] = []
    bar: Any  # click has no public name for it
    length = size(file)
    hidden = not (length and sys.stderr.isatty())
    with click.progressbar(
        length=length or 1, label="Reading", file=sys.stderr, hidden=hidden
    ) as bar:
        for line in read_lines(content, stream):
            bar.update(line.size)
            if line.answers is None:
                bad += 1
                click.echo("" if hidden else CLEARED, nl=False, err=True)
                click.echo(f"{name(file)}: line {line.number}: {line.fault}", err=True)
                continue
            numbers.append(line.number)
            patients.append(line.answers)
            if len(patients) == BATCH:
                add(numbers, patients)
                numbers, patients = [], []
    if patients:
        add(numbers, patients)
    return bad


def name(file: str) -> str:
    """Name where the answers come from."""
    return "standard input" if file == "-" else file


def size(file: str) -> int:
    """How many bytes there are to read; 0 when nobody knows."""
    return Path(file).stat().st_size if file != "-" and Path(file).is_file() else 0
