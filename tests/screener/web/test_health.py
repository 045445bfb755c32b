"""Whoever watches over the machine learns whether it serves, and nothing about anybody."""

from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text, update

from screener.app import create_app
from screener.settings import Settings
from screener.store import StoreUnavailable
from screener.store.models import clinic_key
from screener.web.parts import Side
from tests.screener.wizard.conftest import content_once
from tests.staff import intake_of

Said = tuple[int, dict[str, Any]]


def made(folder: Path, only: Side | None = None, **more: Any) -> Flask:
    settings = Settings.load(None, folder, environment={}).model_copy(update=more)
    return create_app(settings, content_once(), only=only)


def ask(app: Flask, path: str = "/readyz") -> Said:
    response = app.test_client().get(path, headers={"Host": "10.0.0.7:8000"})
    assert response.json is not None
    return response.status_code, response.json


def ready(*, sending: bool) -> Said:
    return 200, {"status": "ready", "missing": [], "sending": sending}


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
@pytest.mark.parametrize("only", [None, "patient", "staff"])
def test_both_answer_on_either_side_for_any_host_without_a_cookie(
    tmp_path: Path, path: str, only: Side | None
) -> None:
    response = made(tmp_path, only).test_client().get(path, headers={"Host": "10.0.0.7"})

    assert (200, "application/json") == (response.status_code, response.mimetype)
    assert "Set-Cookie" not in response.headers
    assert "no-store" == response.headers["Cache-Control"]


def test_other_pages_still_answer_to_their_own_name_alone(tmp_path: Path) -> None:
    assert 400 == made(tmp_path).test_client().get("/", headers={"Host": "10.0.0.7"}).status_code


def test_sending_is_said_to_be_possible_once_somebody_could_read_it(tmp_path: Path) -> None:
    app = made(tmp_path)

    before = ask(app)
    intake_of(app).need_clinic_key()

    assert (ready(sending=False), ready(sending=True)) == (before, ask(app))


def test_a_clinic_that_offers_no_sending_is_ready_all_the_same(tmp_path: Path) -> None:
    settings = Settings.load(None, tmp_path, environment={})
    app = made(tmp_path, sending=settings.sending.model_copy(update={"offered": False}))
    intake_of(app).need_clinic_key()

    assert ready(sending=False) == ask(app)


def missing(reason: str) -> Said:
    return 503, {"status": "not ready", "missing": [reason], "sending": False}


@pytest.mark.parametrize("key", ["root.key", "staff.key"])
def test_a_key_that_was_taken_away_is_said(tmp_path: Path, key: str) -> None:
    app = made(tmp_path)
    (tmp_path / "keys" / key).unlink()

    assert missing("keys") == ask(app)
    assert (200, {"status": "lives"}) == ask(app, "/healthz")


def test_a_clinic_key_that_is_not_there_is_said(tmp_path: Path) -> None:
    first = made(tmp_path)
    intake_of(first).need_clinic_key()
    (tmp_path / "keys" / "clinic-1.key").unlink()

    assert missing("keys") == ask(made(tmp_path))


def test_a_clinic_key_of_somebody_else_is_said(tmp_path: Path) -> None:
    app = made(tmp_path)
    intake_of(app).need_clinic_key()
    with intake_of(app).database.writing() as connection:
        connection.execute(update(clinic_key).values(public=b"x" * 32))

    assert missing("keys") == ask(app)


def test_a_retired_clinic_key_is_not_needed(tmp_path: Path) -> None:
    app = made(tmp_path)
    intake_of(app).need_clinic_key()
    (tmp_path / "keys" / "clinic-1.key").unlink()
    with intake_of(app).database.writing() as connection:
        connection.execute(update(clinic_key).values(retired_at=1))

    assert ready(sending=False) == ask(made(tmp_path))


def test_tables_of_another_version_are_said(tmp_path: Path) -> None:
    app = made(tmp_path)
    with intake_of(app).database.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0000'"))

    assert missing("migrations") == ask(app)


def test_a_database_that_does_not_answer_is_said_and_ends_no_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = made(tmp_path)

    def away(*_: object) -> None:
        raise StoreUnavailable("away")

    monkeypatch.setattr("screener.store.readiness.look", away)

    assert missing("away") == ask(app)
    assert (200, {"status": "lives"}) == ask(app, "/healthz")
