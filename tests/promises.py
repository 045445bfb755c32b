"""What every page promises, whatever it says: checked on each page that a test opens."""

from collections import Counter
from functools import lru_cache
from urllib.parse import urlsplit

import html5lib
from bs4 import BeautifulSoup, Tag
from werkzeug.test import TestResponse

OWN_SCHEMES = {"", "tel", "sms"}
# What a browser may fill in: how to reach a person. Never an answer about health.
FILLED_IN = {"name": "name", "phone": "tel", "email": "email"}
CHOICES = "input[type=radio], input[type=checkbox]"
# What a browser may fill in, and only where the staff sign in: NIST 800-63B asks to allow it.
SIGN_IN = {"username", "current-password", "new-password", "one-time-code"}


@lru_cache(maxsize=4)
def parsed(html: str) -> BeautifulSoup:
    """Read a page, once for all that look at it."""
    return BeautifulSoup(html, "html.parser")


def headers_kept(response: TestResponse) -> None:
    """Nothing is framed, sniffed, indexed or run; nothing is kept but what names its content."""
    policy = response.headers["Content-Security-Policy"]

    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Referrer-Policy"] == "same-origin"
    assert "noindex" in response.headers["X-Robots-Tag"]
    assert response.headers["Cache-Control"] == "no-store" or response.cache_control.immutable


def promises_kept(
    html: str, *, failed: bool, away: frozenset[str] = frozenset(), staff: bool = False
) -> None:
    """Every page keeps these, whatever it says; on those of the staff nobody needs help at once."""
    html5lib.HTMLParser(strict=True).parse(html)
    page = parsed(html)

    assert page.html is not None
    assert page.title is not None
    assert page.html["lang"]
    assert page.html["dir"] in {"ltr", "rtl"}
    assert len(page.select("h1")) == 1
    assert page.title.text.startswith("Error: ") is failed
    assert bool(page.select(".sum")) is failed
    assert staff or any(link.text == "Get help now" for link in page.select("header a"))
    described_well(page)
    grouped_well(page)
    filled_in_well(page, staff=staff)
    forms_proven(page)
    nothing_inline(page)
    nothing_from_elsewhere(page, away)


def described_well(page: BeautifulSoup) -> None:
    """Ids are unique; hints and errors are named by what they describe; links find their place."""
    ids = Counter(str(tag["id"]) for tag in page.select("[id]"))
    described = {name for tag in page.select("[aria-describedby]") for name in words(tag)}
    told = [str(tag.get("id", "")) for tag in page.select(".err, .field .hint")]
    jumps = [str(link["href"]) for link in page.select(".sum a")]

    assert [name for name, count in ids.items() if count > 1] == []
    assert described <= ids.keys()
    assert set(told) <= described
    assert all(page.select_one(jump) for jump in jumps)
    assert all(can_focus(page.select_one(jump)) for jump in jumps)
    assert len(jumps) == len(page.select(".err"))


def words(tag: Tag) -> list[str]:
    """The ids that describe a tag."""
    return str(tag["aria-describedby"]).split()


def can_focus(tag: Tag | None) -> bool:
    """Whether a link to this tag brings a person to an input."""
    return tag is not None and tag.name in {"input", "select", "textarea"}


def grouped_well(page: BeautifulSoup) -> None:
    """Choices stand in a fieldset with a legend; every input has a label."""
    labelled = {label["for"] for label in page.select("label[for]")}
    for choice in page.select(CHOICES):
        group = choice.find_parent("fieldset")

        assert group is not None, choice
        assert group.find("legend", recursive=False) is not None, choice
    for box in page.select("input:not([type=hidden]), select, textarea"):
        assert box["id"] in labelled, box
        assert not box.has_attr("required"), box


def filled_in_well(page: BeautifulSoup, *, staff: bool) -> None:
    """A browser fills in nothing but a sign-in, and there it is told what belongs where."""
    for box in page.select("input:not([type=hidden]), select, textarea"):
        token = box.get("autocomplete", "off")
        allowed = SIGN_IN if staff else {FILLED_IN.get(str(box.get("name")))}

        assert token == "off" or token in allowed, box
        assert box.get("type") != "password" or token in {"current-password", "new-password"}, box


def forms_proven(page: BeautifulSoup) -> None:
    """Every form says where it goes, and one that changes something carries its proof."""
    for form in page.select("form"):
        assert str(form["action"]).startswith("/"), form
        if form.get("method") == "post":
            assert form.select_one("input[name=csrf_token]"), form


def nothing_inline(page: BeautifulSoup) -> None:
    """No script and no style stands in the page itself."""
    assert page.select("style, [style], script:not([src])") == []
    handlers = [name for tag in page.find_all() for name in tag.attrs if name.startswith("on")]
    assert handlers == []


def nothing_from_elsewhere(page: BeautifulSoup, away: frozenset[str]) -> None:
    """Every address is ours, a number to call, or one that the clinic and the content name."""
    for tag in page.select("[href], [src]"):
        address = str(tag.get("href") or tag.get("src"))
        parts = urlsplit(address)
        own = parts.scheme in OWN_SCHEMES and not parts.netloc

        assert own or (tag.name == "a" and address in away), address
