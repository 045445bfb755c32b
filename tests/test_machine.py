"""On a bare machine dev.py finds a browser that starts and a PostgreSQL, asks for them, or says
what is missing."""

import os
from pathlib import Path

import pytest

from tests import machine

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the stand-ins are shell scripts")

STARTS = "echo '<html><body><p>it-starts</p></body></html>'"
LACKS_A_LIBRARY = "echo 'error while loading shared libraries' >&2; exit 127"


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder that stands for every program of the machine."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", f"{folder}")
    for named in ("SCREENER_CHROMIUM", "SCREENER_HEADLESS", "SCREENER_POSTGRES"):
        monkeypatch.delenv(named, raising=False)
    monkeypatch.setattr(machine, "POSTGRES_FOLDERS", {f"{tmp_path}/postgresql": "*/bin"})
    return folder


def program(folder: Path, name: str, does: str) -> Path:
    path = folder / name
    path.write_text(f"#!/bin/sh\nPATH=/usr/bin:/bin\n{does}\n")
    path.chmod(0o755)
    return path


def asked(folder: Path) -> list[str]:
    file = folder / "asked"
    return file.read_text().splitlines() if file.exists() else []


def test_a_browser_that_starts_is_found(programs: Path) -> None:
    path = program(programs, "google-chrome", STARTS)

    assert str(path) == machine.find_chromium()


def test_a_browser_that_is_there_and_does_not_start_is_passed_over(programs: Path) -> None:
    program(programs, "chromium", LACKS_A_LIBRARY)
    path = program(programs, "google-chrome", STARTS)

    assert str(path) == machine.find_chromium()


