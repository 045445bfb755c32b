"""What only a server can do: go away and come back, refuse, be somebody else, be too old."""

import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select, text, update
from sqlalchemy.pool import QueuePool

from screener.settings import Settings
from screener.store import Store, StoreUnavailable
from screener.store.engine import postgres
from screener.store.models import audit
from tests.certificates import certificate
from tests.postgres import PASSWORD, Databases, Server, running

Opening = Callable[..., Store]

# Waits until they have hung up, as they have long before a server is back.
ENDED = "SELECT pg_terminate_backend(pid, 60000) FROM pg_stat_activity"


@pytest.fixture
def kind() -> str:
    return "postgresql"


@pytest.fixture(scope="module")
def signed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return certificate(tmp_path_factory.mktemp("signed"), "localhost")


@pytest.fixture(scope="module")
def mortal(signed: Path) -> Iterator[Server]:
    """A server that may be stopped without harm to the other tests; it speaks TLS too."""
    with running(signed) as server:
        yield server


def opened(address: str, folder: Path) -> Store:
    return Store.open(Settings.load(None, folder, environment={"SCREENER_DATABASE": address}))


@pytest.fixture
def beside_mortal(mortal: Server, tmp_path: Path) -> Iterator[Store]:
    store = opened(mortal.new("mine"), tmp_path)
    yield store
    store.close()


def refusal(store: Store, token: str) -> str:
    with pytest.raises(StoreUnavailable) as said:
        store.drafts.save(token, lambda state: state)
    return said.value.reason


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGQUIT])
def test_a_server_that_stops_or_crashes_is_said_and_is_used_again_when_it_is_back(
    beside_mortal: Store, mortal: Server, how: signal.Signals
) -> None:
    store = beside_mortal
    token = store.drafts.begin().token
    store.drafts.save(token, lambda state: {**state, "answers": {"age_years": 44}})

    mortal.stop(how)
    said = [refusal(store, token), refusal(store, token)]
    mortal.start()

    draft = store.drafts.open(token)
    assert ["away", "away"] == said
    assert draft is not None
    assert {"age_years": 44} == draft.state["answers"]
    assert 2 == store.drafts.save(token, lambda state: state).version


def test_a_server_that_crashes_before_the_commit_has_kept_nothing_and_says_so(
    beside_mortal: Store, mortal: Server
) -> None:
    store = beside_mortal
    token = store.drafts.begin().token

    def crash(state: dict[str, object]) -> dict[str, object]:
        mortal.stop(signal.SIGQUIT)
        return {**state, "finished": True}

    with pytest.raises(StoreUnavailable) as said:
        store.drafts.save(token, crash)
    mortal.start()

    draft = store.drafts.open(token)
    assert "away" == said.value.reason
    assert draft is not None
    assert (0, False) == (draft.version, draft.state["finished"])


def test_a_connection_that_the_server_ended_is_made_anew_before_anyone_notices(
    store: Store, databases: Databases
) -> None:
    token = store.drafts.begin().token

    databases.server.run(f"{ENDED} WHERE application_name = 'screener'")

    assert 1 == store.drafts.save(token, lambda state: state).version


def test_a_server_that_only_reads_is_said_and_still_read(
    store: Store, databases: Databases
) -> None:
    """As after a switch to a copy that is not the first yet."""
    token = store.drafts.begin().token
    server = databases.server
    server.run("ALTER DATABASE one SET default_transaction_read_only = on")
    server.run(f"{ENDED} WHERE datname = 'one'")

    said = refusal(store, token)
    read = store.drafts.open(token)
    server.run("ALTER DATABASE one RESET default_transaction_read_only")
    server.run(f"{ENDED} WHERE datname = 'one'")

    assert "read-only" == said
    assert read is not None
    assert 1 == store.drafts.save(token, lambda state: state).version


@pytest.mark.parametrize("seen", [True, False], ids=["in one statement", "in a transaction"])
def test_connections_that_can_only_read_are_not_used_again(
    store: Store, databases: Databases, *, seen: bool
) -> None:
    """They stay so when the server takes writes again, or is no longer the one that does."""
    opened = store.drafts.begin()
    token, draft = opened.token, opened.draft if seen else None
    databases.server.run("ALTER DATABASE one SET default_transaction_read_only = on")
    databases.server.run(f"{ENDED} WHERE datname = 'one'")

    with store.database.reading() as one, store.database.reading() as other:
        for connection in (one, other):
            connection.execute(text("SELECT 1"))
    with pytest.raises(StoreUnavailable) as said:
        store.drafts.save(token, lambda state: state, seen=draft)
    databases.server.run("ALTER DATABASE one RESET default_transaction_read_only")

    with store.database.reading():  # on the connection that would come next
        store.drafts.begin()  # in a transaction, which is not tried twice
        saved = store.drafts.save(token, lambda state: state, seen=draft)
    assert "read-only" == said.value.reason
    assert 1 == saved.version


