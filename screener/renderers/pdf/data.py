"""What the template of the PDF places on paper: a layout in letters that the fonts have."""

from typing import Any

from screener.renderers.cleaning import printable
from screener.renderers.layout import each_text, layout
from screener.renderers.qr import qr_code
from screener.summary import Copy, Paper, Summary

FONTS = ["Screener Sans", "Noto Sans Arabic", "Noto Sans Hebrew", "Noto Sans Devanagari"]


def template_data(summary: Summary, copy: Copy, paper: Paper) -> dict[str, Any]:
    """Lay out a summary for the template; every text in it is printable."""
    code = qr_code(summary)
    return {
        **each_text(layout(summary, copy, paper), printable),
        **logo(summary),
        "fonts": FONTS,
        "qr": code.svg if code else "",
    }


def logo(summary: Summary) -> dict[str, Any]:
    """The clinic's picture as numbers: the template reads no file."""
    picture = summary.clinic.logo
    if picture is None:
        return {"logo": None, "logo_format": ""}
    kind = "svg" if "svg" in picture.mime else "png"
    return {"logo": list(picture.content), "logo_format": kind}
