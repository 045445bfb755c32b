"""`screener` that tells with each page its template, and stumbles when it is asked to.

    python -m tests.browser.telling serve ...

Whoever looks at every page must know that it was every page. The product itself tells neither.
"""

from typing import Any

import jinja2
from flask import Flask, Response, abort, g, has_request_context, request
from flask.signals import request_finished
from flask.typing import ResponseReturnValue

from screener.cli import main
from screener.store import Throttled

DRAWN_FROM = "X-Drawn-From"
STUMBLE = "stumble"  # in an address: with which status
STUMBLES = {"429": Throttled(150), "500": RuntimeError("broken on purpose")}
draw, dispatch = jinja2.Template.render, Flask.dispatch_request


def noted(self: jinja2.Template, *given: Any, **named: Any) -> str:
    """Draw a template, and note its name."""
    if has_request_context():
        g.drawn_from = self.name
    return draw(self, *given, **named)


def stumble(app: Flask) -> ResponseReturnValue:
    """Answer a request; go wrong where the address says so, as a view would."""
    status = request.args.get(STUMBLE)
    if status in STUMBLES:
        raise STUMBLES[status]
    return abort(int(status)) if status else dispatch(app)


def tell(_app: Flask, response: Response, **_more: object) -> None:
    """Name the template that a page was drawn from."""
    response.headers[DRAWN_FROM] = g.get("drawn_from", "")


if __name__ == "__main__":
    for place, name, ours in [
        (jinja2.Template, "render", noted),
        (Flask, "dispatch_request", stumble),
    ]:
        setattr(place, name, ours)
    request_finished.connect(tell)
    main()
