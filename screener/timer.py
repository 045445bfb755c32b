"""What runs by itself beside the pages: at once, and then again and again, each job on its own.

A job that fails is logged and tried again at its next turn; it holds up no other. Several processes
may run the same jobs: what each takes from the database, no other takes.
"""

import logging
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

PATIENCE = 3.0  # seconds that the end of the program waits for jobs that are at work

log = logging.getLogger(__name__)


@dataclass
class Job:
    """Something to do again and again.

    Attributes:
        name: what it is called in the log and in the figures.
        every: seconds from the end of one turn to the start of the next.
        work: what is done; whatever it raises is logged.
        done_at: when it last ended well, by ``time.monotonic``; None as long as it never did.
        failures: how often it ended otherwise.
    """

    name: str
    every: float
    work: Callable[[], object]
    done_at: float | None = field(default=None, init=False)
    failures: int = field(default=0, init=False)

    def turn(self) -> None:
        """Do it once."""
        try:
            self.work()
        except Exception:
            # A full disk, a database that is away: the next turn may find it back.
            self.failures += 1
            log.exception("job_failed", extra={"job": self.name})
        else:
            self.done_at = time.monotonic()


@contextmanager
def running(jobs: Sequence[Job]) -> Iterator[None]:
    """Run jobs for as long as the block runs."""
    over = threading.Event()
    threads = [
        threading.Thread(target=_again_and_again, args=(job, over), daemon=True, name=job.name)
        for job in jobs
    ]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        over.set()
        last = time.monotonic() + PATIENCE
        for thread in threads:
            thread.join(timeout=max(0.0, last - time.monotonic()))


def _again_and_again(job: Job, over: threading.Event) -> None:
    job.turn()
    while not over.wait(job.every):
        job.turn()
