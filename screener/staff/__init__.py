"""What the clinic's staff see: one blueprint, `staff`, put together from its rooms."""

from flask import Blueprint, Flask

from screener.staff import (
    access,
    account,
    accounts,
    changes,
    cookies,
    deletion,
    export,
    figures,
    frame,
    guard,
    invitation,
    lost,
    print_list,
    printing,
    queue,
    record,
    second_factor,
    sign_in,
    trail,
    undelivered,
    unsaved,
)

# One a line, so that two people who add a room do not get in each other's way.
ROOMS = (
    frame,
    sign_in,
    second_factor,
    invitation,
    queue,
    record,
    changes,
    printing,
    print_list,
    account,
    accounts,
    trail,
    figures,
    export,
    deletion,
    undelivered,
    unsaved,
)


def install(app: Flask) -> None:
    """Add the staff side to the application.

    Raises:
        access.Unguarded: a route has no row in the table that says who may open it.
    """
    cookies.install(app)
    lost.install(app)
    app.register_blueprint(blueprint())
    access.check(app)


def blueprint() -> Blueprint:
    """Make the blueprint of the staff side.

    Each room offers `register(bp)`, which adds its routes. Who may open them is in `access.py`.
    """
    bp = Blueprint("staff", __name__, url_prefix="/staff")
    bp.before_request(guard.only_who_may)
    bp.after_request(cookies.send)
    for room in ROOMS:
        room.register(bp)
    return bp
