"""What runs beside the pages: at once, again and again, each job on its own."""

import threading

import pytest

from screener import timer
from screener.timer import Job

NEVER = 3600.0
LONG = 60  # seconds: what takes as long as that on any machine hangs


def test_a_job_runs_at_once_and_again_and_again() -> None:
    turns = threading.Semaphore(0)

    with timer.running([Job("often", 0.001, turns.release)]):
        came = [turns.acquire(timeout=LONG) for _ in range(3)]

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
        came = [tried.acquire(timeout=LONG) for _ in range(3)]

    assert [True, True, True] == came
    assert job.done_at is None
    assert job.failures >= 2
    assert {"job_failed"} == {record.getMessage() for record in caplog.records}
    assert {"purge"} == {record.__dict__["job"] for record in caplog.records}


def test_a_job_that_fails_or_hangs_holds_up_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timer, "PATIENCE", LONG)
    go_on, came = threading.Event(), threading.Event()
    jobs = [
        Job("hangs", NEVER, lambda: go_on.wait(LONG)),
        Job("fails", NEVER, lambda: 1 / 0),
        Job("works", NEVER, came.set),
    ]

    with timer.running(jobs):
        worked = came.wait(LONG)
        go_on.set()

    assert worked
    assert jobs[2].done_at is not None


def test_the_end_does_not_wait_for_the_next_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timer, "PATIENCE", LONG)
    done = threading.Event()

    with timer.running([Job("rare", NEVER, done.set)]):
        assert done.wait(LONG)

    assert "rare" not in at_work()


def test_the_end_waits_only_a_little_for_a_job_that_hangs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timer, "PATIENCE", 0.05)
    go_on, begun = threading.Event(), threading.Event()

    def hang() -> None:
        begun.set()
        go_on.wait(LONG)

    with timer.running([Job("hangs", NEVER, hang), Job("hangs too", NEVER, hang)]):
        assert begun.wait(LONG)
    left = at_work()
    go_on.set()

    assert {"hangs", "hangs too"} <= left


def at_work() -> set[str]:
    return {thread.name for thread in threading.enumerate()}
