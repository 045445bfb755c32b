"""Each test of the store runs twice: on SQLite, and on PostgreSQL."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest

from screener.settings import Settings
from screener.store import Intake, Store
from screener.store.engine import postgres
from tests.first_start import begun
from tests.postgres import Databases

BOTH = ("sqlite", "postgresql")


PATIENCE = 60.0  # seconds: whoever has to wait for another does, however slow the machine is


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


@pytest.fixture(params=BOTH)
def kind(request: pytest.FixtureRequest) -> str:
    """Which database; what makes sense on one alone names it instead."""
    return str(request.param)


Around = Callable[..., dict[str, str]]
SettingsOf = Callable[..., Settings]


@pytest.fixture
def around(kind: str, request: pytest.FixtureRequest) -> Around:
    """Give the environment of an installation: a folder, and the database that belongs to it."""
    addresses: dict[Path, str] = {}

    def address(*, bare: bool) -> str:
        databases: Databases = request.getfixturevalue("databases")
        if bare or addresses:
            return databases.server.new(f"bare_{len(addresses)}")
        return databases.emptied("one")

    def environment(folder: Path, *, bare: bool = False) -> dict[str, str]:
        """bare: without tables, as a clinic's first start finds it."""
        if kind == "postgresql" and folder not in addresses:
            addresses[folder] = address(bare=bare)
        elif kind == "sqlite" and not bare and not folder.exists():
            with suppress(OSError):  # a folder that cannot be made is for the store to say
                begun(folder)
        return {"SCREENER_DATABASE": addresses.get(folder, "")}

    return environment


@pytest.fixture
def settings_of(around: Around) -> SettingsOf:
    """Give the settings of an installation; see ``around``."""

    def settings(folder: Path, **more: bool) -> Settings:
        return Settings.load(None, folder, environment=around(folder, **more))

    return settings


@pytest.fixture
def open_store(
    settings_of: SettingsOf, tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[..., Store]]:
    opened: list[Store] = []
    for limit in ("LONGEST", "LONGEST_TURN"):
        monkeypatch.setattr(postgres, limit, int(PATIENCE * 1000))

    def open_one(folder: Path = tmp_path / "data", wait: float = PATIENCE) -> Store:
        opened.append(Store.open(settings_of(folder), clock=clock, wait=wait))
        return opened[-1]

    yield open_one
    for store in opened:
        store.close()


@pytest.fixture
def store(open_store: Callable[..., Store]) -> Store:
    return open_store()


@pytest.fixture
def open_intake(
    store: Store, settings_of: SettingsOf, tmp_path: Path, clock: Clock
) -> Callable[[], Intake]:
    """Open the staff side of the same clinic, as another process does."""

    def open_one() -> Intake:
        return Intake.open(settings_of(tmp_path / "data"), database=store.database, clock=clock)

    return open_one


@pytest.fixture
def intake(open_intake: Callable[[], Intake]) -> Intake:
    """The staff side of the same clinic, with a key that patients can seal with."""
    opened = open_intake()
    opened.need_clinic_key()
    return opened


@pytest.fixture
def target(tmp_path: Path, request: pytest.FixtureRequest) -> Callable[[str], Settings]:
    """Give the settings of an instance where nothing is yet."""

    def settings(kind: str) -> Settings:
        address = ""
        if kind == "postgresql":
            databases: Databases = request.getfixturevalue("databases")
            address = databases.server.new("brought_back")
        around = {"SCREENER_DATABASE": address}
        return Settings.load(None, tmp_path / "fresh", environment=around)

    return settings
