"""Tries: guessing leads nowhere, and nobody can be kept out by a flood."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from screener.store import Intake, Throttled
from screener.store.staff import Account, From, Staff
from tests.screener.store.conftest import Clock
from tests.screener.store.staff.trail import told

HERE = From("192.0.2.7")
EMAIL = "sam.lee@example.org"


def let_through(staff: Staff, email: str, came: From, tries: int) -> int:
    """How many of so many tries in a row are let through."""
    passed = 0
    for _turn in range(tries):
        try:
            staff.tries.password(email, came)
        except Throttled:
            continue
        passed += 1
    return passed


def elsewhere(number: int) -> From:
    return From(f"198.51.100.{number}")


def test_five_tries_a_minute_for_one_account_from_one_address(staff: Staff, clock: Clock) -> None:
    assert 5 == let_through(staff, EMAIL, HERE, 30)

    clock.turn(seconds=60)

    assert 5 == let_through(staff, EMAIL, HERE, 30)


def test_twenty_an_hour_for_one_account_from_everywhere(staff: Staff) -> None:
    assert 20 == sum(let_through(staff, EMAIL, elsewhere(n), 1) for n in range(50))


def test_thirty_a_minute_from_one_address(staff: Staff) -> None:
    assert 30 == sum(let_through(staff, f"{n}@example.org", HERE, 1) for n in range(50))


def test_an_account_that_is_not_there_is_counted_like_one_that_is(
    staff: Staff, sam: Account
) -> None:
    assert let_through(staff, sam.email, HERE, 9) == let_through(staff, "no@one.org", HERE, 9)


def test_however_the_address_is_written_it_is_one_account(staff: Staff) -> None:
    let_through(staff, EMAIL, HERE, 5)

    assert 0 == let_through(staff, f"  {EMAIL.upper()} ", HERE, 1)


def test_many_at_once_get_no_more_than_one_by_one(staff: Staff) -> None:
    with ThreadPoolExecutor(8) as threads:
        passed = list(threads.map(lambda _: let_through(staff, EMAIL, HERE, 1), range(40)))

    assert 5 == sum(passed)


def test_a_flood_does_not_keep_the_owner_out(staff: Staff) -> None:
    known = staff.tries.remember(EMAIL, "")
    for number in range(60):
        let_through(staff, EMAIL, elsewhere(number), 3)

    assert 0 == let_through(staff, EMAIL, HERE, 1)
    assert 10 == let_through(staff, EMAIL, From("192.0.2.7", known), 30)


def test_a_known_browser_is_known_to_its_own_account_alone(staff: Staff) -> None:
    known = staff.tries.remember("somebody.else@example.org", "")
    let_through(staff, EMAIL, HERE, 5)

    assert 0 == let_through(staff, EMAIL, From("192.0.2.7", known), 1)


def test_a_made_up_sign_is_no_use(staff: Staff) -> None:
    known = staff.tries.remember(EMAIL, "")
    browser, sign = known.split(".")
    let_through(staff, EMAIL, HERE, 5)

    for made_up in ("", ".", "x" * 500, f"{browser}.{'0' * 32}", f"other.{sign}", f"{sign}"):
        assert 0 == let_through(staff, EMAIL, From("192.0.2.7", made_up), 1), made_up


def test_a_shared_desk_is_known_to_the_last_eight(staff: Staff) -> None:
    held = ""
    for number in range(9):
        held = staff.tries.remember(f"{number}@example.org", held)
    flooded = [f"{number}@example.org" for number in (0, 1, 8)]
    for email in flooded:
        let_through(staff, email, HERE, 5)

    assert [0, 1, 1] == [let_through(staff, email, From("192.0.2.7", held), 1) for email in flooded]


def test_the_second_step_is_counted_apart(staff: Staff) -> None:
    let_through(staff, EMAIL, HERE, 30)

    for _turn in range(5):
        staff.tries.factor(EMAIL, HERE)
    with pytest.raises(Throttled):
        staff.tries.factor(EMAIL, HERE)


def test_failed_tries_are_told_by_number_and_do_not_fill_the_trail(
    intake: Intake, staff: Staff, sam: Account
) -> None:
    for _turn in range(120):
        staff.tries.failed(sam.id)

    assert ["1 in this hour", "10 in this hour", "100 in this hour"] == [
        detail for action, detail in told(intake) if action == "sign_in_failed"
    ]
