"""Refuse what no browser sends, and no view and no database takes: at the door, for all of them."""

from flask import Flask, abort, request

MOST_FIELDS = 1000  # no form of ours has a quarter of that; each may come back on a page


def install(app: Flask) -> None:
    """Refuse an address with a NUL in it, a field without a name, and fields without end."""

    def readable() -> None:
        if "\0" in request.path:
            abort(404)
        if None in request.form:  # a part of a multipart body that does not say its name
            abort(400)
        if sum(map(len, request.form.listvalues())) > MOST_FIELDS:
            abort(413)

    app.before_request(readable)
