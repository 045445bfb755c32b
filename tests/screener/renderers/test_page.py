import re
from collections.abc import Callable

import html5lib
import pytest
from bs4 import BeautifulSoup, Tag

from screener.renderers.page import Frame, html, usual_paper
from screener.summary import ClinicFace, Copy, Logo, Summary
from tests.screener.renderers.hostile import HOSTILE
from tests.screener.renderers.sample import busy, quiet, treatment, urgent

ON_SITE = Frame("/static/print.css", "/logo", "/summary", "/help", "/static/favicon.svg")


def page(made: str) -> BeautifulSoup:
    html5lib.HTMLParser(strict=True).parse(made)
    return BeautifulSoup(made, "html.parser")


@pytest.mark.parametrize("made", [quiet, urgent, busy], ids=lambda made: made.__name__)
@pytest.mark.parametrize("copy", ["patient", "clinician"])
def test_a_page_is_valid_and_has_one_heading_and_row_headers(
    made: Callable[[], Summary], copy: Copy
) -> None:
    found = page(html(made(), copy))

    assert len(found.select("h1")) == 1
    assert found.select("tbody th[scope=row]")
    assert found.select("thead th[scope=col]")
    assert [] == [drawing for drawing in found.select("body svg") if not spoken_or_hidden(drawing)]


def spoken_or_hidden(drawing: Tag) -> bool:
    """Whether a screen reader has words for a drawing, or passes it by."""
    around = (drawing, *drawing.parents)
    return any(tag.get("aria-hidden") or tag.get("aria-label") for tag in around)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_text_is_shown_and_nothing_else(name: str) -> None:
    text = HOSTILE[name]
    made = html(quiet(wants_to_ask=text, treatments=(treatment(text[:60]),)), "clinician")
    plain = html(quiet(), "clinician")

    def tags(written: str) -> list[str]:
        return [tag.name for tag in page(written).find_all() if tag.name not in {"tr", "td", "th"}]

    found, expected = tags(made), tags(plain)
    assert set(found) <= {*expected, "span", "p"}
    assert found.count("script") == 0
    made.encode("utf-8")


def test_html_and_jinja_in_a_text_are_text() -> None:
    found = page(html(quiet(wants_to_ask="<b>{{ 7 * 7 }}</b>")))

    assert "<b>{{ 7 * 7 }}</b>" in found.get_text()


def test_a_page_that_stands_alone_needs_nothing_else() -> None:
    logo = Logo(b"\x89PNG", "image/png")
    found = page(html(quiet(clinic=ClinicFace("Harbour Clinic", logo=logo))))

    assert found.select("[href], script") == []
    assert [str(picture["src"])[:22] for picture in found.select("img")] == [
        "data:image/png;base64,"
    ]
    assert "@page" in found.style.get_text()  # type: ignore[union-attr]


def test_a_page_on_the_site_holds_no_style_and_leads_to_help_and_back() -> None:
    found = page(html(quiet(), frame=ON_SITE))

    assert found.select("style, [style]") == []
    assert [link["href"] for link in found.select("header a")] == ["/summary", "/help"]


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_the_paper_is_named_for_the_printer(paper: str) -> None:
    found = page(html(quiet(), "patient", paper))  # type: ignore[arg-type]

    assert paper in found.body["class"]  # type: ignore[index]
    assert re.search(rf"@page {paper}\s*{{size:", str(found.style))


def test_each_country_has_its_usual_paper() -> None:
    assert usual_paper(quiet(clinic=ClinicFace("A", country="US"))) == "letter"
    assert usual_paper(quiet(clinic=ClinicFace("A", country="GB"))) == "a4"


def test_a_title_says_nothing_about_health() -> None:
    assert page(html(quiet())).title.get_text() == "K7QM-4XRT"  # type: ignore[union-attr]


def test_levels_differ_by_shape_thickness_and_word() -> None:
    found = page(html(busy(8)))
    levels = ("now", "first", "discuss", "info")
    css = str(found.style)

    shapes = {str(found.select_one(f".point-{level} svg")) for level in levels}
    widths = [
        re.search(rf"\.point-{level}{{border-inline-start:(\d)px", css) for level in levels[:3]
    ]
    assert len(shapes) == 4
    assert [width and width[1] for width in widths] == ["6", "4", "2"]


def test_the_gauge_speaks_its_numbers_and_limits() -> None:
    found = page(html(quiet(), "clinician")).select_one("figure[role=img]")

    assert found is not None
    assert "122 over 76 mmHg" in str(found["aria-label"])
    assert "140/90" in str(found["aria-label"])


def test_help_for_later_stands_on_the_first_sheet_beside_what_to_bring() -> None:
    first = page(html(quiet())).select_one(".pair")

    assert first
    assert "Need help sooner" in first.get_text()
    assert "Bring with you" in first.get_text()


def test_a_medicine_that_was_tried_can_be_read_on_a_phone_without_its_heads() -> None:
    found = page(html(quiet(treatments=(treatment(),)))).select_one(".tried")

    assert found
    heads = [head.get_text() for head in found.select("thead th")]
    assert heads[1:] == [cell["data-head"] for cell in found.select("tbody td")]
    assert {"cell"} == {cell["role"] for cell in found.select("tbody td")}
