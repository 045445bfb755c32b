"""`screener delete`: delete what one patient sent, because they asked for it."""

import click

from screener.cli.faults import BadInputError
from screener.cli.intake import with_intake
from screener.settings import Settings
from screener.store import Intake, retention
from screener.store.audit import COMMAND
from screener.store.codes import read_reference
from screener.store.submissions import moment


@click.command(short_help="Delete what one patient sent, by its reference.")
@click.argument("reference")
@click.option("--id", "record", help="Which one, where two forms share a reference.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@with_intake
def delete(
    intake: Intake, _settings: Settings, *, reference: str, record: str | None, yes: bool
) -> None:
    """Delete the form with this REFERENCE for good, because the patient asked for it.

    Everything goes: the answers and their key, what staff wrote, the search words, the notices. The
    trail keeps that it happened. Backups from before still hold it; see docs/deploying.md.
    """
    found, arrived_at = _one(intake, reference, record)
    when = moment(arrived_at).strftime("%Y-%m-%d %H:%M UTC")
    if not yes:
        asked = f"Delete the form {reference} that arrived {when}? It cannot be brought back"
        click.confirm(asked, abort=True)
    if not intake.delete(found, COMMAND, "asked"):
        raise BadInputError("somebody else has just deleted it")
    click.echo(f"The form that arrived {when} is deleted.")


def _one(intake: Intake, typed: str, record: str | None) -> tuple[str, int]:
    """Find the one form that is meant: its id, and when it arrived."""
    reference = read_reference(typed)
    if reference is None:
        raise BadInputError(f"{typed} is not a reference; it looks like K7QM-4XRT")
    with intake.database.reading() as connection:
        all_found = retention.found(connection, reference)
    meant = [one for one in all_found if record in {None, one[0]}]
    if not meant:
        which = f"{reference} and the id {record}" if record else reference
        raise BadInputError(f"no form has the reference {which}")
    if len(meant) > 1:
        for found, arrived_at in meant:
            click.echo(f"{found}  arrived {moment(arrived_at):%Y-%m-%d %H:%M UTC}")
        said = f"{len(meant)} forms have the reference {reference}; say which with --id"
        raise BadInputError(said)
    return meant[0]
