"""Signing in, second step."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from screener.staff import onward


def register(bp: Blueprint) -> None:
    """Add the routes."""
    bp.get("/second-factor")(second_factor)
    bp.get("/set-up")(set_up)
    bp.get("/prove")(prove)


def second_factor() -> ResponseReturnValue:
    """Ask for the second factor."""
    return render_template("staff/second_factor.html", way=onward.read())


def set_up() -> ResponseReturnValue:
    """Let somebody who was invited choose a second factor."""
    return render_template("staff/second_factor.html", way=onward.read())


def prove() -> ResponseReturnValue:
    """Ask for both factors again."""
    return render_template("staff/second_factor.html", way=onward.read())
