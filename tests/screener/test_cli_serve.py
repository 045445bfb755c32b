"""`screener serve` starts everything, says where, and says what to put right when it cannot."""

import os
import signal
import socket
from pathlib import Path

import pytest

from screener.cli.serve import reached_at
from screener.settings import Settings
from tests.screener.commands import Run
from tests.screener.serving import ask, cookies, served, token

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
        code = running.wait(timeout=20)

    assert 200 == came.status
    assert "Start" in page
    assert 303 == began.status
    assert {} == {path: mode for path, mode in modes.items() if mode and path.is_file()}
    assert 0 == modes[data]
    assert f"sealed, in {data}" in rest
    assert rest.endswith("Stopped.\n")
    assert 0 == code


@posix
def test_a_second_start_on_the_same_folder_knows_the_patient(tmp_path: Path) -> None:
    with served(tmp_path) as (running, address):
        came, page = ask(address, "/")
        began, _ = ask(address, "/start", {"csrf_token": token(page)}, cookies(came))
        held = f"{cookies(came)}; {cookies(began)}"
        first = began.headers["Location"]
        running.send_signal(signal.SIGTERM)
        assert 0 == running.wait(timeout=20)

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
