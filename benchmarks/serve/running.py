"""Contestants and servers as processes."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path

from benchmarks.patients.served import HOUSE
from benchmarks.patients.wire import Gone, Wire
from benchmarks.serve.flow import WrongAnswer
from benchmarks.serve.form import EARLY, LATE, Flow
from benchmarks.serve.load import Step
from benchmarks.serve.walking import Waiting, Walker, way_of
from screener.server import TUNING
from tests.ports import free_port

PATIENCE = 30  # seconds for a start
APP = "benchmarks.serve.contestant:app"
WORKERS, THREADS = 2, 4


@dataclass(frozen=True)
class Running:
    """A contestant that answers."""

    waiting: Waiting
    pid: int
    start: float

    def patients(self, many: int) -> dict[str, list[Step]]:
        """Let new patients come: at an early step, and at a late one."""
        return {
            EARLY: [self.waiting.early() for _ in range(many)],
            LATE: [self.waiting.late() for _ in range(many)],
        }

    def walkers(self, many: int) -> list[Walker]:
        """Let new patients come, who go through the whole form, again and again."""
        return [Walker(self.waiting) for _ in range(many)]


def command(server: str, port: int) -> list[str]:
    """Return how a server is started on a port."""
    python = [sys.executable, "-m"]
    at = f"127.0.0.1:{port}"
    match server:
        case "gunicorn":
            workers = ["-w", str(WORKERS), "-k", "gthread", "--threads", str(THREADS)]
            return [*python, "gunicorn", *workers, "--keep-alive", "20", "-b", at, f"{APP}()"]
        case "granian":
            workers = ["--workers", str(WORKERS), "--blocking-threads", str(THREADS)]
            listen = ["--host", "127.0.0.1", "--port", str(port), "--interface", "wsgi"]
            return [*python, "granian", *workers, *listen, "--factory", "--no-ws", APP]
        case _:
            return [*python, "benchmarks.serve.contestant"]


@contextmanager
def running(
    name: str, folder: Path, flow: Flow, database: str = "", server: str = "waitress"
) -> Iterator[Running]:
    """Start a contestant, and stop it at the end."""
    port = free_port()  # not every server would share one
    told = {"SERVE_NAME": name, "SERVE_FOLDER": str(folder), "SERVE_PORT": str(port)}
    told |= {"SERVE_DATABASE": database, "SERVE_FLOW": str(folder / "flow.json")}
    told |= {"SERVE_TUNING": json.dumps(TUNING)}
    folder.mkdir(parents=True, exist_ok=True)
    flow.write(folder / "flow.json")
    started = time.perf_counter()
    with (
        (folder / "log.txt").open("wb") as log,
        subprocess.Popen(
            command(server, port), cwd=HOUSE, env=os.environ | told, stdout=log, stderr=log
        ) as process,
    ):
        try:
            address = f"http://127.0.0.1:{port}"
            way = way_of(name, flow)
            wait(address, way.start, process, folder)
            took = time.perf_counter() - started
            yield Running(Waiting(address, way), process.pid, took)
        finally:
            process.terminate()
            process.wait(PATIENCE)


def wait(address: str, path: str, process: subprocess.Popen[bytes], folder: Path) -> None:
    """Wait until the first page comes.

    Raises:
        WrongAnswer: something else came.
    """
    ends = time.monotonic() + PATIENCE
    while time.monotonic() < ends and process.poll() is None:
        try:
            status = Wire(address).ask("GET", path).status
        except Gone:
            time.sleep(0.01)
        else:
            if status != HTTPStatus.OK:
                raise WrongAnswer(f"the first page was answered with {status}\n{end_of(folder)}")
            return
    raise WrongAnswer(end_of(folder))


def end_of(folder: Path) -> str:
    """Return what a server said last."""
    return (folder / "log.txt").read_text("utf-8")[-1500:]


def memory(pid: int) -> float:
    """Return the memory of a process and its children, in MB."""
    pids = [pid, *_children(pid)]
    pages = [int(Path(f"/proc/{one}/statm").read_text("utf-8").split()[1]) for one in pids]
    return sum(pages) * os.sysconf("SC_PAGE_SIZE") / 2**20


def _children(pid: int) -> list[int]:
    file = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(one) for one in file.read_text("utf-8").split()] if file.exists() else []
