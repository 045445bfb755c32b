"""The files that pages ask for: read and packed once, at the start, and kept by browsers for good.

They are the same for everybody; pages are another matter (see `packing`).
"""

import gzip
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import cast

from flask import Flask, Response, abort, current_app, request

import screener
from screener import theme
from screener.settings import Settings

PACKAGE = Path(screener.__file__).parent
STATIC = PACKAGE / "static"
KEY = "files"
LOGO = "logo"
STYLESHEET = "screener.css"
KINDS = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}
LETTERS = 12
FOR_GOOD = "public, max-age=31536000, immutable"


@dataclass(frozen=True)
class File:
    """A file as it is sent.

    Attributes:
        packed: the content in gzip; empty where that saves nothing.
        version: a few letters that change with the content.
    """

    content: bytes
    packed: bytes
    kind: str
    version: str


def templates() -> Path:
    """Return the folder of the templates: in an installed package, or beside it in a checkout."""
    inside = PACKAGE / "templates"
    return inside if inside.is_dir() else PACKAGE.parent / "templates"


def install(app: Flask, settings: Settings) -> None:
    """Make the files of this clinic ready, and answer for them."""
    app.extensions[KEY] = of(settings)
    app.add_url_rule("/static/<path:filename>", "static", send)


def of(settings: Settings) -> dict[str, File]:
    """Make the files of a clinic: its colour is in the stylesheet, its logo among them."""
    found = {path.name: path for path in STATIC.iterdir()}
    files = {name: _made(path.read_bytes(), KINDS[path.suffix]) for name, path in found.items()}
    shades = theme.css(theme.shades(settings.clinic.colour))
    sheet = files[STYLESHEET]
    files[STYLESHEET] = _made(sheet.content + shades.encode(), sheet.kind)
    if settings.clinic.logo:
        files[LOGO] = _made(settings.clinic.logo.content, settings.clinic.logo.mime)
    return files


def version(name: str) -> str:
    """Return the version of a file that is there."""
    return _files()[name].version


def send(filename: str) -> Response:
    """Send a file, packed for a browser that says it can unpack it."""
    file = _files().get(filename) or abort(404)
    response = Response(file.content, content_type=file.kind)
    if file.packed:
        response.vary.add("Accept-Encoding")
        if request.accept_encodings["gzip"]:
            response.data = file.packed
            response.content_encoding = "gzip"
    if request.args.get("v") == file.version:
        response.headers["Cache-Control"] = FOR_GOOD
    return response


def _made(content: bytes, kind: str) -> File:
    packed = gzip.compress(content, mtime=0)
    saves = len(packed) < len(content)
    return File(content, packed if saves else b"", kind, sha256(content).hexdigest()[:LETTERS])


def _files() -> dict[str, File]:
    return cast("dict[str, File]", current_app.extensions[KEY])
