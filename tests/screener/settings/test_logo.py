import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from screener.settings import Settings, SettingsError

Load = Callable[..., Settings]

PNG = b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR" + bytes(13) + b"\0\0\0\0" + b"\0\0\0\0IEND\xaeB`\x82"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">{}</svg>'

BAD_SVG = {
    "<script>x</script>": "holds <script>",
    "<g><foreignObject/></g>": "holds <foreignObject>",
    '<image href="https://x.example/a.png"/>': "holds <image>",
    "<style>@import url(//x.example)</style>": "holds <style>",
    '<a href="https://x.example"><path/></a>': "holds <a>",
    '<path onclick="x()"/>': "onclick",
    '<use xlink:href="https://x.example/a.svg#b"/>': "href",
    '<use href="//x.example#b"/>': "href",
    '<use href="a.svg#b"/>': "href",
    '<use href="data:image/svg+xml,x"/>': "href",
    '<path fill="url(https://x.example/#a)"/>': "fill",
    "<path style=\"fill:url( '//x.example/a')\"/>": "style",
    '<path style="fill:u\\72l(//x.example)"/>': "style",
    '<set attributeName="href" to="javascript:x"/>': "holds <set>",
    "<animate/>": "holds <animate>",
    '<h:script xmlns:h="http://www.w3.org/1999/xhtml"/>': "holds <script>",
    "<path": "a PNG or SVG picture",
}


def with_logo(load: Load, folder: Path, content: bytes | str, name: str = "logo.svg") -> Settings:
    (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    return load(f'[clinic]\nlogo = "{name}"')


def test_a_small_png_is_taken_as_it_is(load: Load, tmp_path: Path) -> None:
    logo = with_logo(load, tmp_path, PNG, "logo.png").clinic.logo

    assert logo is not None
    assert (PNG, "image/png") == (logo.content, logo.mime)


def test_an_svg_keeps_what_draws_and_loses_what_its_editor_wrote(
    load: Load, tmp_path: Path
) -> None:
    drawn = SVG.format(
        '<metadata>by Ann</metadata><title>Hill &amp; Co</title><path id="p" d="M0 0" '
        'style="fill:#123456;stroke:none" e:label="x" xmlns:e="http://editor.example"/>'
        '<use xlink:href="#p"/><rect fill="url(#p)"/>'
    )

    logo = with_logo(load, tmp_path, f"<?xml version='1.0'?>{drawn}").clinic.logo

    assert logo is not None
    assert (
        '<svg xmlns="http://www.w3.org/2000/svg"><title>Hill &amp; Co</title>'
        '<path id="p" d="M0 0" fill="#123456" stroke="none" />'
        '<use href="#p" /><rect fill="url(#p)" /></svg>'
    ) == logo.content.decode()
    assert logo.mime == "image/svg+xml"


@pytest.mark.parametrize(("part", "said"), BAD_SVG.items())
def test_an_svg_that_acts_or_reaches_out_is_refused(
    load: Load, tmp_path: Path, part: str, said: str
) -> None:
    with pytest.raises(
        SettingsError, match=r"^clinic\.toml: \[clinic\] logo is .*it must be"
    ) as no:
        with_logo(load, tmp_path, SVG.format(part))

    assert said in str(no.value)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"GIF89a" + bytes(50), "a PNG or SVG picture"),
        (b"", "a PNG or SVG picture"),
        (b"<html/>", "a PNG or SVG picture"),
        (b'<!DOCTYPE svg [<!ENTITY a "b">]><svg/>', "an SVG without DOCTYPE"),
        ('<?xml version="1.0" encoding="utf-16"?><svg/>'.encode("utf-16"), "a PNG or SVG picture"),
        (PNG + zlib.compress(b"x") * 2000, "a file of 10240 bytes or less"),
    ],
)
def test_what_is_no_small_picture_is_refused(
    load: Load, tmp_path: Path, content: bytes, said: str
) -> None:
    with pytest.raises(SettingsError) as refused:
        with_logo(load, tmp_path, content)

    assert said in str(refused.value)


def test_a_logo_that_is_not_there_is_said(load: Load, tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as refused:
        load('[clinic]\nlogo = "none.svg"')

    assert (
        'clinic.toml: [clinic] logo is "none.svg", it must be a file that can be read,'
        f" and {tmp_path / 'none.svg'} cannot"
    ) == str(refused.value)
