"""The sheet as an accessible PDF, in the fonts and with the care of the summary."""

import json
from datetime import datetime
from functools import cache
from pathlib import Path

import typst

from screener.renderers.cleaning import printable
from screener.renderers.layout import each_text
from screener.renderers.pdf.compiler import FONT_FOLDER, NOWHERE
from screener.renderers.sheet.build import Sheet

HERE = Path(__file__).parent
TEMPLATE = HERE / "sheet.typ"


def sheet_pdf(sheet: Sheet, made: datetime) -> bytes:
    """Print the sheet as PDF/UA-1. The same sheet and time give the same bytes."""
    data = each_text(sheet.as_data(), printable)
    found = compiler().compile(
        input=TEMPLATE,
        sys_inputs={"data": json.dumps(data)},
        pdf_standards=["ua-1"],
        timestamp=made,
    )
    if not isinstance(found, bytes):
        raise TypeError("the engine gave no single PDF")
    return found


@cache
def compiler() -> typst.Compiler:
    """Make the engine; the template may import nothing."""
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONT_FOLDER]
    )
    return typst.Compiler(
        TEMPLATE,
        root=HERE,
        font_paths=fonts,
        package_path=NOWHERE,
        package_cache_path=NOWHERE,
    )
