"""`screener audit`: has anybody changed the trail of who did what?"""

import re

import click

from screener.cli.faults import BadInputError, BadSettingsError
from screener.cli.intake import with_intake
from screener.settings import Settings
from screener.store import Intake
from screener.store.audit import Head

HEAD = re.compile(r"([0-9]{1,18}):([0-9a-f]{64})")


@click.group(short_help="Check the trail of who did what.")
def audit() -> None:
    """Check the trail of who saw, changed, printed, exported or deleted what."""


@audit.command()
@with_intake
def head(intake: Intake, _settings: Settings) -> None:
    """Print where the trail ends. Keep it where the database cannot be changed."""
    with intake.database.reading() as connection:
        click.echo(str(intake.audit.head(connection)))


@audit.command()
@click.option(
    "--anchor",
    metavar="SEQ:MAC",
    multiple=True,
    help="An earlier head, from the log or a backup: shows when the end was cut off. "
    "May be given more than once.",
)
@with_intake
def verify(intake: Intake, _settings: Settings, *, anchor: tuple[str, ...]) -> None:
    """Follow the trail from its start; exit code 1 when a line was changed or is missing."""
    kept = [_read(written) for written in anchor]
    with intake.database.reading() as connection:
        end = intake.audit.head(connection)
        wrong = intake.audit.first_broken(connection)
        lost = [one for one in kept if not intake.audit.holds(connection, one)]
    if wrong is not None:
        raise BadSettingsError(f"the trail is broken at line {wrong}: it was changed or is missing")
    if lost:
        raise BadSettingsError(
            f"the trail does not hold line {lost[0].seq} as it was written down: its end was cut "
            "off, or it is another trail"
        )
    click.echo(f"The trail is whole: {end.seq} lines. It ends with {end}")


def _read(written: str) -> Head:
    found = HEAD.fullmatch(written.strip())
    if found is None:
        raise BadInputError(f"--anchor {written[:90]} is no head; it looks like 12:9f86d0…")
    return Head(int(found[1]), found[2])
