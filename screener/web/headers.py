"""The headers of every response: nothing is kept, framed, sniffed, indexed or sent elsewhere."""

from collections.abc import Callable, Iterable
from typing import Any
from wsgiref.types import StartResponse, WSGIEnvironment

from flask import Flask

CONTENT = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; font-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
UNUSED = ("accelerometer", "camera", "geolocation", "gyroscope", "microphone", "payment", "usb")
ALWAYS = {
    "Content-Security-Policy": CONTENT,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in UNUSED),
    # Not "no-referrer": the proof against forgery reads the referrer of a POST over https.
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, nofollow",
}
Headers = list[tuple[str, str]]
TWO_YEARS = "max-age=63072000; includeSubDomains"


def install(app: Flask, *, https: bool) -> None:
    """Put the headers on every response, errors and files included.

    Outside of Flask, so that nothing which goes wrong inside comes without them.
    """
    always = list((ALWAYS | ({"Strict-Transport-Security": TWO_YEARS} if https else {})).items())
    inside = app.wsgi_app

    def protected(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        def start(
            status: str,
            headers: Headers,
            failed: Any = None,  # noqa: ANN401 - as WSGI has it
            /,
        ) -> Callable[[bytes], object]:
            return start_response(status, [*_kept_where_it_may_be(headers), *always], failed)

        return inside(environ, start)

    app.wsgi_app = protected  # type: ignore[method-assign]


def _kept_where_it_may_be(headers: Headers) -> Headers:
    """Say of every response that it must not be kept, but of a file whose address names it."""
    said = [value for name, value in headers if name.lower() == "cache-control"]
    if any("immutable" in value for value in said):
        return headers
    others = [pair for pair in headers if pair[0].lower() != "cache-control"]
    return [*others, ("Cache-Control", "no-store")]
