"""What every page promises, whatever it says: checked on each page that a test opens."""

import gzip
import re
from collections import Counter
from functools import lru_cache
from hashlib import sha256
from urllib.parse import urlsplit

import html5lib
from bs4 import BeautifulSoup, Tag
from werkzeug.test import TestResponse

OWN_SCHEMES = {"", "tel", "sms"}
# What a browser may fill in: how to reach a person. Never an answer about health.
FILLED_IN = {"name": "name", "phone": "tel", "email": "email"}
CHOICES = {"radio", "checkbox"}
# Bytes in gzip, and requests with that of the page itself. Where much was said the summary is long,
# and it alone has a second stylesheet, which the check page has fetched.
HEAVIEST, HEAVIEST_SUMMARY = 6_000, 14_000
MOST_REQUESTS = 4
# What a browser may fill in, and only where the staff sign in: NIST 800-63B asks to allow it.
SIGN_IN = {"username", "current-password", "new-password", "one-time-code"}
PROOF = re.compile(r'(?<=name="csrf_token" value=")[\w.-]+')
# Pages that were held to the promises. Tests see the same page often, but for its proof.
seen_before: set[tuple[object, ...]] = set()


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
    page = (sha256(PROOF.sub("", html).encode()).digest(), failed, away, staff)
    if page not in seen_before:
        _all_kept(html, failed=failed, away=away, staff=staff)
        seen_before.add(page)


def _all_kept(html: str, *, failed: bool, away: frozenset[str], staff: bool) -> None:
    html5lib.HTMLParser(strict=True).parse(html)
    page = parsed(html)
    tags = Tags(page)

    assert page.html is not None
    assert page.title is not None
    assert page.html["lang"]
    assert page.html["dir"] in {"ltr", "rtl"}
    assert len(tags.named("h1")) == 1
    assert page.title.text.startswith("Error: ") is failed
    assert bool(tags.classed("sum")) is failed
    assert staff or any(link.text == "Get help now" for link in tags.inside("header", "a"))
    described_well(tags)
    grouped_well(tags)
    filled_in_well(tags, staff=staff)
    forms_proven(tags)
    nothing_inline(tags)
    assert staff or light(tags, html)
    nothing_from_elsewhere(tags, away)


class Tags:
    """The tags of a page, gone through once: a selector for each promise costs twice the page."""

    def __init__(self, page: BeautifulSoup) -> None:
        self.all = [tag for tag in page.descendants if isinstance(tag, Tag)]

    def named(self, *names: str) -> list[Tag]:
        return [tag for tag in self.all if tag.name in names]

    def having(self, attribute: str) -> list[Tag]:
        return [tag for tag in self.all if attribute in tag.attrs]

    def classed(self, name: str) -> list[Tag]:
        return [tag for tag in self.having("class") if name in tag["class"]]

    def inside(self, around: str, name: str) -> list[Tag]:
        return [tag for tag in self.named(name) if tag.find_parent(around)]

    def jumps(self) -> list[str]:
        """Where the list of problems leads to."""
        return [str(link["href"]) for one in self.classed("sum") for link in one.find_all("a")]

    def filled_in(self) -> list[Tag]:
        """What a person types into or chooses from."""
        boxes = self.named("input", "select", "textarea")
        return [box for box in boxes if box.get("type") != "hidden"]


def described_well(tags: Tags) -> None:
    """Ids are unique; hints and errors are named by what they describe; links find their place."""
    ids = Counter(str(tag["id"]) for tag in tags.having("id"))
    described = {name for tag in tags.having("aria-describedby") for name in words(tag)}
    hints = [hint for hint in tags.classed("hint") if hint.find_parent(class_="field")]
    told = [str(tag.get("id", "")) for tag in (*tags.classed("err"), *hints)]
    places = {f"#{tag['id']}": tag for tag in tags.having("id")}

    assert [name for name, count in ids.items() if count > 1] == []
    assert described <= ids.keys()
    assert set(told) <= described
    assert all(can_focus(places.get(jump)) for jump in tags.jumps())
    assert len(tags.jumps()) == len(tags.classed("err"))


def words(tag: Tag) -> list[str]:
    """The ids that describe a tag."""
    return str(tag["aria-describedby"]).split()


def can_focus(tag: Tag | None) -> bool:
    """Whether a link to this tag brings a person to an input."""
    return tag is not None and tag.name in {"input", "select", "textarea"}


def grouped_well(tags: Tags) -> None:
    """Choices stand in a fieldset with a legend; every input has a label."""
    labelled = {label["for"] for label in tags.named("label") if label.has_attr("for")}
    for box in tags.filled_in():
        group = box.find_parent("fieldset")
        legend = group and group.find("legend", recursive=False)

        assert legend or box.get("type") not in CHOICES, box
        assert box["id"] in labelled, box
        assert not box.has_attr("required"), box


def filled_in_well(tags: Tags, *, staff: bool) -> None:
    """A browser fills in nothing but a sign-in, and there it is told what belongs where."""
    for box in tags.filled_in():
        token = box.get("autocomplete", "off")
        allowed = SIGN_IN if staff else {FILLED_IN.get(str(box.get("name")))}

        assert token == "off" or token in allowed, box
        assert box.get("type") != "password" or token in {"current-password", "new-password"}, box


def forms_proven(tags: Tags) -> None:
    """Every form says where it goes, and one that changes something carries its proof."""
    for form in tags.named("form"):
        assert str(form["action"]).startswith("/"), form
        if form.get("method") == "post":
            assert form.find("input", attrs={"name": "csrf_token"}), form


def light(tags: Tags, html: str) -> bool:
    """Whether a page comes soon on a slow line: small, and with few requests before it stands."""
    sheets = [link for link in tags.named("link") if "stylesheet" in link["rel"]]
    needed = [link for link in sheets if link.get("media") != "not all"]
    summary = any("/print.css" in str(link["href"]) for link in needed)
    requests = 1 + len(needed) + len(tags.named("script", "img"))
    heaviest = HEAVIEST_SUMMARY if summary else HEAVIEST
    return len(gzip.compress(html.encode())) <= heaviest and requests <= MOST_REQUESTS + summary


def nothing_inline(tags: Tags) -> None:
    """No script and no style stands in the page itself."""
    assert tags.named("style") == []
    assert tags.having("style") == []
    assert [tag for tag in tags.named("script") if not tag.has_attr("src")] == []
    assert [name for tag in tags.all for name in tag.attrs if name.startswith("on")] == []


def nothing_from_elsewhere(tags: Tags, away: frozenset[str]) -> None:
    """Every address is ours, a number to call, or one that the clinic and the content name."""
    for tag in (*tags.having("href"), *tags.having("src")):
        address = str(tag.get("href") or tag.get("src"))
        parts = urlsplit(address)
        own = parts.scheme in OWN_SCHEMES and not parts.netloc

        assert own or (tag.name == "a" and address in away), address
