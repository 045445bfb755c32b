"""What runs beside the pages: at once, again and again, each job on its own."""

import threading
import time

import pytest

from screener import timer
from screener.timer import Job

NEVER = 3600.0


def test_a_job_runs_at_once_and_again_and_again() -> None:
    turns = threading.Semaphore(0)

    with timer.running([Job("often", 0.001, turns.release)]):
        came = [turns.acquire(timeout=5) for _ in range(3)]

    assert [True, True, True] == came


def test_a_job_that_fails_is_logged_counted_and_tried_again(
    caplog: pytest.LogCaptureFixture,
) -> None:
    tried = threading.Semaphore(0)

    def fail() -> None:
        tried.release()
        raise OSError(28, "No space left on device")

    job = Job("purge", 0.001, fail)
    with timer.running([job]):
        came = [tried.acquire(timeout=5) for _ in range(3)]

    assert [True, True, True] == came
    assert job.done_at is None
    assert job.failures >= 2
    assert {"job_failed"} == {record.getMessage() for record in caplog.records}
    assert {"purge"} == {record.__dict__["job"] for record in caplog.records}


def test_a_job_that_fails_or_hangs_holds_up_no_other() -> None:
    go_on, came = threading.Event(), threading.Event()
    jobs = [
        Job("hangs", NEVER, lambda: go_on.wait(5)),
        Job("fails", NEVER, lambda: 1 / 0),
        Job("works", NEVER, came.set),
    ]

    with timer.running(jobs):
        worked = came.wait(5)
        go_on.set()

    assert worked
    assert jobs[2].done_at is not None


def test_the_end_does_not_wait_for_the_next_turn() -> None:
    done = threading.Event()
    begun = time.monotonic()

    with timer.running([Job("rare", NEVER, done.set)]):
        assert done.wait(5)

    assert time.monotonic() - begun < 2


def test_the_end_waits_only_a_little_for_a_job_that_hangs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timer, "PATIENCE", 0.05)
    go_on, begun = threading.Event(), threading.Event()

    def hang() -> None:
        begun.set()
        go_on.wait(10)

    ended = time.monotonic()
    with timer.running([Job("hangs", NEVER, hang), Job("hangs too", NEVER, hang)]):
        assert begun.wait(5)
        ended = time.monotonic()

    assert time.monotonic() - ended < 2
    go_on.set()
