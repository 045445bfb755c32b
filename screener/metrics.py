"""Figures for Prometheus, on a port of their own: counts and times, and nothing about anybody.

No label holds what a person typed, a level, a reference or an address. How many forms wait is told;
how many of them are urgent is not, for in a small clinic that is one person.
"""

import logging
import time
from collections.abc import Iterable, Iterator, Sequence

from prometheus_client import CollectorRegistry, Counter, Histogram, start_http_server
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric

from screener.logs import event_name
from screener.store import Intake, StoreUnavailable
from screener.store.watching import Seen, look
from screener.timer import Job
from screener.web.traffic import Answered

SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5)


class Figures:
    """What one process tells of itself, and of the database when it runs the staff side."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._requests = Counter(
            "screener_requests",
            "Requests that were answered, by the rule of their address.",
            ("method", "route", "status"),
            registry=self.registry,
        )
        self._seconds = Histogram(
            "screener_request_seconds",
            "How long requests took, by the rule of their address.",
            ("method", "route"),
            buckets=SECONDS,
            registry=self.registry,
        )
        self._faults = Counter(
            "screener_faults",
            "Warnings and errors, by the name of the event in the log.",
            ("event",),
            registry=self.registry,
        )

    def answered(self, request: Answered) -> None:
        """Count a request."""
        self._requests.labels(request.method, request.route, request.status).inc()
        self._seconds.labels(request.method, request.route).observe(request.seconds)

    def listen_to_the_log(self) -> None:
        """Count from now on what is logged as a warning or an error."""
        logging.getLogger().addHandler(_Faults(self._faults))

    def watch(self, jobs: Sequence[Job], intake: Intake | None) -> None:
        """Tell of jobs, and of the database when the staff side runs here."""
        self.registry.register(_Jobs(jobs))
        if intake:
            self.registry.register(_Database(intake))

    def serve(self, host: str, port: int) -> int:
        """Answer on a port of its own, never on that of the pages; return the port.

        Raises:
            OSError: the port cannot be had.
        """
        self._server, self._thread = start_http_server(port, host, self.registry)
        return self._server.server_port

    def close(self) -> None:
        """Answer no more."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class _Faults(logging.Handler):
    """Counts what goes through the log; only events of ours, whose names are known."""

    def __init__(self, counter: Counter) -> None:
        super().__init__(logging.WARNING)
        self._counter = counter

    def emit(self, record: logging.LogRecord) -> None:
        """Count a record."""
        self._counter.labels(event_name(record)).inc()


class _Jobs:
    """When each job last ended well, and how often it did not."""

    def __init__(self, jobs: Sequence[Job]) -> None:
        self._jobs = jobs

    def collect(self) -> Iterator[Metric]:
        """Say it, at the moment of asking."""
        age = GaugeMetricFamily(
            "screener_job_age_seconds", "Since a job last ended well.", labels=("job",)
        )
        failures = CounterMetricFamily(
            "screener_job_failures", "How often a job failed.", labels=("job",)
        )
        for job in self._jobs:
            failures.add_metric((job.name,), job.failures)
            if job.done_at is not None:
                age.add_metric((job.name,), time.monotonic() - job.done_at)
        return iter((age, failures))


class _Database:
    """Counts that all processes share."""

    def __init__(self, intake: Intake) -> None:
        self._intake = intake

    def collect(self) -> Iterable[Metric]:
        """Ask the database; without it there is nothing to tell."""
        try:
            with self._intake.database.reading() as connection:
                return _told(look(connection))
        except StoreUnavailable:
            return ()


def _told(seen: Seen) -> list[Metric]:
    notices = GaugeMetricFamily(
        "screener_notices", "Notices in the outbox, by what became of them.", labels=("state",)
    )
    for state, count in seen.notices.items():
        notices.add_metric((state,), count)
    return [
        CounterMetricFamily("screener_forms_started", "Forms that were begun.", seen.started),
        CounterMetricFamily("screener_forms_sent", "Forms that the clinic received.", seen.sent),
        GaugeMetricFamily(
            "screener_forms_waiting", "Forms that nobody has called about.", seen.waiting
        ),
        notices,
    ]
