"""The sign-off sheet: all content as a clinician reads it, with a place to sign."""

from screener.renderers.sheet.build import Sheet, sheet
from screener.renderers.sheet.page import sheet_html
from screener.renderers.sheet.paper import sheet_pdf

__all__ = ["Sheet", "sheet", "sheet_html", "sheet_pdf"]
