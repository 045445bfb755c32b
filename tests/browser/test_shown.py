"""No page is left out of the walks that look at every page; no browser is needed to say so."""

import re
from collections.abc import Iterator
from itertools import chain

from jinja2 import meta

from screener.renderers.page import PACKAGE, environment, templates
from tests.browser import shown

NAMED = re.compile(r'"([\w/]+\.html)"')


def test_every_page_on_disk_is_shown_in_a_walk() -> None:
    walked = shown.STAFF.union(*shown.PATIENTS.values())

    assert walked | shown.FILES == pages()
    assert not walked & shown.FILES


def pages() -> set[str]:
    """What is drawn by itself: what no other template is made of, and what the code names."""
    here = templates()
    found = {str(path.relative_to(here)) for path in here.rglob("*.html")}
    return (found - set(chain.from_iterable(map(made_of, found)))) | named()


def made_of(template: str) -> Iterator[str]:
    """The templates that one is made of."""
    source = (templates() / template).read_text("utf-8")
    yield from filter(None, meta.find_referenced_templates(environment().parse(source)))


def named() -> set[str]:
    """The templates that the code names."""
    code = (path.read_text("utf-8") for path in PACKAGE.rglob("*.py"))
    return set(chain.from_iterable(map(NAMED.findall, code)))
