"""docs/deploying.md, followed word for word on a machine of its own."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks.deployed.machine import USER, Machine, impossible, machine, section
from benchmarks.deployed.nginx import FORMS, HOUSE
from benchmarks.deployed.program import CLINIC
from benchmarks.deployed.row import Row, differs, row
from tests.certificates import certificate

CERTIFICATES = f"/etc/letsencrypt/live/{FORMS}"
MOST_EXPOSED = 1.2
KEYS_FOR_THE_CLINIC = """
from pathlib import Path
from screener.settings import Settings
from screener.store import Intake
intake = Intake.open(Settings.load(Path("/etc/screener/clinic.toml"), Path("/var/lib/screener")))
intake.need_clinic_key()
"""
LIVES = "timeout 30 sh -c 'until curl -fs 127.0.0.1:8000/healthz; do sleep 0.1; done'"
REFERENCE = "K7QM-4XRT"  # in the guide
# Each with who follows it, and what is answered where its last command asks.
SECTIONS = {
    "Backup and the drill": (USER, ""),
    "Upgrade": ("", ""),
    "Keys": (USER, ""),
    "How long answers are kept": (USER, "y\n"),
    "The trail": (USER, ""),
}
PYTHON = "/opt/screener/.venv/bin/python"
# What the kernel says of the process: no rights, none to be had, and system calls are filtered.
SHUT = {"CapEff": "0000000000000000", "CapBnd": "0000000000000000", "NoNewPrivs": "1"}
SHUT |= {"Seccomp": "2"}


def rows(folder: Path) -> Iterator[Row]:
    """Follow the guide, section by section."""
    if why := impossible():
        yield Row("the guide, followed word for word", f"not tried: {why}", holds=False)
        return
    with machine(folder) as made:
        yield one_host(made, folder)
        yield shut(made)
        yield exposed(made)
        yield from through(made, folder)
        yield killed(made)
        _, reference = made.run(["cat", f"{folder}/reference"])
        for title, (user, answer) in SECTIONS.items():
            commands = section(title).replace(REFERENCE, reference)
            yield row(f"“{title}”, word for word", made.follow(f"{commands}{answer}", user))
        yield row("all still runs", made.follow(f"{LIVES}\nsystemctl is-active screener nginx"))


def one_host(made: Machine, folder: Path) -> Row:
    """Put there what a clinic brings, its settings and a certificate, and follow the first page."""
    signed = certificate(folder, FORMS)
    (folder / "clinic.toml").write_text(CLINIC.format(name=FORMS), "utf-8")
    brought = f"""
        cp {folder}/clinic.toml clinic.toml
        mkdir -p {CERTIFICATES}
        cp {signed} {CERTIFICATES}/fullchain.pem
        cp {signed} {CERTIFICATES}/privkey.pem
        rm -f /etc/nginx/sites-enabled/*
        systemctl start nginx
    """
    faults = [*made.follow(brought), *made.follow(section("One host")), *made.follow(LIVES)]
    faults += made.follow(f"{PYTHON} - <<'END'\n{KEYS_FOR_THE_CLINIC}\nEND", USER)
    return row("“One host”, word for word, nothing changed", faults)


def shut(made: Machine) -> Row:
    """Ask the kernel what the process may do."""
    _, pid = made.run(["systemctl", "show", "--property=MainPID", "--value", "screener"])
    _, status = made.run(["cat", f"/proc/{pid.strip()}/status"])
    found = dict(re.findall(r"^(\w+):\s+(\S+)", status, re.MULTILINE))
    _, kept = made.run(["stat", "--format=%A %U", "/var/lib/screener", "/var/cache/screener"])
    rights = {"kept": ("drwx------ screener\ndrwxr-xr-x screener\n", kept)}
    told = {key: (value, found.get(key)) for key, value in SHUT.items()}
    return row("the sandbox of the unit is on", differs(**told, **rights))


def exposed(made: Machine) -> Row:
    """Let systemd read both units, and say how much of the system they can reach."""
    made.follow("useradd --system screener-patient\ncp deploy/*.service /etc/systemd/system/")
    both = ["screener.service", "screener@patient.service"]
    _, said = made.run(["systemd-analyze", "verify", *both])
    levels = []
    for unit in both:
        _, told = made.run(["systemd-analyze", "security", "--no-pager", unit])
        levels += [float(level) for level in re.findall(r"exposure level for .*: ([\d.]+)", told)]
    faults = [line for line in said.splitlines() if "screener" in line]
    faults += [f"exposed by {level}" for level in levels if level > MOST_EXPOSED]
    faults += [] if len(levels) == len(both) else ["systemd says nothing of them"]
    return row("systemd-analyze verify and security", faults, f"exposure {levels}, of 10")


def through(made: Machine, folder: Path) -> Iterator[Row]:
    """Let a patient come to the standard ports of that machine."""
    code, said = made.run(
        [
            "env",
            f"PYTHONPATH={HOUSE}",
            sys.executable,
            "-m",
            "benchmarks.deployed.patient",
            str(folder),
        ]
    )
    found = re.findall(r"^row\t(.*)\t(.*)\t(\d)$", said, re.MULTILINE)
    if code or not found:
        yield Row("a patient on that machine", said[-300:], holds=False)
    for what, told, holds in found:
        yield Row(what, told, holds == "1")


def killed(made: Machine) -> Row:
    """Kill the process, and see that systemd brings it back."""
    kill = "systemctl kill --signal=KILL screener\nsleep 1"
    return row("killed, it is back", made.follow(f"{kill}\n{LIVES}"), "by itself")
