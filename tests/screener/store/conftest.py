from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from screener.settings import Settings
from screener.store import Intake, Store


class Clock:
    """A clock that a test can turn."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 22, 10, 30, 10, tzinfo=UTC).timestamp()

    def __call__(self) -> float:
        return self.now

    def turn(self, *, days: float = 0, hours: float = 0, seconds: float = 0) -> None:
        self.now += days * 86400 + hours * 3600 + seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def open_store(tmp_path: Path, clock: Clock) -> Iterator[Callable[..., Store]]:
    opened: list[Store] = []

    def open_one(folder: Path = tmp_path / "data", **more: float) -> Store:
        settings = Settings.load(None, folder, environment={})
        opened.append(Store.open(settings, clock=clock, **more))
        return opened[-1]

    yield open_one
    for store in opened:
        store.close()


@pytest.fixture
def store(open_store: Callable[..., Store]) -> Store:
    return open_store()


@pytest.fixture
def intake(store: Store, tmp_path: Path, clock: Clock) -> Intake:
    """The staff side of the same clinic, with a key that patients can seal with."""
    settings = Settings.load(None, tmp_path / "data", environment={})
    opened = Intake.open(settings, database=store.database, clock=clock)
    opened.need_clinic_key()
    return opened
