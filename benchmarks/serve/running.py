"""Contestants and servers as processes."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.patients.served import HOUSE
from benchmarks.patients.wire import Gone, Wire
from benchmarks.serve.load import Step, begin
from tests.ports import free_port

PATIENCE = 30  # seconds for a start
APP = "benchmarks.serve.contestant:app"
PATHS = {
    "ours": ("/", "/form/before-you-start"),
    "page": ("/", "/"),
    "written": ("/", "/"),
    "kept": ("/", "/"),
    "formtools": ("/step/0/", "/step/0/"),
}
WORKERS, THREADS = 2, 4


@dataclass(frozen=True)
class Running:
    """A contestant that answers."""

    name: str
    address: str
    pid: int
    start: float

    def patients(self, many: int) -> list[Step]:
        """Let new patients come."""
        return [begin(self.address, *PATHS[self.name]) for _ in range(many)]


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
    name: str, folder: Path, database: str = "", server: str = "waitress"
) -> Iterator[Running]:
    """Start a contestant, and stop it at the end."""
    port = free_port()  # not every server would share one
    told = {"SERVE_NAME": name, "SERVE_FOLDER": str(folder), "SERVE_PORT": str(port)}
    told |= {"SERVE_DATABASE": database}
    folder.mkdir(parents=True, exist_ok=True)
    started = time.perf_counter()
    with (
        (folder / "log.txt").open("wb") as log,
        subprocess.Popen(
            command(server, port), cwd=HOUSE, env=os.environ | told, stdout=log, stderr=log
        ) as process,
    ):
        try:
            address = f"http://127.0.0.1:{port}"
            wait(address, PATHS[name][0], process, folder)
            yield Running(name, address, process.pid, time.perf_counter() - started)
        finally:
            process.terminate()
            process.wait(PATIENCE)


def wait(address: str, path: str, process: subprocess.Popen[bytes], folder: Path) -> None:
    """Wait until the first page comes."""
    ends = time.monotonic() + PATIENCE
    while time.monotonic() < ends and process.poll() is None:
        try:
            Wire(address).ask("GET", path)
        except Gone:
            time.sleep(0.01)
        else:
            return
    raise RuntimeError((folder / "log.txt").read_text("utf-8")[-1500:])


def memory(pid: int) -> float:
    """Return the memory of a process and its children, in MB."""
    pids = [pid, *_children(pid)]
    pages = [int(Path(f"/proc/{one}/statm").read_text("utf-8").split()[1]) for one in pids]
    return sum(pages) * os.sysconf("SC_PAGE_SIZE") / 2**20


def _children(pid: int) -> list[int]:
    file = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(one) for one in file.read_text("utf-8").split()] if file.exists() else []
