"""One contestant as a process: `python -m benchmarks.serve.contestant`, told by the environment.

SERVE_NAME says which, SERVE_FOLDER where it may write, SERVE_PORT where it listens, SERVE_DATABASE
the address of a PostgreSQL, SERVE_FLOW what the others than ours ask, SERVE_TUNING how ours sets
waitress. gunicorn and granian ask for ``app()`` instead.

Each imports its own, where it is made: what only others need is neither in its start nor in its
memory.
"""
# ruff: noqa: PLC0415 - for the reason above

import json
import logging
import os
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

from waitress import create_server

from benchmarks.serve.form import told_flow


def ours(folder: Path, port: str, database: str) -> Any:  # noqa: ANN401 - a WSGI application
    """Make the whole application, both sides."""
    from screener.app import create_app
    from screener.settings import Settings

    environment = {"SCREENER_DATABASE": database} if database else {}
    address = f"http://127.0.0.1:{port}"
    return create_app(Settings.load(None, folder, environment=environment, public_url=address))


def page(_folder: Path, _port: str, _database: str) -> Any:  # noqa: ANN401
    """Make bare Flask form pages, which keep nothing."""
    from benchmarks.serve import bare

    return bare.bare(told_flow())


def written(folder: Path, _port: str, database: str) -> Any:  # noqa: ANN401
    """Make bare Flask form pages that write one row."""
    from benchmarks.serve import bare, keeping

    flow = told_flow()
    keep = keeping.in_postgres(database, flow) if database else keeping.in_sqlite(folder, flow)
    return bare.bare(flow, keep)


def kept(folder: Path, port: str, database: str) -> Any:  # noqa: ANN401
    """Make bare Flask form pages that make the same write as ours, and nothing else of ours."""
    from benchmarks.serve import bare, keeping

    flow, made = told_flow(), ours(folder, port, database)
    return bare.bare(flow, keeping.in_store(made.extensions["store"], flow))


def formtools(folder: Path, _port: str, database: str) -> Any:  # noqa: ANN401
    """Make Django's wizard."""
    from benchmarks.serve.formtools import formtools as made

    return made(folder, database, told_flow())


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
    """Serve on waitress: ours as always, the others with the settings of ours."""
    logging.getLogger().setLevel(logging.ERROR)
    with socket.create_server(("127.0.0.1", int(os.environ["SERVE_PORT"])), backlog=1024) as taken:
        if os.environ["SERVE_NAME"] == "ours":
            from screener import server

            server.run(app(), taken)
        else:
            logging.getLogger("waitress.queue").setLevel(logging.ERROR)
            tuning = json.loads(os.environ["SERVE_TUNING"])
            create_server(app(), sockets=[taken], **tuning).run()


if __name__ == "__main__":
    main()
