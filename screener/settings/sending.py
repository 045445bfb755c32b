"""Sending must lead to somebody who can be reached."""

from screener.settings.checks import ASKED, NEEDED, NO
from screener.settings.model import Sending


def unreachable(sending: Sending, file: str) -> list[str]:
    """Say, in a line, that nobody could be reached who sends the form; nothing when they can be."""
    if not sending.offered or {sending.phone, sending.email} != {NO}:
        return []
    found = f'{file}: [sending] phone and email are both "{NO}"'
    return [f'{found}, one of them must be "{ASKED}" or "{NEEDED}" while sending is offered']
