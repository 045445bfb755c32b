"""What was typed stays when the store does not answer, and when there were too many tries."""

from typing import Protocol

from flask import Blueprint, Response, make_response, render_template, request
from flask.typing import ResponseReturnValue

from screener.language import _, ngettext
from screener.staff import onward, second_factor, sign_in
from screener.store import StoreUnavailable, Throttled
from screener.web import errors


class Page(Protocol):
    """Draws a step of signing in, with a line that asks to wait."""

    def __call__(self, way: onward.Onward, *, wait: str) -> str:
        """Draw it."""
        ...


PAGES: dict[str, Page] = {
    "staff.check_password": sign_in.page,
    "staff.check_second_factor": second_factor.page,
    "staff.check_proof": second_factor.proof_page,
}


def register(bp: Blueprint) -> None:
    """Answer what could not be kept, or not be tried, on the staff's pages."""
    bp.register_error_handler(StoreUnavailable, no_store)
    bp.register_error_handler(Throttled, too_many)


def no_store(error: StoreUnavailable) -> ResponseReturnValue:
    """Keep what was typed on the page while the database does not answer."""
    answer = errors.store_unavailable(error)
    way = onward.interrupted() if request.method == "POST" else onward.Onward()
    way = way if way.fields else onward.read()
    if not (way.send_to and way.fields):
        return answer
    wait = _("Nothing was saved just now. Wait a minute, then send it again.")
    why = f"{wait} {_('If that does not help, tell whoever runs Screener.')}"
    return render_template("staff/kept.html", way=way, why=why), 503


def too_many(error: Throttled) -> ResponseReturnValue:
    """Ask to wait, on the same page: what waits in it must not be lost."""
    page = PAGES.get(request.endpoint or "")
    if page is None:
        return errors.throttled(error)
    minutes = (error.retry_after + 59) // 60
    drawn = page(onward.read(), wait=_in_words(minutes))
    answer: Response = make_response(drawn, 429)
    answer.headers["Retry-After"] = str(error.retry_after)
    return answer


def _in_words(minutes: int) -> str:
    again = ngettext("Try again in %(num)s minute.", "Try again in %(num)s minutes.", minutes)
    return f"{_('There were too many tries in a short time.')} {again % {'num': minutes}}"
