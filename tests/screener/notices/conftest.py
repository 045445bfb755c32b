from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from screener.notices import mail, webhook
from screener.settings import Settings
from screener.store import Intake, Store
from tests.screener.notices.receivers import Hook, Mailbox
from tests.screener.store.conftest import Clock

SECRET = "a secret that signs, and is long enough"
Clinic = Callable[..., tuple[Store, Intake, Settings]]


@pytest.fixture(autouse=True)
def _patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait for whoever answers, however slow the machine is."""
    for way in (mail, webhook):
        monkeypatch.setattr(way, "PATIENCE", 60.0)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    with Mailbox() as box:
        yield box


@pytest.fixture
def hook() -> Iterator[Hook]:
    with Hook() as called:
        yield called


@pytest.fixture
def clinic(tmp_path: Path, clock: Clock) -> Iterator[Clinic]:
    """Open both sides of a clinic that has set this under [notices]."""
    opened: list[Store] = []

    def settle(said: str, **around: str) -> tuple[Store, Intake, Settings]:
        file = tmp_path / "clinic.toml"
        file.write_text(f'[clinic]\nname = "River Clinic"\n[notices]\n{said}')
        settings = Settings.load(
            file, tmp_path / "data", environment=around, public_url="https://staff.example"
        )
        store = Store.open(settings, clock=clock)
        opened.append(store)
        intake = Intake.open(settings, database=store.database, clock=clock)
        intake.need_clinic_key()
        return store, intake, settings

    yield settle
    for store in opened:
        store.close()
