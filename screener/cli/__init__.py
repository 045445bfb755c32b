"""The program `screener`, a module a command."""

import sys
from importlib import import_module

import click

# A module of this name in this package holds the command of this name.
NAMES = (
    "serve",
    "demo",
    "staff",
    "export",
    "outage",
    "upgrade",
    "backup",
    "restore",
    "purge",
    "delete",
    "keys",
    "audit",
    "evaluate",
    "rescreen",
    "check",
)


class Commands(click.Group):
    """Commands that are read when they are wanted: the web takes as long as all the rest."""

    def list_commands(self, _context: click.Context) -> list[str]:
        """Name them, in the order of the help."""
        return list(NAMES)

    def get_command(self, _context: click.Context, name: str) -> click.Command | None:
        """Read one; None for a name that is none."""
        if name not in NAMES:
            return None
        command: click.Command = getattr(import_module(f"screener.cli.{name}"), name)
        return command


@click.group(
    cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(package_name="screener", message="screener %(version)s")
def screener() -> None:
    """Turn a patient's answers into a non-diagnostic summary to bring to a provider.

    Screener diagnoses nothing and decides nothing: it sorts what to talk about, says why, and names
    its source.
    """


def main(arguments: list[str] | None = None) -> None:
    """Run the program; whatever the person did wrong ends as one line, never a traceback."""
    try:
        code = screener.main(arguments, prog_name="screener", standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        code = error.exit_code
    except click.ClickException as error:
        click.echo(f"screener: {one_line(error.format_message())}", err=True)
        code = error.exit_code
    except (click.Abort, KeyboardInterrupt):
        code = 130
    except BrokenPipeError:  # the reader, `head` perhaps, has seen enough
        sys.stderr.close()
        code = 1
    sys.exit(code)


def one_line(message: str) -> str:
    """Return a message without line breaks or other control characters, which files can hold."""
    words = " ".join(message.split())
    return "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in words)
