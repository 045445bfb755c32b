"""Slow work keeps few threads, and never all of them."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from screener.server import TUNING
from screener.store import Throttled, turns
from screener.store.turns import Turns


def refused(those: Turns) -> bool:
    try:
        with those.one_soon():
            return False
    except Throttled:
        return True


def test_who_would_have_to_wait_behind_others_is_refused_at_once() -> None:
    those = Turns(at_once=1, waiting=0)

    with (
        those.one_soon(),
        pytest.raises(Throttled) as slow,
        those.one_soon(),
    ):
        pass

    assert turns.SOON == slow.value.retry_after
    assert not refused(those)


def test_one_may_wait_and_gets_its_turn() -> None:
    those, waits = Turns(at_once=1, waiting=1), Event()

    def wait() -> bool:
        waits.set()
        return refused(those)

    with ThreadPoolExecutor(1) as thread:
        with those.one_soon():
            waiting = thread.submit(wait)
            waits.wait(60)
        assert not waiting.result(60)


def test_what_failed_gives_its_turn_back() -> None:
    those = Turns(at_once=1, waiting=0)

    with pytest.raises(ValueError, match="broken"), those.one_soon():
        raise ValueError("broken")

    assert not refused(those)


def test_threads_are_left_for_pages_whoever_waits_on_either_side() -> None:
    each_side = turns.AT_ONCE + turns.WAITING

    assert 2 * each_side < TUNING["threads"]
