"""Pages for what goes wrong: what happened, whether the answers are safe, what to do."""

import logging

from flask import Flask, Response, render_template, request
from werkzeug.exceptions import (
    HTTPException,
    InternalServerError,
    ServiceUnavailable,
    TooManyRequests,
)

from screener.store import StoreUnavailable, Throttled
from screener.web.parts import parts

PAGES = {400, 403, 404, 405, 413, 429, 500, 503}
KEPT = ("Allow", "Retry-After", "Location")
CLIENT, SERVER = 400, 500
STAFF = "/staff"

log = logging.getLogger(__name__)


def install(app: Flask) -> None:
    """Answer every error with a page that needs no database."""
    app.register_error_handler(HTTPException, page)
    app.register_error_handler(StoreUnavailable, store_unavailable)
    app.register_error_handler(Throttled, throttled)
    app.register_error_handler(Exception, crashed)


def page(error: HTTPException, *, seconds: int = 0) -> Response:
    """Draw the page of an error, with the headers that belong to it."""
    answer = error.get_response(request.environ)
    code = error.code or SERVER
    if error.response is not None or code < CLIENT:
        return Response(answer.response, code, answer.headers)
    known = code if code in PAGES else (CLIENT if code < SERVER else SERVER)
    drawn = render_template(_template(known), code=known, seconds=seconds)
    kept = {name: value for name, value in answer.headers if name in KEPT}
    return Response(drawn, code, kept, mimetype="text/html")


def _template(code: int) -> str:
    """Choose the frame that the person knows: that of patients, or that of the staff."""
    here = parts()
    asked = here.staff_store is not None and request.path.startswith(STAFF)
    staff = asked or here.patients_store is None
    return "staff/error.html" if staff else f"errors/{code}.html"


def store_unavailable(error: StoreUnavailable) -> Response:
    """Say that answers cannot be read or kept just now."""
    log.error("store_unavailable", extra={"reason": error.reason})
    return page(ServiceUnavailable())


def throttled(error: Throttled) -> Response:
    """Say how long to wait."""
    return page(TooManyRequests(retry_after=error.retry_after), seconds=error.retry_after)


def crashed(error: Exception) -> Response:
    """Say sorry. The log gets the kind and the place of the error, never what it says."""
    log.error("crashed", exc_info=error, extra={"route": str(request.url_rule)})
    return page(InternalServerError())
