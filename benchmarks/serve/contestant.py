"""One contestant as a process: `python -m benchmarks.serve.contestant`, told by the environment.

SERVE_NAME says which, SERVE_FOLDER where it may write, SERVE_PORT where it listens, SERVE_DATABASE
the address of a PostgreSQL. gunicorn and granian ask for ``app()`` instead.
"""

import logging
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.serve import bare
from screener import server
from screener.app import create_app
from screener.settings import Settings
from screener.settings.database import read_address


def ours(folder: Path, port: str, database: str) -> Any:  # noqa: ANN401 - a WSGI application
    """Make the whole application, both sides."""
    environment = {"SCREENER_DATABASE": database} if database else {}
    address = f"http://127.0.0.1:{port}"
    return create_app(Settings.load(None, folder, environment=environment, public_url=address))


def page(_folder: Path, _port: str, _database: str) -> Any:  # noqa: ANN401
    """Make a bare Flask form page, which keeps nothing."""
    return bare.bare()


def written(folder: Path, _port: str, database: str) -> Any:  # noqa: ANN401
    """Make a bare Flask form page that writes one row."""
    return bare.bare(bare.in_postgres(database) if database else bare.in_sqlite(folder))


def kept(folder: Path, port: str, database: str) -> Any:  # noqa: ANN401
    """Make a bare Flask form page that makes the same write as ours, and nothing else of ours."""
    made = ours(folder, port, database)
    return bare.bare(bare.in_store(made.extensions["store"]))


def formtools(folder: Path, _port: str, database: str) -> Any:  # noqa: ANN401
    """Make Django's wizard."""
    # Only this contestant needs Django, and setting it up changes the process.
    from benchmarks.serve.formtools import formtools as made  # noqa: PLC0415

    at = read_address(database)
    named = at and {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": at.name,
        "USER": at.user,
        "PASSWORD": at.password,
        "HOST": at.host,
        "PORT": at.port,
    }
    return made(folder, named or None)


MAKERS: dict[str, Callable[[Path, str, str], Any]] = {
    "ours": ours,
    "page": page,
    "written": written,
    "kept": kept,
    "formtools": formtools,
}


def app() -> Any:  # noqa: ANN401 - a WSGI application
    """Make the application that the environment names."""
    told = os.environ
    folder = Path(told["SERVE_FOLDER"])
    folder.mkdir(parents=True, exist_ok=True)
    maker = MAKERS[told["SERVE_NAME"]]
    return maker(folder, told["SERVE_PORT"], told.get("SERVE_DATABASE", ""))


def main() -> None:
    """Serve on our own server, so that only the application differs."""
    logging.getLogger().setLevel(logging.CRITICAL)
    with server.listen("127.0.0.1", int(os.environ["SERVE_PORT"])) as taken:
        server.run(app(), taken)


if __name__ == "__main__":
    main()
