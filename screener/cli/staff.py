"""`screener staff`: who may come in to the staff side. The server may run meanwhile, or not."""

import click

from screener.cli.faults import BadInputError
from screener.cli.intake import with_intake
from screener.settings import Settings
from screener.store import Intake
from screener.store.audit import COMMAND
from screener.store.models import ROLES
from screener.store.staff import Account, EmailTaken, LastAdmin, NoSuchAccount
from screener.store.staff.account import LONGEST_NAME, is_email, tidy, tidy_email


@click.group(short_help="Say who may sign in to the staff side.")
def staff() -> None:
    """Add people, and look after how they sign in.

    Each link that is printed works once, for one day: the person it is for chooses a password and
    sets up a second step. Nobody else ever knows it.
    """


@staff.command()
@click.option("--name", required=True, help="As the others know this person.")
@click.option("--email", required=True, help="What this person signs in with.")
@click.option("--role", required=True, type=click.Choice(ROLES), help="What this person may do.")
@with_intake
def add(intake: Intake, settings: Settings, *, name: str, email: str, role: str) -> None:
    """Add a person, and print the link to start with."""
    if not 0 < len(tidy(name)) <= LONGEST_NAME:
        raise BadInputError(f"--name needs 1 to {LONGEST_NAME} letters")
    if not is_email(tidy_email(email)):
        raise BadInputError("--email needs an address, such as sam@clinic.org")
    try:
        token = intake.staff.accounts.add(name, email, role, COMMAND)
    except EmailTaken as error:
        said = f"{tidy_email(email)} has an account; for a new link: screener staff invite"
        raise BadInputError(said) from error
    _print_link(settings, tidy(name), token)


@staff.command(name="list")
@with_intake
def list_accounts(intake: Intake, _settings: Settings) -> None:
    """List all accounts."""
    accounts = intake.staff.accounts.listed()
    width = max((len(account.email) for account in accounts), default=0)
    for account in accounts:
        click.echo(
            f"{account.email:<{width}}  {account.role:<8}  {_state(account):<8}  {account.name}"
        )


@staff.command()
@click.argument("email")
@with_intake
def invite(intake: Intake, settings: Settings, *, email: str) -> None:
    """Print a new link for a person, who then starts afresh.

    Password, second step, recovery codes and sign-ins of before stop working at once.
    """
    account = _found(intake, email)
    try:
        token = intake.staff.accounts.invite(account.id, COMMAND)
    except NoSuchAccount as error:
        said = f"{account.email} is disabled; first: screener staff enable"
        raise BadInputError(said) from error
    _print_link(settings, account.name, token)


@staff.command()
@click.argument("email")
@with_intake
def disable(intake: Intake, _settings: Settings, *, email: str) -> None:
    """Keep a person out from now on; what they did stays."""
    account = _found(intake, email)
    try:
        intake.staff.accounts.disable(account.id, COMMAND)
    except LastAdmin as error:
        said = f"{account.email} is the only admin who can sign in; add another one first"
        raise BadInputError(said) from error
    click.echo(f"{account.name} is signed out and cannot sign in.")


@staff.command()
@click.argument("email")
@with_intake
def enable(intake: Intake, _settings: Settings, *, email: str) -> None:
    """Let a person in again."""
    account = _found(intake, email)
    intake.staff.accounts.enable(account.id, COMMAND)
    click.echo(f"{account.name} can sign in again.")


def _found(intake: Intake, email: str) -> Account:
    account = intake.staff.accounts.by_email(email)
    if account is None:
        raise BadInputError(f"nobody has the e-mail {tidy_email(email)}; see: screener staff list")
    return account


def _state(account: Account) -> str:
    if account.disabled:
        return "disabled"
    return "active" if account.has_password else "invited"


def _print_link(settings: Settings, name: str, token: str) -> None:
    click.echo(f"A link for {name}, and for nobody else. It works once, for one day:")
    click.echo(f"{settings.public_url.rstrip('/')}/staff/invitation/{token}")
