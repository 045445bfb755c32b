"""The sheet as one HTML page that needs nothing else, for a screen or a printer."""

from screener.renderers.page import environment
from screener.renderers.sheet.build import Sheet


def sheet_html(sheet: Sheet) -> str:
    """Write the sheet as a page that can be kept as a single file."""
    return environment().get_template("sheet/sheet.html").render(sheet=sheet, w=sheet.words)
