"""The headers of every response: nothing is kept, framed, sniffed, indexed or sent elsewhere."""

from flask import Flask, Response

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
TWO_YEARS = "max-age=63072000; includeSubDomains"


def install(app: Flask, *, https: bool) -> None:
    """Put the headers on every response, errors and files included."""
    always = ALWAYS | ({"Strict-Transport-Security": TWO_YEARS} if https else {})

    def protect(response: Response) -> Response:
        headers = response.headers
        said = {name.lower() for name, _ in headers}
        headers.extend((name, value) for name, value in always.items() if name.lower() not in said)
        # Only a file whose address names its content may be kept.
        if "immutable" not in headers.get("Cache-Control", ""):
            headers["Cache-Control"] = "no-store"
        return response

    app.after_request(protect)
