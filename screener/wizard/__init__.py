"""What patients see: one blueprint, `wizard`, put together from its rooms."""

from flask import Blueprint

from screener.wizard import (
    check,
    entries,
    interruptions,
    locked,
    pages,
    results,
    sending,
    side,
    unsaved,
)


def blueprint() -> Blueprint:
    """Make the blueprint of the patients' pages.

    Each room offers `register(bp)`, which adds its routes (so that none imports this module).
    """
    bp = Blueprint("wizard", __name__)
    for room in (side, entries, interruptions, check, results, sending, locked, pages, unsaved):
        room.register(bp)
    return bp
