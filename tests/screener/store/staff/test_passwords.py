"""Passwords: which are refused, what is kept of them, and what a guess costs."""

from contextlib import suppress
from threading import Thread

import pytest
from cryptography.exceptions import InvalidKey
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from sqlalchemy import select

from screener.store import Intake, Throttled
from screener.store.models import staff as staff_table
from screener.store.staff import Account, Staff, passwords
from screener.store.staff.password_rules import fault
from screener.store.staff_keys import StaffKeys
from tests.staff import PASSWORD

# As it is shipped; these tests hash more quickly.
SHIPPED = {name: getattr(passwords, name) for name in ("PASSES", "LANES", "KIB")}
LANES = SHIPPED["LANES"]
ABOUT = ("Sam Lee", "sam.lee@example.org", "Harbour Clinic")


@pytest.mark.parametrize(
    ("password", "found"),
    [
        ("a row of qui", None),
        ("a row of qu", "short"),
        ("ein Boot, früh", None),
        ("我喜欢在海边散步看日落吃冰", None),
        ("🐢🐙🦀🐬🐳🦑🐚🦐🐠🐡🦭🐟", None),
        ("violet kettle turtle biscuit " * 6, None),
        ("z" * 3 + "ab1 " * 60, "long"),
        ("mountain kettle", None),
        ("happy purple monkey tennis", None),
        ("839201748261", None),
        ("            ", "common"),
        ("password1234", "common"),
        ("Password2026!", "common"),
        ("P@ssw0rd!!!!!", "common"),
        ("correct horse battery staple", "common"),
        ("qwertyuiop12", "common"),
        ("zaq12wsxcde3", "common"),
        ("123456789012", "common"),
        ("abcabcabcabc", "common"),
        ("aaaaaaaaaaaaaaaa", "common"),
        ("Summer-2026-Winter", "common"),
        ("KetamineClinic1", "common"),
        ("Harbour Clinic 2026", "common"),
        ("sam.lee@example.org", "common"),
        ("SamLeeSamLee99", "common"),
    ],
)
def test_a_new_password_stands_or_does_not(password: str, found: str | None) -> None:
    assert found == fault(password, ABOUT)


def test_nobody_needs_capitals_digits_or_signs() -> None:
    assert fault("turtle kettle violin") is None


def test_the_same_password_from_another_keyboard_fits(staff: Staff, sam: Account) -> None:
    composed, decomposed = "ein früher Bootsgang", "ein fru\N{COMBINING DIAERESIS}her Bootsgang"
    staff.passwords.change(sam.id, composed, but="")

    assert staff.passwords.check(sam.email, decomposed)


def test_every_letter_counts_however_long(staff: Staff, sam: Account) -> None:
    long = "violet kettle " * 14
    staff.passwords.change(sam.id, long, but="")

    assert staff.passwords.check(sam.email, long)
    assert staff.passwords.check(sam.email, long[:-1]) is None


def test_spaces_around_it_are_part_of_it(staff: Staff, sam: Account) -> None:
    assert staff.passwords.check(sam.email, PASSWORD + " ") is None


@pytest.mark.parametrize("noise", ["", "\0", "\ud800", "x" * 100_000])
def test_noise_does_not_fit_and_nothing_breaks(staff: Staff, sam: Account, noise: str) -> None:
    assert staff.passwords.check(sam.email, noise) is None
    assert staff.passwords.check(noise, noise) is None


def test_two_people_with_one_password_are_not_seen_to_have_it(
    intake: Intake, staff: Staff, sam: Account
) -> None:
    token = staff.accounts.add("Kim Moss", "kim@example.org", "reviewer", "command")
    staff.passwords.take_up(token, PASSWORD)
    with intake.database.reading() as connection:
        kept = connection.execute(select(staff_table.c.password)).scalars().all()

    assert sam.has_password
    assert 2 == len(set(kept))
    assert all(str(one).startswith("$argon2id$v=19$") for one in kept)
    assert PASSWORD not in str(kept)


def test_a_copied_database_cannot_be_guessed_at_without_the_key_file(
    intake: Intake, sam: Account
) -> None:
    with intake.database.reading() as connection:
        kept = connection.execute(select(staff_table.c.password)).scalar()

    assert sam.has_password
    with pytest.raises(InvalidKey):
        Argon2id.verify_phc_encoded(PASSWORD.encode(), str(kept))
    thief = Staff(intake.database, StaffKeys(bytes(range(32))), intake.audit, intake.now)
    assert thief.passwords.check(sam.email, PASSWORD) is None
    assert intake.staff.passwords.check(sam.email, PASSWORD) == sam


def test_the_cost_is_that_of_rfc_9106(monkeypatch: pytest.MonkeyPatch, staff: Staff) -> None:
    for name, value in SHIPPED.items():
        monkeypatch.setattr(passwords, name, value)

    assert staff.passwords.hashed(PASSWORD).startswith("$argon2id$v=19$m=65536,t=3,p=1$")


@pytest.fixture
def hashes(staff: Staff, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every comparison of a password that is made, by the memory it takes."""
    staff.passwords.check("nobody@example.org", "x")  # once only: makes what is compared with
    made: list[str] = []
    verify = Argon2id.verify_phc_encoded

    class Counted:
        @staticmethod
        def verify_phc_encoded(password: bytes, kept: str, secret: bytes) -> None:
            made.append(kept.split("$")[3])
            verify(password, kept, secret)

    monkeypatch.setattr(passwords, "Argon2id", Counted)
    return made


def test_a_guess_costs_the_same_whether_somebody_is_there_or_not(
    staff: Staff, sam: Account, hashes: list[str]
) -> None:
    staff.accounts.add("Not Yet", "not.yet@example.org", "reviewer", "command")
    token = staff.accounts.add("Kept Out", "kept.out@example.org", "reviewer", "command")
    cost = []
    for email in (sam.email, "nobody@example.org", "not.yet@example.org", "kept.out@example.org"):
        hashes.clear()
        assert staff.passwords.check(email, "not the password") is None
        cost.append(list(hashes))

    assert token
    assert [["m=8,t=1,p=1"]] * 4 == cost


def test_a_disabled_person_gets_the_answer_of_a_wrong_password(
    staff: Staff, sam: Account, hashes: list[str]
) -> None:
    staff.accounts.disable(sam.id, "command")

    assert staff.passwords.check(sam.email, PASSWORD) is None
    assert 1 == len(hashes)


def test_passwords_that_are_checked_at_once_all_get_an_answer(
    intake: Intake, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(passwords, "LANES", LANES)
    monkeypatch.setattr(passwords, "KIB", 4 * 1024)

    def check() -> None:
        with suppress(Throttled):  # an answer too: others wait already
            intake.staff.passwords.check("nobody@example.org", "x")

    several = [Thread(target=check, daemon=True) for _ in range(8)]
    for thread in several:
        thread.start()

    assert all(ended(thread) for thread in several)  # the first that does not settles it


def ended(thread: Thread) -> bool:
    thread.join(60)
    return not thread.is_alive()
