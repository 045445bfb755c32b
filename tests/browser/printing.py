"""What a browser prints of the page in front, with the page's own styles for paper."""

import io
import unicodedata

import pikepdf
from playwright.sync_api import Page

from tests.browser import paper

POINT = 25.4 / 72  # in millimetres
SIZES = {"a4": (210, 297), "letter": (216, 279)}


def sheets(page: Page, size: str) -> list[str]:
    """Print a page, hold that it asks for its paper, and return what stands on each sheet."""
    made = page.pdf(prefer_css_page_size=True)
    with pikepdf.open(io.BytesIO(made)) as pdf:
        boxes = [one.mediabox[2:] for one in pdf.pages]
    assert {SIZES[size]} == {tuple(round(float(edge) * POINT) for edge in box) for box in boxes}
    return [squeezed(words) for words in paper.pages(made)]


def said(page: Page, parts: str) -> list[str]:
    """What the parts of a page say, as a sheet says it."""
    return [squeezed(one) for one in page.locator(parts).all_inner_texts()]


def squeezed(words: str) -> str:
    """Words as neither a line's end, nor capitals, nor letters drawn as one can tell them apart."""
    return "".join(unicodedata.normalize("NFKC", words).casefold().split())
