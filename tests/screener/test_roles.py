"""Two roles in PostgreSQL for the two sides: each can do its work, and nothing of the other's."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
from flask import Flask

from screener.app import create_app
from screener.settings import Settings
from screener.store import Store, StoreUnavailable, grants
from screener.store.grants import ALL
from screener.store.models import metadata
from screener.web import parts
from screener.web.parts import Side
from tests.postgres import MIGRATED, Databases, Server
from tests.screener.wizard.conftest import content_once
from tests.screener.wizard.people import JO, WELCOME
from tests.staff import at_work, hash_quickly, intake_of
from tests.web import Patient, browser

GRANTS = Path(__file__).parents[2] / "deploy" / "postgresql-roles.sql"
WORD = "grants"
LITERAL = {"literal_binds": True}
SideOf = Callable[[Side], Flask]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the keys are that belong to this database, and to no other that is made later."""
    return tmp_path_factory.mktemp("roles")


@pytest.fixture(scope="module")
def server(databases: Databases) -> Iterator[Server]:
    """A database with both roles, as docs/deploying.md makes it."""
    server = databases.server
    server.new("roles", like=MIGRATED)
    for side in ("patient", "staff"):
        server.run(f"CREATE ROLE screener_{side} LOGIN PASSWORD '{WORD}'")
    server.run(GRANTS.read_text("utf-8"), on="roles")
    yield server
    server.run("DROP DATABASE roles WITH (FORCE)")
    server.run("DROP ROLE screener_patient, screener_staff")


def address(server: Server, side: str, name: str = "roles") -> str:
    return f"postgresql://screener_{side}:{WORD}@127.0.0.1:{server.port}/{name}"


def settings_of(server: Server, side: str, folder: Path) -> Settings:
    around = {"SCREENER_DATABASE": address(server, side), "SCREENER_KEYS": str(folder / side)}
    return Settings.load(None, folder / "data", environment=around)


@pytest.fixture
def side(server: Server, folder: Path) -> Iterator[SideOf]:
    """Make one side of the clinic, with its own role and its own folder of keys."""
    running: list[Flask] = []

    def made(which: Side) -> Flask:
        settings = settings_of(server, which, folder)
        running.append(create_app(settings, content_once(), only=which))
        return running[-1]

    yield made
    for app in running:
        here = parts.of(app)
        (here.patients_store or here.intake).close()


def asked(server: Server, side: str, statement: str) -> list[tuple[object, ...]]:
    with psycopg.connect(address(server, side), autocommit=True) as connection:
        return connection.execute(statement).fetchall()


def test_a_patient_walks_the_whole_way_and_the_staff_read_it(
    side: SideOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    hash_quickly(monkeypatch)
    staff = side("staff")
    intake_of(staff).need_clinic_key()
    patient = Patient(browser(side("patient"))).start().walk(WELCOME | {"country": "US"})

    patient.press("Make my summary").go("/send").press("Send my answers", **JO)
    member = at_work(staff)
    intake_of(staff).receive()
    member.go("/staff/")

    assert "/sent" == patient.at
    assert "Jo Example" in member.page.get_text()
    assert intake_of(staff).delete(only_form(staff), "command", "asked")


def only_form(staff: Flask) -> str:
    with intake_of(staff).database.reading() as connection:
        return str(connection.exec_driver_sql("SELECT id FROM submission").scalar_one())


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT contents FROM submission",
        "SELECT id FROM submission",
        "SELECT count(*) FROM submission",
        "UPDATE submission SET rank = 3 RETURNING 1",
        "DELETE FROM submission RETURNING 1",
        "INSERT INTO submission SELECT * FROM submission RETURNING id",
        "SELECT * FROM staff",
        "SELECT * FROM staff_session",
        "SELECT * FROM audit",
        "SELECT * FROM review",
        "SELECT * FROM search_term",
        "DELETE FROM clinic_key RETURNING 1",
        "UPDATE clinic_key SET public = '' RETURNING 1",
    ],
)
def test_the_patients_side_can_read_and_change_nothing_of_the_staff(
    server: Server, statement: str
) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        asked(server, "patient", statement)


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT state FROM draft",
        "UPDATE draft SET version = 1 RETURNING 1",
        "SELECT * FROM draft",
        "UPDATE audit SET actor = 'nobody' RETURNING 1",
        "DELETE FROM audit RETURNING 1",
        "DELETE FROM audit_head RETURNING 1",
        "CREATE TABLE mine (id int)",
        "DROP TABLE audit",
    ],
)
def test_the_staff_side_reads_no_draft_and_rewrites_no_trail(
    server: Server, statement: str
) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        asked(server, "staff", statement)


