"""Passwords are checked at a cost, and never wait for each other for ever."""

from threading import Thread

import pytest

from screener.store import Intake
from screener.store.staff import passwords


def test_passwords_that_are_checked_at_once_all_get_an_answer(
    intake: Intake, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(passwords, "KIB", 4 * 1024)
    check = intake.staff.passwords.check
    several = [
        Thread(target=check, args=("nobody@example.org", "x"), daemon=True) for _ in range(8)
    ]
    for thread in several:
        thread.start()

    assert all(ended(thread) for thread in several)  # the first that does not settles it


def ended(thread: Thread) -> bool:
    thread.join(20)
    return not thread.is_alive()
