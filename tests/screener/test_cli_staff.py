"""`screener staff`: people are added and kept out at the console, the server running or not."""

from pathlib import Path

import pytest

from screener.settings import Settings
from screener.store import Intake
from screener.store.staff import Account
from tests.screener.commands import Done, Run
from tests.staff import PASSWORD, hash_quickly


class Console:
    """`screener staff`, on one folder."""

    def __init__(self, run: Run, data: Path) -> None:
        self._run, self.data = run, data
        self.intake = Intake.open(Settings.load(None, data, environment={}))

    def __call__(self, *words: str) -> Done:
        return self._run("staff", *words, "--data", str(self.data))

    def add(self, name: str, role: str = "reviewer") -> Done:
        email = f"{name.lower().replace(' ', '.')}@example.org"
        return self("add", "--name", name, "--email", email, "--role", role)

    def take_up(self, done: Done) -> Account:
        """Follow the link that was printed."""
        token = done.out.split()[-1].rpartition("/")[2]
        account = self.intake.staff.passwords.take_up(token, PASSWORD)
        assert account is not None
        return account


@pytest.fixture
def console(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Console:
    hash_quickly(monkeypatch)
    return Console(run, tmp_path / "data")


def test_the_first_person_is_added_where_nothing_was(run: Run, tmp_path: Path) -> None:
    words = ("--name", "Sam Lee", "--email", "sam@example.org", "--role", "admin")
    done = run("staff", "add", *words, "--data", str(tmp_path / "new"))

    assert (0, "") == (done.code, done.err)
    assert "A link for Sam Lee" in done.out
    assert "\nhttp://127.0.0.1:8000/staff/invitation/" in done.out


def test_the_link_is_for_the_clinics_own_address(run: Run, tmp_path: Path) -> None:
    clinic = tmp_path / "clinic.toml"
    clinic.write_text('[server]\npublic_url = "https://screen.example.org"\n')
    words = ("--name", "Sam Lee", "--email", "sam@example.org", "--role", "admin")
    done = run("staff", "add", *words, "--data", str(tmp_path / "new"), "--clinic", str(clinic))

    assert "\nhttps://screen.example.org/staff/invitation/" in done.out


def test_people_are_listed_with_what_they_may_do(console: Console) -> None:
    console.take_up(console.add("Sam Lee", "admin"))
    console.take_up(console.add("Kim Moss", "lead"))
    console.add("Pat Hill")
    console("disable", "kim.moss@example.org")

    assert [
        "pat.hill@example.org  reviewer  invited   Pat Hill",
        "sam.lee@example.org   admin     active    Sam Lee",
        "kim.moss@example.org  lead      disabled  Kim Moss",
    ] == console("list").out.splitlines()


def test_a_new_link_ends_what_somebody_signed_in_with(console: Console) -> None:
    account = console.take_up(console.add("Sam Lee", "admin"))

    again = console("invite", "SAM.LEE@example.org")

    assert console.intake.staff.passwords.check(account.email, PASSWORD) is None
    assert account.id == console.take_up(again).id


def test_somebody_is_kept_out_and_let_in(console: Console) -> None:
    account = console.take_up(console.add("Sam Lee"))

    assert "cannot sign in" in console("disable", account.email).out
    assert console.intake.staff.passwords.check(account.email, PASSWORD) is None
    assert "can sign in again" in console("enable", account.email).out
    assert console.intake.staff.passwords.check(account.email, PASSWORD)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("invite", "no.one@example.org"), "nobody has the e-mail no.one@example.org"),
        (("disable", "sam.lee@example.org"), "the only admin who can sign in"),
        (("invite", "kim.moss@example.org"), "kim.moss@example.org is disabled"),
        (("add", "--name", "S", "--email", "sam.lee@example.org", "--role", "lead"), "has an acc"),
        (("add", "--name", "S", "--email", "sam", "--role", "lead"), "--email needs an address"),
        (("add", "--name", " ", "--email", "s@example.org", "--role", "lead"), "--name needs"),
        (("add", "--name", "S", "--email", "s@example.org", "--role", "owner"), "'owner' is not"),
        (("add", "--name", "S"), "Missing option"),
    ],
)
def test_a_slip_is_one_line(console: Console, words: tuple[str, ...], said: str) -> None:
    console.take_up(console.add("Sam Lee", "admin"))
    console.add("Kim Moss")
    console("disable", "kim.moss@example.org")

    done = console(*words)

    assert 2 == done.code
    assert 1 == len(done.err.splitlines()), done.err
    assert said in done.err


def test_a_folder_that_cannot_be_used_is_one_line(run: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    done = run("staff", "list", "--data", str(tmp_path / "file"))

    assert 1 == done.code
    assert 1 == len(done.err.splitlines()), done.err


def test_the_trail_tells_what_was_done_at_the_console(console: Console) -> None:
    console.take_up(console.add("Sam Lee", "admin"))
    console("invite", "sam.lee@example.org")
    with console.intake.database.reading() as connection:
        lines = connection.exec_driver_sql("SELECT actor, action FROM audit ORDER BY seq").all()

    told = [tuple(line) for line in lines]
    assert ("command", "account_added") == told[0]
    assert ("command", "sign_in_reset") == told[-1]
