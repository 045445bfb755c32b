"""How a patient of the benchmarks fills in a form: anything that it offers, and numbers."""

import random
from typing import Any

from bs4 import Tag

from benchmarks.patients.wire import Pairs
from tests.web import drawn, options

GO_ON = {"ack": "yes", "age_years": "42", "phone": "+1 555 010 0199", "email": "pat@example.org"}
OURS = ("csrf_token", "tries", "once", "was", "then", "skip", "page")
OTHER_UNITS = ("_ft", "_in", "_lb")  # a height in both units would be a slip


def fill(form: Tag, choose: random.Random) -> Pairs:
    """Fill in every box of a form, and press a button: the one that leaves slips empty, if any."""
    sent = drawn(form)
    for name in _asked(form):
        sent[name] = GO_ON.get(name) or _answer(form, name, choose)
    skip = form.select_one("button[name=skip]")
    if skip is not None:
        sent["skip"] = str(skip["value"])
    return [(name, text) for name, value in sent.items() for text in _texts(value)]


def _asked(form: Tag) -> list[str]:
    boxes = form.select("[name]:not([type=hidden]):not(button)")
    names = dict.fromkeys(str(box["name"]) for box in boxes)
    return [name for name in names if not name.endswith(OTHER_UNITS)]


def _answer(form: Tag, name: str, choose: random.Random) -> Any:  # noqa: ANN401 - as a form holds it
    offered = options(form, name)
    if form.select_one(f'[name="{name}"][type=checkbox]'):
        return choose.sample(offered, 1)
    if offered:
        return choose.choice(offered)
    if form.select_one(f'textarea[name="{name}"]'):
        return f"What about {choose.randrange(10**9)}? Ümläut, “quote”, a second sentence."
    if name == "name":  # no two patients have the same
        return f"Pat Example {choose.randrange(10**15)}"
    return str(choose.randint(80, 180))


def _texts(value: Any) -> list[str]:  # noqa: ANN401 - as a form holds it
    return [str(one) for one in value] if isinstance(value, list) else [str(value)]


def as_drawn(form: Tag) -> Pairs:
    """Press the button of a form as it stands on the page."""
    return [(name, text) for name, value in drawn(form).items() for text in _texts(value)]


def left_out(form: Tag | None, sent: Pairs) -> list[str]:
    """Name what was sent and does not stand on the page that came back."""
    shown = as_drawn(form) if form is not None else []
    return [name for name, text in sent if name not in OURS and (name, text) not in shown]
