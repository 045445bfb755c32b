"""A clinic's logo: small, and with nothing in it that could act or fetch.

A PNG is taken as it is. An SVG is a document that can hold scripts, so it is written anew from the
few elements that draw; what would act or reach out is refused rather than dropped, so that nobody
wonders where half of their logo went.
"""

import re
from pathlib import Path
from xml.etree import ElementTree as ET  # no entities are read: a DOCTYPE is refused before

from screener.settings.model import Logo

MOST_BYTES = 10 * 1024
PNG = b"\x89PNG\r\n\x1a\n"
SVG = "http://www.w3.org/2000/svg"
LINK = "{http://www.w3.org/1999/xlink}href"

SHAPES = {"path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "tspan"}
GROUPS = {"svg", "g", "defs", "symbol", "use", "clipPath", "mask", "pattern", "title", "desc"}
DRAWS = SHAPES | GROUPS | {"linearGradient", "radialGradient", "stop"}
MOVES = {"animate", "animateMotion", "animateTransform", "set"}
ACTS = MOVES | {"script", "foreignObject", "iframe", "image", "style", "a"}
OUTSIDE = re.compile(
    r"url\s*\(\s*['\"]?\s*(?!#)|javascript:|data:|https?:|@import|\\", re.IGNORECASE
)


class BadLogo(ValueError):
    """The logo cannot be used; the message completes "it must be …"."""


def read_logo(file: Path) -> Logo:
    """Read and check a logo file.

    Raises:
        BadLogo: too big, neither PNG nor SVG, or an SVG that acts or reaches out.
    """
    try:
        content = file.read_bytes() if file.stat().st_size <= MOST_BYTES else None
    except OSError:
        raise BadLogo(f"a file that can be read, and {file} cannot") from None
    if content is None:
        raise BadLogo(f"a file of {MOST_BYTES} bytes or less, and it has {file.stat().st_size}")
    if content.startswith(PNG) and content[12:16] == b"IHDR" and b"IEND" in content[-12:]:
        return Logo(content=content, mime="image/png")
    return Logo(content=_cleaned(content), mime="image/svg+xml")


def _cleaned(content: bytes) -> bytes:
    if b"<!DOCTYPE" in content.upper() or b"<!ENTITY" in content.upper():
        raise BadLogo("an SVG without DOCTYPE: save it as plain SVG")
    try:
        root = ET.fromstring(content)  # noqa: S314 - 10 KB at most, and no entities
    except (ET.ParseError, ValueError, LookupError):
        raise BadLogo("a PNG or SVG picture") from None
    if root.tag != f"{{{SVG}}}svg":
        raise BadLogo("a PNG or SVG picture")
    ET.register_namespace("", SVG)
    written: bytes = ET.tostring(_copied(root), encoding="utf-8")
    return written


def _copied(element: ET.Element) -> ET.Element:
    """Copy an element with what draws; leave out what an editor wrote for itself."""
    copy = ET.Element(element.tag, _attributes(element))
    copy.text, copy.tail = element.text, element.tail
    for child in element:
        namespace, _, name = str(child.tag).removeprefix("{").rpartition("}")
        if name in ACTS:
            raise BadLogo(f"a picture only, and this SVG holds <{name}>")
        if namespace == SVG and name in DRAWS:
            copy.append(_copied(child))
    return copy


def _attributes(element: ET.Element) -> dict[str, str]:
    kept = {}
    # Styles become attributes: the pages' security policy does not run styles inside pictures.
    for name, value in {**element.attrib, **_styles(element)}.items():
        local = name.rpartition("}")[2].lower()
        link = local == "href" and not value.strip().startswith("#")
        if local.startswith("on") or link or OUTSIDE.search(value):
            raise BadLogo(f"a picture only, and this SVG has {local} that acts or reaches out")
        if name == LINK:
            kept["href"] = value
        elif "}" not in name and name != "style":
            kept[name] = value
    return kept


def _styles(element: ET.Element) -> dict[str, str]:
    pairs = (part.partition(":") for part in element.get("style", "").split(";"))
    return {
        name.strip(): value.strip()
        for name, _, value in pairs
        if re.fullmatch(r"[a-z\-]+", name.strip())
    }