def test_the_purge_of_either_side_works(side: SideOf) -> None:
    later = datetime(2033, 5, 18, tzinfo=UTC)

    patients: Store = side("patient").extensions["store"]
    patients.drafts.begin()

    assert 1 <= patients.purge(later)
    patients.drafts.begin()
    assert 1 <= intake_of(side("staff")).purge_drafts(later)
    assert 0 == intake_of(side("staff")).purge(later)


def test_every_table_is_in_the_grants() -> None:
    granted = set(re.findall(r"\w+", GRANTS.read_text("utf-8")))

    assert [] == [name for name in metadata.tables if name not in granted]


@pytest.mark.parametrize(("role", "needs"), [("patient", grants.PATIENTS), ("staff", grants.STAFF)])
def test_a_side_is_granted_what_it_needs_and_no_more(
    server: Server, role: str, needs: grants.Needs
) -> None:
    every = [(table, kind) for table in (*metadata.tables, "alembic_version") for kind in ALL]
    may = ", ".join(str(grants.may(*one).compile(compile_kwargs=LITERAL)) for one in every)
    (granted,) = asked(server, role, f"SELECT {may}")

    expected = {(table, kind) for table, kinds in needs.items() for kind in kinds}
    assert expected == {one for one, yes in zip(every, granted, strict=True) if yes}


@pytest.mark.parametrize("which", ["patient", "staff"])
def test_a_right_that_is_missing_is_said_and_is_no_outage(
    side: SideOf, server: Server, which: Side
) -> None:
    app = side(which)
    ready = app.test_client().get("/readyz").json
    with lacking(server, "INSERT ON tally", f"screener_{which}"):
        found = app.test_client().get("/readyz")

    assert ready is not None
    assert "ready" == ready["status"]
    assert found.json is not None
    assert (503, ["grants"]) == (found.status_code, found.json["missing"])
    assert 200 == app.test_client().get("/readyz").status_code


def test_a_patient_keeps_what_was_typed_while_a_right_is_missing(
    side: SideOf, server: Server, caplog: pytest.LogCaptureFixture
) -> None:
    patient = Patient(browser(side("patient"))).start()
    with lacking(server, "UPDATE ON draft", "screener_patient"):
        patient.press(ack="yes", filled_by="self")
    refused, typed = patient.response, patient.page.select_one("[name=ack][checked]")
    first = patient.at
    patient.press()

    assert refused is not None
    assert typed is not None
    assert (503, "yes") == (refused.status_code, typed["value"])
    told = [vars(one).get("reason") for one in caplog.records if one.msg == "store_unavailable"]
    assert ["grants"] == told
    assert first != patient.at  # the same page was sent again, and is kept without a restart


@contextmanager
def lacking(server: Server, right: str, role: str) -> Iterator[None]:
    """Take a right away for a while."""
    server.run(f"REVOKE {right} FROM {role}", on="roles")
    try:
        yield
    finally:
        server.run(f"GRANT {right} TO {role}", on="roles")


def test_a_side_that_may_not_change_tables_says_who_can(server: Server, tmp_path: Path) -> None:
    server.new("bare_roles")
    around = {"SCREENER_DATABASE": address(server, "patient", "bare_roles")}

    with pytest.raises(
        StoreUnavailable, match="run screener upgrade as the one who owns the tables"
    ):
        Store.open(Settings.load(None, tmp_path, environment=around))
