"""The program `screener`: serve | staff | evaluate | rescreen | check."""

import sys

import click

from screener.cli.check import check
from screener.cli.evaluate import evaluate
from screener.cli.rescreen import rescreen
from screener.cli.serve import serve
from screener.cli.staff import staff


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="screener", message="screener %(version)s")
def screener() -> None:
    """Turn a patient's answers into a non-diagnostic summary to bring to a provider.

    Screener diagnoses nothing and decides nothing: it sorts what to talk about, says why, and names
    its source.
    """


for command in (serve, staff, evaluate, rescreen, check):
    screener.add_command(command)


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
