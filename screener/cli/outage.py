"""`screener outage`: the pages that a web server in front shows when it gets no answer."""

from pathlib import Path

import click

from screener.cli.check import load
from screener.cli.faults import BadInputError
from screener.cli.output import replace
from screener.cli.settings import clinic_option, read_settings
from screener.web import outage as made

# Whatever the umask says: the web server runs as somebody else, and there is no secret in them.
FOR_ALL, OPEN_TO_ALL = 0o644, 0o755


@click.command(short_help="Write the pages for when it does not answer.")
@click.argument("folder", type=click.Path(path_type=Path))
@clinic_option
def outage(folder: Path, clinic: Path | None) -> None:
    """Write into FOLDER the pages that a web server in front shows when it gets no answer.

    They name the help lines of the clinic's country. Write them again after each new version, and
    when a setting has changed.
    """
    content = load()
    pages = made.pages(read_settings(content, clinic, None), content)
    try:
        if not folder.is_dir():
            folder.mkdir()
            folder.chmod(OPEN_TO_ALL)
        for name, page in pages.items():
            replace(folder / name, [page])
            (folder / name).chmod(FOR_ALL)
    except OSError as error:
        raise BadInputError(f"{folder}: cannot be written: {error.strerror}") from error
    click.echo(f"{len(pages)} files are in {folder}.")
