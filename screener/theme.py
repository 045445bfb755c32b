"""One clinic colour becomes shades that everyone can read, in light and in dark.

The colour keeps its hue and is darkened (on dark pages: lightened) until it reaches the contrast
that WCAG asks for at its strictest, and not a step further. It never touches the colours of errors
and levels: those mean the same at every clinic.
"""

from collections.abc import Iterable
from colorsys import hls_to_rgb, rgb_to_hls
from dataclasses import dataclass, fields
from functools import cache

ENOUGH = 7.0  # WCAG 1.4.6, level AAA
STEPS = 200
MOST_TINT = 10  # per cent of the colour in a tinted surface
STRONGER = 0.2


@dataclass(frozen=True)
class Ground:
    """The colours of screener.css that a clinic's colour stands on, or that stand on it."""

    paper: str
    surface: str
    muted: str  # the faintest text
    on_brand: str  # the text of buttons
    towards: str  # where a shade goes until it can be read


LIGHT = Ground("#faf7f2", "#ffffff", muted="#445250", on_brand="#ffffff", towards="#000000")
DARK = Ground("#141b1b", "#1c2525", muted="#bfcac7", on_brand="#141b1b", towards="#ffffff")


@dataclass(frozen=True)
class Shades:
    """The colours of one mode, as "#rrggbb". The names are those of the stylesheet."""

    brand: str
    brand_strong: str
    on_brand: str
    link: str
    tint: str


@dataclass(frozen=True)
class Theme:
    """A clinic's colour, as given, and its shades."""

    colour: str
    light: Shades
    dark: Shades


@cache
def shades(colour: str) -> Theme:
    """Work out all shades of a clinic's colour, given as "#rrggbb"."""
    return Theme(colour, light=_mode(colour, LIGHT), dark=_mode(colour, DARK))


def css(theme: Theme) -> str:
    """Write a theme as custom properties. Paper keeps the ink of the stylesheet's print rules."""
    return (
        f"@media screen{{:root{{{_properties(theme.light)}}}}}\n"
        f"@media screen and (prefers-color-scheme:dark){{:root{{{_properties(theme.dark)}}}}}\n"
    )


def contrast(one: str, other: str) -> float:
    """Compute the contrast ratio of two colours, from 1 to 21.

    Source:
        WCAG 2.2, definitions of relative luminance and contrast ratio.
    """
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def mix(colour: str, other: str, share: float) -> str:
    """Mix two colours; ``share`` (0 to 1) is how much of the other there is."""
    pairs = zip(_channels(colour), _channels(other), strict=True)
    return _written(own + (its - own) * share for own, its in pairs)


def _mode(colour: str, ground: Ground) -> Shades:
    tint = _tint(colour, ground)
    brand = _readable(colour, (ground.paper, ground.surface, tint), ground.towards)
    strong = mix(brand, ground.towards, STRONGER)
    return Shades(brand, strong, on_brand=ground.on_brand, link=brand, tint=tint)


def _tint(colour: str, ground: Ground) -> str:
    """Tint a surface as much as the faintest text on it allows."""
    tints = (mix(ground.surface, colour, share / 100) for share in range(MOST_TINT, 0, -1))
    return next((tint for tint in tints if contrast(tint, ground.muted) >= ENOUGH), ground.surface)


def _readable(colour: str, grounds: Iterable[str], towards: str) -> str:
    """Take the first shade that reads well on every ground."""
    on = tuple(grounds)
    fit = (shade for shade in _towards(colour, towards) if _worst(shade, on) >= ENOUGH)
    return next(fit, towards)


def _towards(colour: str, towards: str) -> Iterable[str]:
    """Give shades of one hue, from the colour itself to black or white."""
    yield colour
    channels = _channels(colour)
    hue, start, full = rgb_to_hls(*channels)
    # A nearly black red counts as fully saturated; lightened as such it would turn pink.
    saturation = min(full, 2 * (max(channels) - min(channels)))
    (end, _, _) = _channels(towards)
    for step in range(1, STEPS):
        yield _written(hls_to_rgb(hue, start + (end - start) * step / STEPS, saturation))


def _worst(colour: str, grounds: Iterable[str]) -> float:
    return min(contrast(colour, ground) for ground in grounds)


def _properties(mode: Shades) -> str:
    return "".join(
        f"--{field.name.replace('_', '-')}:{getattr(mode, field.name)};" for field in fields(mode)
    )


def _channels(colour: str) -> tuple[float, float, float]:
    red, green, blue = bytes.fromhex(colour.removeprefix("#"))
    return red / 255, green / 255, blue / 255


def _written(channels: Iterable[float]) -> str:
    return "#" + bytes(round(channel * 255) for channel in channels).hex()


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(channel) for channel in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4  # noqa: PLR2004 - sRGB
