"""Where the files are, and which of them a browser may keep for good."""

import hashlib
from functools import cache
from pathlib import Path

from flask import Flask, Response, current_app, request

import screener

PACKAGE = Path(screener.__file__).parent
LETTERS = 12
FOR_GOOD = "public, max-age=31536000, immutable"


def templates() -> Path:
    """Return the folder of the templates: in an installed package, or beside it in a checkout."""
    inside = PACKAGE / "templates"
    return inside if inside.is_dir() else PACKAGE.parent / "templates"


def install(app: Flask) -> None:
    """Let browsers keep the files that were asked for by their content."""
    app.after_request(_keep)


def version_of(content: bytes) -> str:
    """Return a few letters that change with the content."""
    return hashlib.sha256(content).hexdigest()[:LETTERS]


@cache
def _version(folder: str, file: str) -> str:
    return version_of((Path(folder) / file).read_bytes())


def _keep(response: Response) -> Response:
    file = (request.view_args or {}).get("filename", "")
    if request.endpoint != "static" or response.status_code not in {200, 304}:
        return response
    if request.args.get("v") == _version(str(current_app.static_folder), file):
        response.headers["Cache-Control"] = FOR_GOOD
    return response
