"""The real server as a process: started, killed, and started again on what it left behind."""

import http.client
import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

from tests.ports import held_port

HOUSE = Path(__file__).parents[2]
PATIENCE = 120  # seconds for a start, or an end, on a busy machine


class DidNotStart(Exception):
    """The server ended before it answered; the message is what it said."""


class Served:
    """`screener serve` on one folder and one port, so that patients find it again.

    Args:
        folder: for the database, the keys and the log.
        database: an address of PostgreSQL; SQLite without one.
        before: a command to run the server by, such as one that gives it a small disk.
    """

    def __init__(self, folder: Path, database: str = "", before: tuple[str, ...] = ()) -> None:
        self.data, self.log = folder / "data", folder / "log.txt"
        folder.mkdir(parents=True, exist_ok=True)
        self.port = held_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.environment = {"SCREENER_DATABASE": database} if database else {}
        self._before = before
        self._process: subprocess.Popen[bytes] | None = None

    def begin(self) -> None:
        """Start it, and do not wait."""
        calm = {key: value for key, value in os.environ.items() if not key.startswith("SCREENER_")}
        command = [*self._before, sys.executable, "-m", "screener", "serve"]
        command += ["--port", str(self.port), "--data", str(self.data)]
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                command, cwd=HOUSE, env=calm | self.environment, stdout=log, stderr=log
            )

    def start(self) -> float:
        """Start it, and return the seconds until the first page was answered.

        Raises:
            DidNotStart: it ended, or did not answer in time.
        """
        started = time.monotonic()
        self.begin()
        while time.monotonic() - started < PATIENCE:
            if self.answers():
                return time.monotonic() - started
            if self._process is None or self._process.poll() is not None:
                break
            time.sleep(0.02)
        self.kill()
        raise DidNotStart(self.log.read_text("utf-8")[-500:])

    def answers(self) -> bool:
        """Whether the first page comes."""
        wire = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            wire.request("GET", "/")
            return wire.getresponse().status == http.HTTPStatus.OK
        except (OSError, http.client.HTTPException):
            return False
        finally:
            wire.close()

    @property
    def pid(self) -> int:
        """The process."""
        if self._process is None:
            raise DidNotStart("nothing runs")
        return self._process.pid

    def kill(self) -> None:
        """End it between two instructions, as a power cut or the kernel would."""
        self._end(signal.SIGKILL)

    def stop(self) -> int:
        """Ask it to end, and return its exit code."""
        return self._end(signal.SIGTERM)

    def take_no_more_than(self, size: int) -> None:
        """Let none of its files grow beyond a size, as on a full disk; -1 takes that back."""
        hard = resource.prlimit(self.pid, resource.RLIMIT_FSIZE)[1]
        resource.prlimit(self.pid, resource.RLIMIT_FSIZE, (size, hard))

    def said(self, word: str) -> int:
        """Count the lines of its log with a word."""
        return sum(word in line for line in self.lines())

    def lines(self) -> list[str]:
        """Return the lines of its log."""
        return self.log.read_text("utf-8").splitlines()

    def _end(self, how: signal.Signals) -> int:
        if self._process is None:
            return 0
        self._process.send_signal(how)
        code = self._process.wait(PATIENCE)
        self._process = None
        return code
