"""The summary as HTML: what the result page shows, and a page of its own made to print."""

from base64 import b64encode
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from screener.language import _, ngettext
from screener.renderers.cleaning import tidy
from screener.renderers.layout import each_text, layout
from screener.renderers.qr import qr_code
from screener.summary import Copy, Paper, Summary


@dataclass(frozen=True, slots=True)
class Frame:
    """Where the site keeps what a page needs."""

    stylesheet: str = ""
    logo: str = ""
    back: str = ""
    help: str = ""
    icon: str = ""


PACKAGE = Path(__file__).parent.parent
STATIC = PACKAGE / "static"
LETTER = frozenset({"US", "CA"})


def html(
    summary: Summary,
    copy: Copy = "patient",
    paper: Paper = "a4",
    frame: Frame | None = None,
) -> str:
    """Write a page to print.

    Args:
        summary: what is said.
        copy: for whom.
        paper: "a4" or "letter".
        frame: addresses on the site that shows the page; without them it holds its styles and
            its logo itself and can be kept as a single file.
    """
    around = frame or Frame(logo=logo_inside(summary))
    template = environment().get_template("summary/print.html")
    return template.render(view=view(summary, copy, paper), frame=around)


def logo_inside(summary: Summary) -> str:
    """The clinic's picture as part of the page; nothing without one."""
    picture = summary.clinic.logo
    if picture is None:
        return ""
    return f"data:{picture.mime};base64,{b64encode(picture.content).decode()}"


def view(summary: Summary, copy: Copy = "patient", paper: Paper = "a4") -> dict[str, Any]:
    """Lay out a summary for the templates; Jinja escapes every text in it."""
    laid_out: dict[str, Any] = each_text(layout(summary, copy, paper), tidy)
    return {**laid_out, "qr": qr_code(summary), "code_url": summary.code_url}


def usual_paper(summary: Summary) -> Paper:
    """The paper that printers hold where the clinic is."""
    return "letter" if summary.clinic.country in LETTER else "a4"


@cache
def environment() -> Environment:
    """The templates, for use without the web application."""
    made = Environment(
        loader=FileSystemLoader([templates(), STATIC]),
        autoescape=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.install_gettext_callables(_, ngettext, newstyle=True)  # type: ignore[attr-defined]
    return made


def templates() -> Path:
    """Find the templates: inside an installed package, or beside it in a checkout."""
    inside = PACKAGE / "templates"
    return inside if inside.is_dir() else PACKAGE.parent / "templates"
