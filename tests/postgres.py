"""A PostgreSQL of the tests' own: made and started by them, in a folder that goes with it."""

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import psycopg
import pytest

from screener.settings.database import read_address
from screener.store import upgrade
from screener.store.engine import open_database
from tests.machine import find_postgres
from tests.ports import held_port

USER, PASSWORD = "screener", "correct horse/battery"
MIGRATED = "migrated"  # the database that the others are copied from
# Nothing here has to survive a power cut, and two share the machine.
QUICK = ("fsync=off", "full_page_writes=off", "autovacuum=off", "shared_buffers=32MB")
SMALL = ("min_wal_size=2MB", "max_wal_size=8MB", "wal_recycle=off")


class Server:
    """A PostgreSQL that a test may stop, kill and start again."""

    def __init__(
        self, programs: str, folder: Path, certificate: Path | None, *, durable: bool = False
    ) -> None:
        self.folder = folder
        self._settings = () if durable else (*QUICK, *SMALL)
        self._programs = programs
        self._certificate = certificate
        self._as = _not_root(folder)
        self._process: subprocess.Popen[bytes] | None = None
        (folder / "log").touch()
        self.port = held_port()
        self._make()
        self.start()

    def address(self, name: str) -> str:
        """Return what SCREENER_DATABASE would say."""
        word = PASSWORD.replace(" ", "%20").replace("/", "%2F")
        return f"postgresql://{USER}:{word}@127.0.0.1:{self.port}/{name}"

    def new(self, name: str, *, like: str = "template1") -> str:
        """Make a database, and return its address."""
        self.run(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        self.run(f"CREATE DATABASE {name} TEMPLATE {like}")
        return self.address(name)

    def run(self, statement: str, on: str = "postgres") -> list[tuple[Any, ...]]:
        """Run a statement from outside, as the clinic's own administrator would."""
        with self.connect(on) as connection:
            done = connection.execute(statement)
            return done.fetchall() if done.description else []

    def connect(self, on: str = "postgres") -> psycopg.Connection:
        """Open a connection that is none of the program's."""
        return psycopg.connect(
            host="127.0.0.1",
            port=self.port,
            user=USER,
            password=PASSWORD,
            dbname=on,
            autocommit=True,
        )

    def bytes_of(self, name: str) -> bytes:
        """Copy the files of a database, as a thief of the disk would."""
        self.run("CHECKPOINT")
        ((number,),) = self.run(f"SELECT oid FROM pg_database WHERE datname = '{name}'")
        return bytes_below(self.folder / f"data/base/{number}")

    def bytes_of_log(self) -> bytes:
        """Copy what all databases have written ahead, and what the server said."""
        return bytes_below(self.folder / "data/pg_wal") + (self.folder / "log").read_bytes()

    def start(self) -> None:
        """Start it, and wait until it answers."""
        given = [f"-c{setting}" for setting in (*self._settings, *self._tls())]
        command = [f"{self._programs}/postgres", "-D", str(self.folder / "data")]
        command += ["-p", str(self.port), "-k", str(self.folder), *given]
        if shutil.which("setpriv"):  # so that it does not outlive tests that are killed
            command = ["setpriv", "--pdeathsig", "QUIT", *command]
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(command, stderr=log, stdout=log, **self._as)
        while not self._answers():
            if self._process.poll() is not None:
                pytest.fail(f"PostgreSQL ended: {(self.folder / 'log').read_text()[-2000:]}")

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """Stop it: SIGINT ends it cleanly, SIGQUIT as if it had crashed."""
        if self._process is not None:
            self._process.send_signal(how)
            self._process.wait(120)
            self._process = None

    def _tls(self) -> tuple[str, ...]:
        if self._certificate is None:
            return ()
        file = self.folder / "server.pem"
        if not file.exists():
            file.write_bytes(self._certificate.read_bytes())
            file.chmod(0o600)
            if "user" in self._as:
                shutil.chown(file, self._as["user"], self._as["group"])
        return "ssl=on", f"ssl_cert_file={file}", f"ssl_key_file={file}"

    def _answers(self) -> bool:
        try:
            self.connect().close()
        except psycopg.OperationalError:
            return False
        return True

    def _make(self) -> None:
        word = self.folder / "password"
        word.write_text(PASSWORD)
        word.chmod(0o644)
        subprocess.run(
            [
                f"{self._programs}/initdb",
                *("-D", str(self.folder / "data"), "-U", USER, "--pwfile", str(word)),
                *("--auth=scram-sha-256", "--locale=C", "-E", "UTF8"),
                *("--no-sync", "--wal-segsize=1"),
            ],
            check=True,
            stdout=subprocess.DEVNULL,
            **self._as,
        )


def bytes_below(folder: Path) -> bytes:
    """Read all files below a folder, but for those that a server takes away meanwhile."""
    found = []
    for file in sorted(folder.rglob("*")):
        with suppress(FileNotFoundError, IsADirectoryError):
            found.append(file.read_bytes())
    return b"".join(found)


@contextmanager
def running(certificate: Path | None = None, *, durable: bool = False) -> Iterator[Server]:
    """Make and start a PostgreSQL; stop it and remove its folder at the end.

    Args:
        certificate: for connections by TLS.
        durable: as a clinic would run it: what it acknowledges is on the disk.
    """
    programs = find_postgres()
    if not programs:
        pytest.fail("no PostgreSQL is here: install one, or set SCREENER_POSTGRES to its folder")
    folder = Path(tempfile.mkdtemp(prefix="screener-postgres-"))
    try:
        server = Server(programs, folder, certificate, durable=durable)
        try:
            yield server
        finally:
            server.stop(signal.SIGQUIT)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


class Databases:
    """The databases of one server: each test gets one that is as after the first start."""

    def __init__(self, server: Server) -> None:
        self.server = server
        address = read_address(server.new(MIGRATED))
        migrated = open_database(address, Path(), wait=20)
        upgrade.upgrade(migrated)
        migrated.close()
        with server.connect(MIGRATED) as connection:
            self._tables = _tables(connection)
            self._rows = {table: _copied(connection, table) for table in self._tables}

    def emptied(self, name: str) -> str:
        """Return a database with all tables, and nothing in them that a first start leaves out."""
        try:
            with self.server.connect(name) as connection:
                self._empty(connection)
        except psycopg.Error:
            return self.server.new(name, like=MIGRATED)
        return self.server.address(name)

    def _empty(self, connection: psycopg.Connection) -> None:
        """Delete all rows: five times as quick as a new database."""
        if _tables(connection) != self._tables:
            raise psycopg.DataError("a test has changed the tables")
        # As a replica, so that no foreign key asks for an order.
        deletes = "; ".join(f'DELETE FROM "{table}"' for table in self._tables)
        connection.execute(
            f"SET lock_timeout = 2000; SET session_replication_role = replica; {deletes}"
        )
        for table, rows in self._rows.items():
            if rows:
                with connection.cursor().copy(f'COPY "{table}" FROM STDIN') as copy:
                    copy.write(rows)


def _tables(connection: psycopg.Connection) -> list[str]:
    asked = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
    return [table for (table,) in connection.execute(asked)]


def _copied(connection: psycopg.Connection, table: str) -> bytes:
    with connection.cursor().copy(f'COPY "{table}" TO STDOUT') as copy:
        return b"".join(bytes(part) for part in copy)


def _not_root(folder: Path) -> dict[str, Any]:
    """Say as whom to run: PostgreSQL refuses to run as root, so its package makes a user."""
    if os.name == "nt" or os.geteuid() != 0:
        return {"cwd": folder}
    folder.chmod(0o755)
    shutil.chown(folder, "postgres", "postgres")
    return {"cwd": folder, "user": "postgres", "group": "postgres", "extra_groups": ()}
