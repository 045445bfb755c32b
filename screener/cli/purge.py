"""`screener purge`: delete what the clinic keeps no longer. `serve` does the same each hour."""

from datetime import UTC, datetime

import click

from screener.cli.intake import with_intake
from screener.settings import Settings
from screener.store import Intake


@click.command(short_help="Delete what the clinic keeps no longer.")
@with_intake
def purge(intake: Intake, _settings: Settings) -> None:
    """Delete drafts and forms whose time is over, for good.

    How long they are kept stands in the clinic's settings under [retention].
    """
    now = datetime.now(UTC)
    drafts, forms = intake.purge_drafts(now), intake.purge(now)
    click.echo(f"Deleted: {drafts} unfinished, {forms} sent.")
