"""Where a bare form page keeps what it is sent: one row for each browser and page, durably.

``in_store`` makes the same write as ours: the row is read, unsealed, changed, sealed, and written
over the one that was read. The others write as many bytes without looking, and seal nothing.
"""

import os
import threading
from pathlib import Path
from typing import Any

import psycopg
from flask import request

from benchmarks.serve.bare import Keep
from benchmarks.serve.form import LATE, Flow
from screener.store import Store
from screener.store.engine.sqlite import newest_sqlite

KIB = 1024
TABLE = "CREATE TABLE IF NOT EXISTS kept (id TEXT PRIMARY KEY, held {kind} NOT NULL)"
WRITE = (
    "INSERT INTO kept VALUES ({mark}, {mark}) ON CONFLICT (id) DO UPDATE SET held = excluded.held"
)


def in_store(store: Store, flow: Flow) -> Keep:
    """Keep drafts as ours does; at a late step they hold the whole form already."""
    tokens: dict[tuple[str, str], str] = {}

    def begin(when: str) -> str:
        token = store.drafts.begin().token
        if when == LATE:
            store.drafts.save(token, lambda state: state | flow.state)
        return token

    def keep(browser: str, when: str) -> None:
        token = tokens.get((browser, when)) or tokens.setdefault((browser, when), begin(when))
        draft = store.drafts.open(token)
        store.drafts.save(token, changed, seen=draft)

    def changed(state: dict[str, Any]) -> dict[str, Any]:
        return state | {"answers": state.get("answers", {}) | dict(request.form)}

    return keep


def row(flow: Flow, when: str) -> bytes:
    """Return as many bytes as a draft of ours has at a step, in whole KiB."""
    return os.urandom(KIB * (-(-flow.size // KIB) if when == LATE else 1))


def in_sqlite(folder: Path, flow: Flow) -> Keep:
    """Keep rows in a file, set as ours is: what was said to be kept is on the disk."""
    local, turn = threading.local(), threading.Lock()

    def keep(browser: str, when: str) -> None:
        if not hasattr(local, "connection"):
            local.connection = newest_sqlite().connect(folder / "bare.db", isolation_level=None)
            for said in ("PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL"):
                local.connection.execute(said)
            local.connection.execute(TABLE.format(kind="BLOB"))
        with turn:
            local.connection.execute(WRITE.format(mark="?"), (f"{browser} {when}", row(flow, when)))

    return keep


def in_postgres(address: str, flow: Flow) -> Keep:
    """Keep rows on a server, which acknowledges what is on its disk."""
    local = threading.local()

    def keep(browser: str, when: str) -> None:
        if not hasattr(local, "connection"):
            local.connection = psycopg.connect(address, autocommit=True)
            local.connection.execute(TABLE.format(kind="BYTEA"))
        local.connection.execute(WRITE.format(mark="%s"), (f"{browser} {when}", row(flow, when)))

    return keep
