"""`screener check --sheet`: the content as a clinician reads and signs it."""

from datetime import datetime
from pathlib import Path

import rules
from screener.cli.faults import BadInputError, BadSettingsError
from screener.cli.output import write
from screener.renderers.sheet import sheet, sheet_html, sheet_pdf


def write_sheet(content: rules.Content, output: str, folder: Path | None) -> None:
    """Write the sign-off sheet; the ending of the file's name says as what."""
    if not output.endswith((".html", ".pdf")):
        raise BadInputError(f"--sheet {output}: end the name in .html or .pdf")
    try:
        made = sheet(content, folder)
    except rules.ContentError as error:
        raise BadSettingsError(f"what is promised cannot be read: {error}") from error
    except (rules.AnswerError, rules.LimitError) as error:
        what = f"the quiet patient or a boundary patient does not fit this content ({error})"
        raise BadSettingsError(f"{what}; find new ones with --boundary") from error
    if output.endswith(".html"):
        write(output, sheet_html(made).encode("utf-8"))
    else:
        write(output, sheet_pdf(made, datetime.now().astimezone().replace(microsecond=0)))