def test_the_browser_that_was_named_is_the_only_one(
    programs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program(programs, "chromium", STARTS)
    broken = program(programs, "mine", LACKS_A_LIBRARY)
    monkeypatch.setenv("SCREENER_CHROMIUM", str(broken))

    assert machine.find_chromium() is None
    with pytest.raises(SystemExit, match="set SCREENER_CHROMIUM"):
        machine.need_chromium(program(programs, "python", "exit 0"))


def test_root_asks_the_package_manager_itself(
    programs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    program(programs, "package", STARTS)
    log = f'echo apt-get "$@" >> {programs}/asked'
    brings = f'case "$*" in *chromium*) cp {programs}/package {programs}/chromium;; esac'
    program(programs, "apt-get", f"{log}\n{brings}")
    python = program(programs, "python", "exit 0")

    assert f"{programs}/chromium" == machine.need_chromium(python)
    assert [
        "apt-get update -qq",
        "apt-get install -y -qq --no-install-recommends chromium",
    ] == asked(programs)


def test_others_ask_through_sudo_when_it_needs_no_password(
    programs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    program(programs, "dnf", "exit 0")
    program(programs, "sudo", f'echo sudo "$@" >> {programs}/asked')

    assert machine.install(machine.CHROMIUM)
    assert ["sudo -n true", "sudo -n dnf install -y -q chromium"] == asked(programs)


def test_without_rights_the_command_to_run_is_shown(
    programs: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    program(programs, "apt-get", f"echo ran >> {programs}/asked")

    assert not machine.install(machine.LIBATOMIC)
    assert [] == asked(programs)
    assert "  sudo apt-get install -y -qq --no-install-recommends libatomic1\n" in (
        capsys.readouterr().out
    )


def test_what_playwright_rests_on_is_asked_for_when_its_node_does_not_start(
    programs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    program(programs, "apt-get", f'echo "$@" >> {programs}/asked')
    program(programs, "chromium", STARTS)

    machine.need_chromium(program(programs, "python", LACKS_A_LIBRARY))

    assert "install -y -qq --no-install-recommends libatomic1" in asked(programs)


def test_a_machine_without_browser_or_package_manager_is_told_plainly(programs: Path) -> None:
    python = program(programs, "python", "exit 1")

    with pytest.raises(SystemExit, match="need a Chromium that starts, and there is none here"):
        machine.need_chromium(python)


def offered(programs: Path, monkeypatch: pytest.MonkeyPatch, *, known: bool, user: int = 0) -> None:
    """A Debian with a Chromium without windows, not installed yet."""
    monkeypatch.setattr(os, "geteuid", lambda: user)
    lists = programs.parent / "lists"
    lists.mkdir()
    (lists / "debian_main_Packages").touch()
    monkeypatch.setattr(machine, "APT_LISTS", lists)
    program(programs, "package", STARTS)
    program(programs, "apt-cache", f"exit {0 if known else 100}")
    brings = f'case "$*" in *headless*) cp {programs}/package {programs}/{machine.HEADLESS};; esac'
    program(programs, "apt-get", f'echo "$@" >> {programs}/asked\n{brings}')


def test_a_browser_without_windows_is_installed_where_there_is_one(
    programs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    offered(programs, monkeypatch, known=True)

    assert f"{programs}/{machine.HEADLESS}" == machine.want_headless() == machine.find_headless()


@pytest.mark.parametrize(
    ("known", "user", "named"),
    [
        (False, 0, None),
        (True, 1000, None),
        (True, 0, "SCREENER_CHROMIUM"),
        (True, 0, "SCREENER_HEADLESS"),
    ],
    ids=["not known", "needs a password", "a browser was named", "none is wanted"],
)
def test_nothing_is_asked_for_a_browser_without_windows(
    programs: Path, monkeypatch: pytest.MonkeyPatch, *, known: bool, user: int, named: str | None
) -> None:
    offered(programs, monkeypatch, known=known, user=user)
    if named:
        monkeypatch.setenv(named, "")

    assert "" == machine.want_headless()
    assert [] == asked(programs)


def postgres(programs: Path, version: str) -> Path:
    """Lay the programs of a PostgreSQL where Debian has them."""
    folder = programs.parent / "postgresql" / version / "bin"
    folder.mkdir(parents=True)
    for name in ("initdb", "postgres"):
        program(folder, name, f"echo '{name} (PostgreSQL) {version}.4'")
    return folder


def test_the_newest_postgresql_is_found(programs: Path) -> None:
    postgres(programs, "15")
    newest = postgres(programs, "17")

    assert f"{newest}" == machine.find_postgres() == machine.need_postgres()


def test_a_postgresql_on_the_path_is_found_where_it_really_is(programs: Path) -> None:
    folder = postgres(programs, "16").rename(programs.parent / "elsewhere")
    (programs / "postgres").symlink_to(folder / "postgres")

    assert f"{folder}" == machine.find_postgres()


def test_a_postgresql_that_is_too_old_or_cannot_make_a_database_is_passed_over(
    programs: Path,
) -> None:
    postgres(programs, "14")
    (postgres(programs, "16") / "initdb").unlink()

    assert machine.find_postgres() is None


def test_the_postgresql_that_was_named_is_the_only_one(
    programs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    postgres(programs, "17")
    monkeypatch.setenv("SCREENER_POSTGRES", f"{programs}")

    assert machine.find_postgres() is None
    with pytest.raises(SystemExit, match="set SCREENER_POSTGRES"):
        machine.need_postgres()


def test_a_postgresql_is_asked_for_where_there_is_none(
    programs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    there, away = postgres(programs, "15"), programs.parent / "away"
    there.parent.rename(away)
    log = f'echo apt-get "$@" >> {programs}/asked'
    program(
        programs, "apt-get", f'{log}\ncase "$*" in *postgresql*) mv {away} {there.parent};; esac'
    )

    assert f"{there}" == machine.need_postgres()
    assert "apt-get install -y -qq --no-install-recommends postgresql" in asked(programs)


def test_a_machine_that_cannot_get_a_postgresql_is_told_plainly(programs: Path) -> None:
    assert not list(programs.iterdir())
    with pytest.raises(SystemExit, match="need PostgreSQL 15 or newer, and none is here"):
        machine.need_postgres()


def test_what_runs_beside_the_others_speaks_when_it_is_asked(
    programs: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    beside = machine.begun(program(programs, "mypy", "echo two faults; echo more >&2; exit 3"))
    machine.call(program(programs, "pytest", "echo tests"))

    code = machine.ended(beside)

    assert 3 == code
    assert "tests\ntwo faults\nmore\n" == capfd.readouterr().out


def disk(free: int, flags: int = 0) -> os.statvfs_result:
    return os.statvfs_result((4096, 4096, free, free, free // 4096, 9, 9, 9, flags, 255))


@pytest.mark.parametrize(
    ("at", "quick"),
    [
        (disk(machine.ROOM), True),
        (disk(machine.ROOM - 4096), False),
        (disk(machine.ROOM, os.ST_NOEXEC), False),
    ],
    ids=["room enough", "too little room", "no programs run there"],
)
def test_temporary_files_are_in_memory_where_there_is_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: os.statvfs_result, *, quick: bool
) -> None:
    monkeypatch.setattr(machine, "MEMORY", tmp_path)
    monkeypatch.delenv("TMPDIR", raising=False)
    monkeypatch.setattr(os, "statvfs", lambda _: at)

    assert machine.folder_in_memory() == (str(tmp_path) if quick else None)


def test_a_folder_for_temporary_files_that_was_set_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", "/elsewhere")

    assert machine.folder_in_memory() is None


def test_a_machine_without_a_folder_in_memory_uses_its_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("TMPDIR", raising=False)
    monkeypatch.setattr(machine, "MEMORY", tmp_path / "none")

    assert machine.folder_in_memory() is None
