"""`screener serve` starts everything, says where, and says what to put right when it cannot."""

import os
import re
import shlex
import signal
import socket
import sys
import time
from pathlib import Path

import pytest

from screener.app import create_app
from screener.cli.serve import reached_at, said
from screener.settings import Settings
from screener.web.parts import parts
from tests.screener.commands import Run
from tests.screener.serving import ask, cookies, served, token
from tests.screener.wizard.conftest import content_once

LONG = 60  # seconds: what takes as long as that on any machine hangs
posix = pytest.mark.skipif(os.name == "nt", reason="Windows has no such signals to send")


@posix
def test_one_command_serves_a_first_page_and_keeps_it_for_the_owner_alone(tmp_path: Path) -> None:
    data = tmp_path / "new" / "data"

    with served(data) as (running, address):
        came, page = ask(address, "/")
        began, _ = ask(address, "/start", {"csrf_token": token(page)}, cookies(came))
        modes = {path: path.stat().st_mode & 0o077 for path in (data, *data.rglob("*"))}
        running.send_signal(signal.SIGINT)
        rest = running.stdout.read() if running.stdout else ""
        code = running.wait(timeout=LONG)

    assert 200 == came.status
    assert "Start" in page
    assert 303 == began.status
    assert {} == {path: mode for path, mode in modes.items() if mode and path.is_file()}
    assert 0 == modes[data]
    assert f"sealed, in {data}" in rest
    assert rest.endswith("Stopped.\n")
    assert 0 == code


def test_the_start_prints_a_command_that_adds_the_first_person(tmp_path: Path, run: Run) -> None:
    settings = Settings.load(None, tmp_path / "a folder", environment={})
    app = create_app(settings, content_once())

    with app.app_context():
        told = " ".join(said("http://127.0.0.1:8000", parts()))
    screener, *words = shlex.split(re.findall(r"screener staff add .* --data '[^']*'", told)[0])

    assert "screener" == screener
    assert "/staff/invitation/" in run(*words).out


@posix
def test_a_second_start_on_the_same_folder_knows_the_patient(tmp_path: Path) -> None:
    with served(tmp_path) as (running, address):
        came, page = ask(address, "/")
        began, _ = ask(address, "/start", {"csrf_token": token(page)}, cookies(came))
        held = f"{cookies(came)}; {cookies(began)}"
        first = began.headers["Location"]
        running.send_signal(signal.SIGTERM)
        assert 0 == running.wait(timeout=LONG)

    with served(tmp_path) as (_, address):
        came, page = ask(address, first, cookie=held)

    assert 200 == came.status
    assert "csrf_token" in page


