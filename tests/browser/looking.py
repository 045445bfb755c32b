"""Look at a page as many people would: wide and narrow, in light and dark, with large text."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Literal

from axe_playwright_python.base import AXE_SCRIPT

from tests.browser import scripts
from tests.browser.patient import Patient

# A desk, and the narrowest phone: no style begins or ends between that one and the other phones.
WIDTHS = (1280, 320)
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
EVERYTHING = {"type": "tag", "values": TAGS}
# What of it may differ between two widths and two schemes of the same page.
SEEN = ["color-contrast", "link-in-text-block", "scrollable-region-focusable", "target-size"]
WHAT_IS_SEEN = {"type": "rule", "values": SEEN}
LOOKS = ("axe", "tap targets", "overflow", "focus", "forced colours", "links to problems")
Found = dict[str, list[str]]


@dataclass
class Seen:
    """A page in one state, what it says, and what is wrong with it."""

    name: str
    url: str
    drawn_from: str
    html: str
    failed: bool
    lines: list[str]
    wrong: Found = field(default_factory=lambda: defaultdict(list))

    def note(self, found: Found, where: str = "") -> None:
        """Note what is wrong, and where it was seen."""
        for what, wrong in found.items():
            self.wrong[what] += [f"{where}: {one}".removeprefix(": ") for one in wrong]


def look(at: Patient, name: str, turn: int) -> Seen:
    """Look at a page in the state it is in.

    Every state is seen on both widths and in both schemes; `turn` shifts them against each other,
    so that each width meets both schemes. Axe judges all of a page on one of the two widths, and
    on the other what is seen of it.
    """
    page = at.page
    seen = Seen(name, page.url, at.drawn_from, **page.evaluate(scripts.SAID))
    page.evaluate(AXE_SCRIPT)
    for number, width in enumerate(WIDTHS):
        scheme = SCHEMES[(number + turn) % 2]
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme)
        rules = EVERYTHING if number == turn // 2 % 2 else WHAT_IS_SEEN
        seen.note(page.evaluate(scripts.WRONG, rules), f"{width} px, {scheme}")
        if width == WIDTHS[0]:
            seen.note(page.evaluate(scripts.WRONG_LARGE), "200 % text")
    page.emulate_media(forced_colors="active")
    seen.note(page.evaluate(scripts.WRONG_FORCED))
    page.emulate_media(forced_colors="none", color_scheme="light")
    return seen
