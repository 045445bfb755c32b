"""Look at a page as many people would: on three widths, in light and dark, with large text."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

from tests.browser import scripts

WIDTHS = (1280, 375, 320)
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
Found = dict[str, list[str]]


@dataclass
class Seen:
    """A page in one state, what is wrong with it, and what it says."""

    name: str
    url: str
    html: str
    failed: bool
    lines: list[str] = field(default_factory=list)
    wrong: Found = field(default_factory=lambda: defaultdict(list))


def look(page: Page, name: str, turn: int, widths: Sequence[int] = WIDTHS) -> Seen:
    """Look at a page in the state it is in.

    Every state is seen on all widths and in both schemes; `turn` shifts them against each other,
    so that every width meets both schemes. Colours do not depend on the width, and to compare
    them is half of the work of axe: they are compared twice, not three times. On two widths axe
    looks once, and on the next page at the other width.
    """
    html = page.content().replace(' style=""', "", 1)  # axe leaves this behind
    seen = Seen(name, page.url, html, failed=page.locator(".sum").count() > 0)
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    seen.lines = page.evaluate(scripts.LINES)
    page.evaluate(AXE_SCRIPT)
    for number, width in enumerate(widths):
        scheme = SCHEMES[(number + turn) % 2]
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme)
        where = f"{width} px, {scheme}"
        compare = number < len(SCHEMES)
        if len(widths) > 2 or number == turn // 2 % 2:
            note(seen, "axe", where, page.evaluate(scripts.AXE, [TAGS, compare]))
        note(seen, "tap targets", where, page.evaluate(scripts.SMALL))
        note(seen, "overflow", where, page.evaluate(scripts.OVERFLOW))
        note(seen, "focus", where, page.evaluate(scripts.UNSEEN_FOCUS))
        if width == widths[0]:
            page.evaluate("document.documentElement.style.fontSize = '200%'")
            note(seen, "overflow", "200 % text", page.evaluate(scripts.OVERFLOW))
            page.evaluate("document.documentElement.removeAttribute('style')")
    page.emulate_media(forced_colors="active")
    note(seen, "forced colours", "", page.evaluate(scripts.INVISIBLE))
    page.emulate_media(forced_colors="none", color_scheme="light")
    note(seen, "links to problems", "", page.evaluate(scripts.DEAD_JUMPS))
    return seen


def note(seen: Seen, what: str, where: str, found: list[str]) -> None:
    seen.wrong[what] += [f"{where}: {one}".removeprefix(": ") for one in found]
