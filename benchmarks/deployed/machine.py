"""A machine of its own, where systemd runs and the guide is followed word for word, as root.

Everything has the path, the port and the user that docs/deploying.md and deploy/ give it. What is
changed there is gone with it.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.deployed.nginx import HOUSE

GUIDE = HOUSE / "docs" / "deploying.md"
BOOT = Path(__file__).with_name("machine.sh")
NEEDED = ("unshare", "nsenter", "runuser", "nginx", "systemctl")
OWN = ("--kill-child", "--fork", "--pid", "--mount", "--net", "--cgroup", "--uts", "--ipc")
USER = "screener"
PATIENCE = 300  # seconds for what a section says


def impossible() -> str:
    """Say why there cannot be such a machine; nothing when there can."""
    if sys.platform != "linux" or os.geteuid() != 0:
        return "needs root on Linux"
    missing = [name for name in NEEDED if shutil.which(name) is None]
    return f"needs {', '.join(missing)}" if missing else ""


def section(title: str) -> str:
    """Return the commands of a section of the guide, as they stand there."""
    text = GUIDE.read_text("utf-8").partition(f"\n## {title}\n")[2].partition("\n## ")[0]
    return "".join(re.findall(r"```sh\n(.*?)```", text, re.DOTALL))


@dataclass(frozen=True)
class Machine:
    """A machine that runs.

    Attributes:
        first: the number of its first process, seen from outside.
        wheels: a folder that stands in for the registry of packages: it has no network.
    """

    first: int
    wheels: Path

    def run(self, words: list[str], said: str = "", user: str = "") -> tuple[int, str]:
        """Run a program there, and return its exit code and what it printed."""
        into = ["nsenter", "--target", str(self.first), "--all"]
        around = [f"PATH=/usr/local/bin:{os.defpath}:/usr/sbin:/sbin", "LC_ALL=C.UTF-8"]
        around += ["PIP_NO_INDEX=1", f"PIP_FIND_LINKS={self.wheels}", "PIP_QUIET=1"]
        around += ["SCREENER_BACKUP_PASSPHRASE=a long sentence that is kept in two places"]
        who = ["runuser", "-u", user, "--"] if user else []
        done = subprocess.run(
            [*into, "env", "-i", f"--chdir={HOUSE}", *around, *who, *words],
            check=False,
            input=said,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=PATIENCE,
        )
        return done.returncode, done.stdout

    def follow(self, commands: str, user: str = "") -> list[str]:
        """Do what lines of the guide say, as they stand there; return what went wrong."""
        code, said = self.run(["bash", "-euo", "pipefail"], commands, user)
        return [f"exit code {code}: {said[-300:]}"] if code else []


@contextmanager
def machine(folder: Path) -> Iterator[Machine]:
    """Start a machine, and end it."""
    wheels, root = folder / "wheels", folder / "machine"
    pins = str(HOUSE / "requirements" / "runtime.txt")
    fetch = [sys.executable, "-m", "pip", "download", "-qqq", "--disable-pip-version-check"]
    subprocess.run([*fetch, "--require-hashes", "-r", pins, "-d", str(wheels)], check=True)
    root.mkdir()
    folder.chmod(0o755)
    with subprocess.Popen(
        [shutil.which("unshare") or "", *OWN, "sh", str(BOOT), str(root)],
        stdout=subprocess.PIPE,
        text=True,
    ) as boot:
        try:
            if boot.stdout is None or not boot.stdout.readline():
                raise RuntimeError("the machine did not start")
            children = Path(f"/proc/{boot.pid}/task/{boot.pid}/children")
            made = Machine(int(children.read_text("utf-8")), wheels)
            made.run(["sh", "-c", "until systemctl is-active -q basic.target; do sleep 0.1; done"])
            yield made
        finally:
            boot.kill()
