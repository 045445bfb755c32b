"""What is told of each request, and to whom: the rule of its address, never the address."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass

from flask import Flask, Response, g, request

METHODS = {"GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE"}
OTHER = "other"

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Answered:
    """A request that was answered: which method, by which rule, how, and in how many seconds."""

    method: str
    route: str
    status: int
    seconds: float


def install(app: Flask, *listeners: Callable[[Answered], None]) -> None:
    """Tell the listeners of every request that the application has answered."""

    def begin() -> None:
        g.begun = time.perf_counter()

    def end(response: Response) -> Response:
        answered = _answered(response)
        for listener in listeners:
            listener(answered)
        return response

    # Before all others, so that a request which one of them refuses is told of too.
    app.before_request_funcs.setdefault(None, []).insert(0, begin)
    app.after_request(end)


def log_it(answered: Answered) -> None:
    """Write a line about a request: no address of the page, and none of the visitor."""
    log.info(
        "request",
        extra={
            "method": answered.method,
            "route": answered.route,
            "status": answered.status,
            "milliseconds": round(answered.seconds * 1000, 1),
        },
    )


def _answered(response: Response) -> Answered:
    return Answered(
        method=request.method if request.method in METHODS else OTHER,
        route=request.url_rule.rule if request.url_rule else OTHER,
        status=response.status_code,
        seconds=time.perf_counter() - g.begun,
    )