def test_when_one_connection_is_lost_the_others_need_not_fail_one_by_one(store: Store) -> None:
    """A server that is gone without a word costs whoever meets it ten seconds."""
    with store.database.reading(), store.database.reading():
        pass  # both are kept
    pool = store.database._engine.pool
    assert isinstance(pool, QueuePool)
    kept = pool.checkedin()

    with pytest.raises(StoreUnavailable) as said:
        store.database.first(select(func.pg_terminate_backend(func.pg_backend_pid())), {})

    now = store.database._engine.pool
    assert isinstance(now, QueuePool)
    assert ("away", 2, 0) == (said.value.reason, kept, now.checkedin())


def test_a_reader_cannot_write_by_mistake(store: Store) -> None:
    with pytest.raises(StoreUnavailable) as said, store.database.reading() as connection:
        connection.execute(update(audit).values(detail=""))

    assert "read-only" == said.value.reason


def test_what_is_acknowledged_is_on_the_servers_disk_and_nothing_waits_for_ever(
    databases: Databases, tmp_path: Path
) -> None:
    store = opened(databases.emptied("one"), tmp_path)  # as it is shipped
    names = (
        "synchronous_commit",
        "lock_timeout",
        "statement_timeout",
        "idle_in_transaction_session_timeout",
        "transaction_isolation",
    )
    with store.database.writing() as connection:
        said = [connection.execute(text(f"SHOW {name}")).scalar() for name in names]
    store.close()

    assert ["on", "5s", "10s", "30s", "read committed"] == said


@pytest.mark.parametrize(("state", "reason"), postgres.REASONS.items())
def test_what_the_server_refuses_is_called_by_its_name(
    store: Store, state: str, reason: str
) -> None:
    code = state.ljust(5, "0")

    with pytest.raises(StoreUnavailable) as said, store.database.reading() as connection:
        connection.execute(text(f"DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '{code}'; END $$"))

    assert reason == said.value.reason


def test_when_every_connection_is_in_use_the_next_waits_and_is_told(
    open_store: Opening, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres, "THREADS", 1)
    monkeypatch.setattr(postgres, "MORE", 0)
    store = open_store(wait=0.1)
    token = store.drafts.begin().token

    with store.database.reading():
        said = refusal(store, token)

    assert "locked" == said
    assert 1 == store.drafts.save(token, lambda state: state).version


def test_a_server_that_is_not_there_stops_the_start_in_one_line(
    mortal: Server, tmp_path: Path
) -> None:
    address = mortal.new("mine")
    mortal.stop()

    said = refused(address, tmp_path)
    mortal.start()

    assert said.startswith(f"the PostgreSQL database mine at 127.0.0.1:{mortal.port} cannot be")
    assert said.endswith("see that the server runs, and that the address is right")


def refused(address: str, folder: Path) -> str:
    with pytest.raises(StoreUnavailable) as why:
        opened(address, folder)
    said = str(why.value)
    assert 1 == len(said.splitlines())
    assert PASSWORD not in said
    assert PASSWORD not in repr(why.value.__cause__)
    return said


def test_a_wrong_password_and_a_missing_database_stop_the_start_in_one_line(
    databases: Databases, tmp_path: Path
) -> None:
    right = databases.emptied("one")

    assert "password authentication failed" in refused(right.replace("horse", "h0rse"), tmp_path)
    assert 'database "nowhere" does not exist' in refused(f"{right[:-3]}nowhere", tmp_path)


def test_a_server_that_is_too_old_stops_the_start(
    databases: Databases, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres, "OLDEST", 99)

    assert "99 or newer is needed" in refused(databases.emptied("one"), tmp_path)


def test_without_the_extra_the_start_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)

    said = refused("postgresql://screener@127.0.0.1/one", tmp_path)

    assert "pip install 'screener[postgres]'" in said


def test_a_server_must_prove_who_it_is(mortal: Server, signed: Path, tmp_path: Path) -> None:
    stranger = certificate(tmp_path, "localhost")
    by_name = mortal.new("mine").replace("127.0.0.1", "localhost")
    by_number = mortal.address("mine")
    asked = "?sslmode=verify-full&sslrootcert="

    store = opened(f"{by_name}{asked}{signed}", tmp_path)
    with store.database.reading() as connection:
        found = connection.execute(
            text("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()")
        ).scalar()
    store.close()

    assert found is True
    assert "certificate" in refused(f"{by_name}{asked}{stranger}", tmp_path)
    assert "does not match host name" in refused(f"{by_number}{asked}{signed}", tmp_path)
    said = refused(f"{by_name}{asked}{tmp_path}/nowhere.pem", tmp_path)
    assert "nowhere.pem" in said
    assert said.endswith("with ?sslrootcert=FILE in the address")


def test_a_server_without_tls_is_refused_where_it_is_asked_for(
    databases: Databases, tmp_path: Path
) -> None:
    address = databases.emptied("one")

    assert "does not support SSL" in refused(f"{address}?sslmode=require", tmp_path)
