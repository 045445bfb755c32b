"""The program as a unit of deploy/ starts it, with other paths and ports."""

import os
import re
import shlex
import subprocess
import sys
import time
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any

from benchmarks.deployed.nginx import HOUSE
from tests.ports import held_port

PATIENCE = 30  # seconds for a start
HERE = (sys.executable, "-m", "screener")
CLINIC = """\
[clinic]
name = "River Clinic"
phone = "+1 555 010 0199"
country = "US"
[privacy]
contact = "privacy@clinic.example"
address = "1 Example Street, Springfield"
complaint = "the Office for Civil Rights"
staff = "the nurse and the doctor you see"
[sending]
answered_within = "within 2 working days"
[server]
public_url = "https://{name}"
trusted_proxies = 1
"""


def lines(unit: str, key: str, side: str = "") -> list[list[str]]:
    """Return what a unit of deploy/ says under a key, as words."""
    text = (HOUSE / "deploy" / unit).read_text("utf-8").replace("%i", side)
    return [shlex.split(line) for line in re.findall(rf"^{key}=(.*)$", text, re.MULTILINE)]


class Program:
    """One process, started with the words of its unit.

    Args:
        folder: in place of /var/lib, /var/cache and /etc/screener.
        unit: the file in deploy/.
        side: for the unit that has two.
        name: the name of the site, for the clinic's settings.
    """

    def __init__(
        self,
        folder: Path,
        unit: str,
        name: str,
        side: str = "",
    ) -> None:
        self.port, self.log = held_port(), folder / f"log-{name}.txt"
        self.clinic, self.data = folder / f"{name}.toml", folder / "data"
        self.clinic.write_text(CLINIC.format(name=name), "utf-8")
        self.keys = folder / f"keys-{side}" if side else self.data / "keys"
        own = f"-{side}" if side else ""
        self._places = {
            f"/var/lib/screener{own}/keys": str(self.keys),
            f"/var/lib/screener{own}": str(self.data),
            f"/var/cache/screener{own}": str(folder / f"outage{own}"),
            f"/etc/screener/{side}/clinic.toml" if side else "/etc/screener/clinic.toml": str(
                self.clinic
            ),
            "${PORT}": str(self.port),
        }
        self._unit, self._side = unit, side
        self._process: subprocess.Popen[bytes] | None = None

    def command(self, words: list[str]) -> list[str]:
        """Put the paths of this machine in the place of those of the unit."""
        return [*HERE, *(self._places.get(word, word) for word in words[1:])]

    def begin(self) -> None:
        """Do what the unit says before the start, start it, and wait until it answers.

        Raises:
            RuntimeError: it ended, or did not answer in time.
        """
        for words in lines(self._unit, "ExecStartPre", self._side):
            subprocess.run(self.command(words), check=True, stdout=subprocess.DEVNULL, **self._as())
        (start,) = lines(self._unit, "ExecStart", self._side)
        command = [one for one in self.command(start) if one not in {"--metrics-port", "9100"}]
        if "--port" not in command:
            command += ["--port", str(self.port)]
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(command, stdout=log, stderr=log, **self._as())
        until = time.monotonic() + PATIENCE
        while not self.answers():
            if self._process.poll() is not None or time.monotonic() > until:
                raise RuntimeError(self.log.read_text("utf-8")[-500:])
            time.sleep(0.05)

    def run(self, *words: str) -> str:
        """Run another command of the program, as the same user, and return what it prints."""
        command = [*HERE, *words, "--data", str(self.data), "--clinic", str(self.clinic)]
        command += ["--keys", str(self.keys)]
        done = subprocess.run(command, check=True, stdout=subprocess.PIPE, **self._as())
        printed: bytes = done.stdout
        return printed.decode()

    def answers(self) -> bool:
        """Whether it lives."""
        wire = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            wire.request("GET", "/healthz")
            return wire.getresponse().status == 200  # noqa: PLR2004 - as HTTP has it
        except (OSError, HTTPException):
            return False
        finally:
            wire.close()

    def end(self) -> int:
        """Ask it to end, as systemd would, and return its exit code."""
        if self._process is None:
            return 0
        self._process.terminate()
        code = self._process.wait(PATIENCE)
        self._process = None
        return code

    def _as(self) -> dict[str, Any]:
        calm = {key: value for key, value in os.environ.items() if not key.startswith("SCREENER_")}
        # A unit's umask and working folder, so that nothing rests on those of this shell.
        return {"env": calm, "cwd": "/", "umask": 0o077}
