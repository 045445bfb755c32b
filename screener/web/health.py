"""Does it live, and can it serve? Two addresses for whoever watches over the machine.

They answer for any name of the host, set no cookie and say nothing about anybody.
"""

from collections.abc import Callable

from flask import Blueprint
from flask.typing import ResponseReturnValue

from screener.store import StoreUnavailable
from screener.store.readiness import Readiness
from screener.web.parts import Parts, parts

NAME = "health"


def blueprint() -> Blueprint:
    """Make the blueprint of both addresses."""
    bp = Blueprint(NAME, __name__)
    bp.get("/healthz")(lives)
    bp.get("/readyz")(ready)
    return bp


def lives() -> ResponseReturnValue:
    """Say that the process answers. It asks nothing else, so that no database can end it."""
    return {"status": "lives"}


def ready() -> ResponseReturnValue:
    """Say whether each side that runs here can serve, and if not, what is missing.

    A clinic that cannot be sent anything still serves: that is told, and is no fault.
    """
    found = [_asked(side) for side in _sides(parts())]
    faults = sorted({one.fault for one in found if one.fault})
    sending = all(one.sending for one in found) and parts().settings.sending.offered
    said = {"status": "ready" if not faults else "not ready", "missing": faults, "sending": sending}
    return said, 503 if faults else 200


def _sides(made_of: Parts) -> list[Callable[[], Readiness]]:
    sides = (made_of.patients_store, made_of.staff_store)
    return [side.ready for side in sides if side]


def _asked(side: Callable[[], Readiness]) -> Readiness:
    try:
        return side()
    except StoreUnavailable as error:
        return Readiness(error.reason)
