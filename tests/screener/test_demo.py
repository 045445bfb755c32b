"""The demo: sixty people who do not exist, and a staff side that works."""

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

import rules
from screener.cli.demo import demo
from screener.demo import NotFresh, fill
from screener.demo.people import people
from screener.demo.staff import code
from screener.settings import Settings
from screener.store import Intake
from screener.store.queue import EVERY, Sought
from tests.screener.wizard.conftest import content_once
from tests.staff import hash_quickly

NOW = datetime(2026, 11, 22, 10, 30, 10, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    hash_quickly(monkeypatch)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings.load(None, tmp_path / "demo", environment={})


def test_there_are_sixty_people_and_each_is_marked() -> None:
    everybody = people()

    assert 60 == len(everybody)
    assert 60 == len({person.contact.name for person in everybody})
    assert [] == [one for one in everybody if not one.contact.name.endswith(" (demo)")]


def test_nobody_can_be_reached_in_earnest() -> None:
    everybody = people()

    phones = {one.contact.phone[:9] for one in everybody if one.contact.phone}
    assert {"+1 555 01"} == phones
    mails = {one.contact.email.partition("@")[2] for one in everybody if one.contact.email}
    assert {"example.com"} == mails


def test_every_level_and_every_answer_can_be_read() -> None:
    content = content_once()
    read = [rules.read_answers(content, dict(one.answers)) for one in people()]

    levels = Counter(rules.evaluate(content, answers).level.value for answers in read)

    assert {"now", "first", "discuss", "info"} == set(levels)
    assert levels["now"] < levels["first"]


def test_the_demo_fills_the_queue_and_lets_somebody_in(settings: Settings) -> None:
    reviewer, *_rest = fill(settings, content_once(), NOW)

    intake = Intake.open(settings, clock=NOW.timestamp)
    with intake.database.reading() as connection:
        page = intake.queue.page(connection, Sought(status=EVERY), most=100)
    account = intake.staff.passwords.check(reviewer.email, reviewer.password)
    assert 60 == len(page.rows)
    assert {"waiting", "called", "spoke", "booked", "closed"} == {row.status for row in page.rows}
    assert account is not None
    assert intake.staff.totp.check(account.id, code(reviewer.app_secret, NOW.timestamp()))
    intake.close()


def test_the_demo_is_not_mixed_with_anything_else(settings: Settings) -> None:
    fill(settings, content_once(), NOW)

    with pytest.raises(NotFresh):
        fill(settings, content_once(), NOW)


def test_the_command_prints_how_to_sign_in(tmp_path: Path) -> None:
    folder = str(tmp_path / "demo")

    done = CliRunner().invoke(demo, ["--data", folder, "--only-fill"])
    again = CliRunner().invoke(demo, ["--data", folder, "--only-fill"])

    assert 0 == done.exit_code
    assert "reviewer@example.com" in done.output
    assert "recovery code" in done.output
    assert 1 == again.exit_code
    start = f"screener serve --data {folder} --clinic {folder}/clinic.toml\n"
    assert done.output.endswith(f"Start it with: {start}")
    assert again.output.endswith(start)
    assert "holds something already" in again.output
