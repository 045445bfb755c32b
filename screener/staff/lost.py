"""A staff address that there is not: whoever is signed in keeps the way to the rooms."""

from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException, MethodNotAllowed, NotFound

from screener.staff.who import signed_in
from screener.store import StoreUnavailable
from screener.web import errors


def install(app: Flask) -> None:
    """Draw the page for what is not found; no guard stands before an address without a view."""
    app.register_error_handler(NotFound, page)
    app.register_error_handler(MethodNotAllowed, page)


def page(error: HTTPException) -> Response:
    """Say that there is no such page, in the frame of whoever asks."""
    if request.path.startswith(errors.STAFF):
        _recognise()
    return errors.page(error)


def _recognise() -> None:
    """Find out who asks, for the frame; without a database nobody is known, and the page stands."""
    try:
        signed_in()
    except StoreUnavailable:
        return
