"""Refuse what no browser sends, and no view and no database takes: at the door, for all of them."""

from flask import Flask, abort, request


def install(app: Flask) -> None:
    """Refuse an address with a NUL in it, and a form with a field that has no name."""

    def readable() -> None:
        if "\0" in request.path:
            abort(404)
        if None in request.form:  # a part of a multipart body that does not say its name
            abort(400)

    app.before_request(readable)
