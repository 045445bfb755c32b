"""Pages for when this program cannot answer: a web server in front keeps them, and shows them.

They are files, made from the same words, help lines and settings as all other pages, and need
nothing of the program: not its database, not its session, not its stylesheet.
"""

from typing import Any

import rules
from screener import language
from screener.renderers.page import environment
from screener.settings import Settings
from screener.web import files, frame

ADDRESS = "/outage"
# The status that a web server answers with by itself, and the page that says what it means.
PAGES = {
    400: "errors/400.html",
    404: "errors/404.html",
    413: "errors/413.html",
    503: "errors/outage.html",
}
ENDINGS = {"image/svg+xml": ".svg", "image/png": ".png"}
USED = ("favicon.svg", files.STYLESHEET, "screener.js")


def pages(settings: Settings, content: rules.Content) -> dict[str, bytes]:
    """Make the pages and the files that they ask for, by name.

    Args:
        settings: of the clinic whose pages they are.
        content: holds the help lines.
    """
    made = files.of(settings)
    kept = {name: made[name].content for name in USED}
    logo = made.get(files.LOGO)
    logo_name = f"logo{ENDINGS[logo.kind]}" if logo else ""
    if logo:
        kept[logo_name] = logo.content
    said = _around(settings, content, f"{ADDRESS}/{logo_name}")
    for status, template in PAGES.items():
        drawn = environment().get_template(template).render(code=status, **said)
        kept[f"{status}.html"] = drawn.encode()
    return kept


def _around(settings: Settings, content: rules.Content, logo_url: str) -> dict[str, Any]:
    """Return what the frame of these pages uses."""
    return {
        "clinic": frame.face(settings),
        "asset": lambda name: f"{ADDRESS}/{name}",
        "logo_url": logo_url,
        "leave_to": settings.clinic.leave_to,
        "language": language.current(),
        "dir": language.direction(),
        "help_url": "/help",
        "home_help": content.helplines.country(settings.clinic.country),
        "draft": False,
        "was_sent": False,
    }
