"""What a command says when it cannot do what was asked, and the exit code it ends with."""

import click


class BadInputError(click.ClickException):
    """The person gave something that cannot be read: one line, exit code 2."""

    exit_code = 2


class BadSettingsError(click.ClickException):
    """Something on this machine has to be put right first: exit code 1."""

    exit_code = 1
