"""What tests anywhere in the house may ask for."""

import gc
import signal
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

from tests.postgres import Databases, running

# How long an example takes, and how long it takes to draw one, says how busy the machine is, and
# nothing about the program; a fixture that a test shares among its examples, it shares on purpose.
# A change is judged by the same examples every time; `--hypothesis-profile=explore` draws others.
LET_BE = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
CALM = settings(deadline=None, suppress_health_check=LET_BE)
settings.register_profile("house", CALM, derandomize=True)
settings.register_profile("explore", CALM)
settings.load_profile("house")
# A shell lets what it starts in the background ignore Ctrl-C. The servers of the tests must not.
signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_collection_finish() -> None:
    """Let Python look for garbage among what the tests make, not among all that was imported.

    Thousands of tests were collected, and all of them live to the end: to go through them again
    and again takes a seventh of the time of a test.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)


@pytest.fixture(scope="session")
def databases() -> Iterator[Databases]:
    """A PostgreSQL of our own, started when the first test asks for it."""
    with running() as server:
        yield Databases(server)
