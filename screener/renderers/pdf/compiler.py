"""The PDF engine, one a thread: a shared one refuses calls while it is busy."""

import json
import logging
import threading
from datetime import datetime
from pathlib import Path
from typing import Any

import typst

HERE = Path(__file__).parent
TEMPLATE = HERE / "summary.typ"
FONT_FOLDER = HERE / "fonts"
NOWHERE = HERE / "no-packages"  # never made: the template may import nothing

log = logging.getLogger(__name__)
_local = threading.local()
_fonts = typst.Fonts(
    include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONT_FOLDER]
)


def compiler() -> typst.Compiler:
    """The engine of this thread, made at its first use."""
    found: typst.Compiler | None = getattr(_local, "compiler", None)
    if found is None:
        found = _local.compiler = typst.Compiler(
            TEMPLATE,
            root=HERE,
            font_paths=_fonts,
            package_path=NOWHERE,
            package_cache_path=NOWHERE,
        )
    return found


def compiled(data: dict[str, Any], made: datetime) -> bytes:
    """Lay data out as an accessible PDF (PDF/UA-1).

    A text or a logo that the standard or the engine refuses costs the mark of the standard, or the
    logo, and never the print: a person may be waiting at the printer.
    """
    try:
        return attempt(data, made)
    except typst.TypstError:
        log.warning("pdf_refused")
    try:
        return attempt(data | {"logo": None}, made)
    except typst.TypstError:
        log.warning("pdf_not_accessible")
        return attempt(data | {"logo": None}, made, accessible=False)


def attempt(data: dict[str, Any], made: datetime, *, accessible: bool = True) -> bytes:
    """Compile once. The same data and time give the same bytes."""
    found = compiler().compile(
        input=TEMPLATE,
        sys_inputs={"data": json.dumps(data)},
        pdf_standards=["ua-1"] if accessible else [],
        timestamp=made.replace(microsecond=0),  # a PDF tells no finer moment
    )
    if not isinstance(found, bytes):
        raise TypeError("the engine gave no single PDF")
    return found