def test_a_port_in_use_is_one_line(run: Run, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = run("serve", "--port", str(port), "--data", str(tmp_path))

    said = f"screener: port {port} is in use by another program; choose another with --port\n"
    assert (1, "", said) == (done.code, done.out, done.err)


def test_a_folder_that_cannot_be_used_is_one_line(run: Run, tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way")

    done = run("serve", "--port", "0", "--data", str(blocked))

    assert (1, "") == (done.code, done.out)
    assert 1 == len(done.err.splitlines())
    assert str(blocked) in done.err


def test_every_wrong_setting_is_named_in_a_line(run: Run, tmp_path: Path) -> None:
    clinic = tmp_path / "clinic.toml"
    clinic.write_text('[clinic]\ncolour = "mauve"\nphoen = "1"\n[retention]\ndraft_hours = 0\n')

    done = run("serve", "--port", "0", "--data", str(tmp_path), "--clinic", str(clinic))

    assert (1, "") == (done.code, done.out)
    assert 3 == len(done.err.splitlines())
    for line, name in zip(done.err.splitlines(), ("colour", "phone", "draft_hours"), strict=True):
        assert line.startswith("screener: clinic.toml: ")
        assert name in line


def test_a_clinic_file_that_is_not_there_is_one_line(run: Run, tmp_path: Path) -> None:
    done = run("serve", "--port", "0", "--clinic", str(tmp_path / "nobody.toml"))

    assert (1, "") == (done.code, done.out)
    assert 1 == len(done.err.splitlines())
    assert "nobody.toml: cannot be read" in done.err


def test_a_neutral_address_follows_the_port(tmp_path: Path) -> None:
    neutral = Settings.load(None, tmp_path, environment={})
    chosen = neutral.model_copy(update={"public_url": "https://ask.clinic.example"})

    assert "http://127.0.0.1:9" == reached_at("http://127.0.0.1:9", neutral).public_url
    assert chosen == reached_at("http://127.0.0.1:9", chosen)


def keys(data: Path) -> set[str]:
    return {file.name for file in (data / "keys").iterdir()}


def guard(data: Path, *names: str) -> None:
    """Lay keys that stop whoever reads them: others may read them too."""
    (data / "keys").mkdir(parents=True)
    for name in names:
        (data / "keys" / name).write_text("no key")
        (data / "keys" / name).chmod(0o644)


@posix
def test_the_patients_side_alone_reads_no_key_of_the_staff(tmp_path: Path) -> None:
    guard(tmp_path, "staff.key", "clinic-1.key")

    with served(tmp_path, "--only", "patient") as (running, address):
        statuses = [ask(address, path)[0].status for path in ("/", "/staff/sign-in", "/readyz")]
        running.send_signal(signal.SIGTERM)
        rest = running.stdout.read() if running.stdout else ""

    assert [200, 404, 200] == statuses
    assert "Staff:" not in rest
    assert {"root.key", "staff.key", "clinic-1.key"} == keys(tmp_path)


@posix
def test_the_staff_side_alone_reads_no_key_of_the_patients(tmp_path: Path) -> None:
    guard(tmp_path, "root.key")

    with served(tmp_path, "--only", "staff") as (_, address):
        place = address.removesuffix("/staff")
        front, _ = ask(place, "/")
        statuses = [
            ask(place, path)[0].status
            for path in (
                "/staff/sign-in",
                "/readyz",
                "/static/screener.css",
                "/static/staff.css",
                "/form/age",
            )
        ]
        page = ask(place, "/nothing")[1]

    assert (303, "/staff/") == (front.status, front.headers["Location"])
    assert [200, 200, 200, 200, 404] == statuses
    assert "staff of" in page
    assert {"root.key", "staff.key"} == keys(tmp_path)


@posix
def test_each_side_may_have_a_folder_for_its_keys(tmp_path: Path) -> None:
    for side in ("patient", "staff"):
        own = str(tmp_path / side)
        with served(tmp_path / "data", "--only", side, "--keys", own):
            pass

    assert ["root.key"] == [file.name for file in (tmp_path / "patient").iterdir()]
    assert {"staff.key"} == {file.name for file in (tmp_path / "staff").iterdir()}
    assert not (tmp_path / "data" / "keys").exists()


@posix
def test_both_sides_are_named_at_the_start(tmp_path: Path) -> None:
    with served(tmp_path) as (running, address):
        assert running.stdout
        assert f"Staff: {address}staff\n" == running.stdout.readline()


@posix
def test_the_end_comes_quickly_whatever_runs_beside(tmp_path: Path) -> None:
    with served(tmp_path) as (running, address):
        ask(address, "/healthz")
        running.send_signal(signal.SIGTERM)
        code = running.wait(timeout=LONG)  # its jobs have their next turn in an hour

    assert 0 == code


@posix
def test_figures_have_a_port_of_their_own(tmp_path: Path) -> None:
    with served(tmp_path, "--metrics-port", "0") as (running, address):
        assert running.stdout
        said = next(line for line in running.stdout if line.startswith("Figures:"))
        figures = said.split()[-1].removesuffix("/metrics")
        ask(address, "/help")
        told = told_of(figures, 'screener_job_age_seconds{job="purge"}')
        public = ask(address, "/metrics")[0].status

    assert 404 == public
    assert 'screener_requests_total{method="GET",route="/help",status="200"} 1.0' in told
    assert 'screener_job_age_seconds{job="purge"}' in told


def told_of(figures: str, job: str) -> str:
    """Ask for the figures until a job has ended for the first time: it runs beside the pages."""
    until, told = time.monotonic() + LONG, ""
    while job not in told and time.monotonic() < until:
        told = ask(figures, "/metrics")[1]
    return told


def test_a_port_for_figures_that_is_taken_is_one_line(run: Run, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = run("serve", "--port", "0", "--data", str(tmp_path), "--metrics-port", port)

    assert 1 == done.code
    assert 1 == len(done.err.splitlines())
    assert f"port {port}" in done.err


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells the limits of a process")
def test_a_crash_leaves_no_picture_of_the_memory(tmp_path: Path) -> None:
    with served(tmp_path) as (running, _address):
        limits = Path(f"/proc/{running.pid}/limits").read_text()

    (core,) = [line for line in limits.splitlines() if line.startswith("Max core file size")]
    assert ["0", "0"] == core.split()[4:6]
