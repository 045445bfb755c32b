"""Sign-ins and second factors, as the database keeps them."""

import base64
from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import Any

import pytest
from sqlalchemy import func, select

from screener.store import Intake
from screener.store.models import metadata, staff_session
from screener.store.staff import Account, Staff
from tests.screener.staff.people import App
from tests.screener.store.conftest import Clock

BROWSER = "Firefox, Linux"


def everything(intake: Intake) -> str:
    """All that lies in the database, in every writing that a thief may look for."""
    with intake.database.reading() as connection:
        rows = [row for t in metadata.sorted_tables for row in connection.execute(select(t)).all()]
    values = [value for row in rows for value in row]
    return " ".join(v.hex() + str(v) if isinstance(v, bytes) else str(v) for v in values)


def with_app(staff: Staff, account: Account, clock: Clock) -> App:
    sign_in = staff.sign_ins.open(staff.sign_ins.begin(account.id, "invited", BROWSER), BROWSER)
    assert sign_in is not None
    phone = App(staff.totp.offer(sign_in, "Clinic").typed, clock)
    assert staff.totp.take(sign_in, phone.shows())
    return phone


def test_nothing_that_opens_anything_lies_in_the_database(
    intake: Intake, staff: Staff, sam: Account, clock: Clock
) -> None:
    sign_in = staff.sign_ins.begin(sam.id, "whole", BROWSER)
    link = staff.accounts.add("Kim Moss", "kim@example.org", "reviewer", "command")
    half = staff.sign_ins.begin(sam.id, "invited", BROWSER)
    opened = staff.sign_ins.open(half, BROWSER)
    assert opened is not None
    secret = staff.totp.offer(opened, "Clinic").typed.replace(" ", "")
    assert staff.totp.take(opened, App(secret, clock).shows())
    codes = staff.recovery_codes.make(sam.id)
    lying = everything(intake)

    assert base64.b32decode(secret).hex() not in lying
    held = [sign_in, link, half, secret, *codes, *(code.replace("-", "") for code in codes)]
    assert [] == [one for one in held if one in lying or one.encode().hex() in lying]


def test_a_code_is_good_for_one_of_many_who_send_it_at_once(
    staff: Staff, sam: Account, clock: Clock
) -> None:
    phone = with_app(staff, sam, clock)
    clock.turn(seconds=60)
    code = phone.shows()

    with ThreadPoolExecutor(4) as threads:
        fitted = list(threads.map(lambda _: staff.totp.check(sam.id, code), range(12)))

    assert 1 == sum(fitted)


def test_the_code_that_set_up_the_app_lets_nobody_in(
    staff: Staff, sam: Account, clock: Clock
) -> None:
    phone = with_app(staff, sam, clock)

    assert not staff.totp.check(sam.id, phone.shows())


def test_a_code_that_was_seen_does_not_bring_back_an_earlier_one(
    staff: Staff, sam: Account, clock: Clock
) -> None:
    phone = with_app(staff, sam, clock)
    clock.turn(seconds=60)
    while phone.shows(steps=1) == phone.shows(steps=-1):  # by chance, the same six digits
        clock.turn(seconds=30)
    earlier, later = phone.shows(), phone.shows(steps=1)

    assert staff.totp.check(sam.id, later)
    assert not staff.totp.check(sam.id, earlier)


def test_a_recovery_code_is_good_for_one_of_many_who_send_it_at_once(
    staff: Staff, sam: Account
) -> None:
    code = staff.recovery_codes.make(sam.id)[0]

    with ThreadPoolExecutor(4) as threads:
        fitted = list(threads.map(lambda _: staff.recovery_codes.use(sam.id, code), range(6)))

    assert 1 == sum(fitted)


def test_a_recovery_code_that_is_being_used_fits_nobody_else(
    staff: Staff, sam: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, begun = staff.recovery_codes.make(sam.id)[0], list[Future[bool]]()
    use_up = staff.recovery_codes._use_up

    def slowly(*which: Any) -> None:
        if not begun:  # the other gets the time to do its harm
            begun.append(threads.submit(staff.recovery_codes.use, sam.id, code))
            wait(begun, timeout=0.3)
        use_up(*which)

    monkeypatch.setattr(staff.recovery_codes, "_use_up", slowly)
    with ThreadPoolExecutor(1) as threads:
        fits = staff.recovery_codes.use(sam.id, code)

    assert (True, False) == (fits, begun[0].result())


def test_the_recovery_code_of_somebody_else_does_not_fit(staff: Staff, sam: Account) -> None:
    staff.accounts.add("Kim Moss", "kim@example.org", "reviewer", "command")
    kim = staff.accounts.by_email("kim@example.org")
    assert kim is not None
    staff.recovery_codes.make(kim.id)
    code = staff.recovery_codes.make(sam.id)[0]

    assert not staff.recovery_codes.use(kim.id, code)


def test_noise_is_no_code(staff: Staff, sam: Account, clock: Clock) -> None:
    with_app(staff, sam, clock)
    staff.recovery_codes.make(sam.id)

    for noise in ("", "12345", "1234567", "\0", "\ud800", "٠١٢٣٤٥", "BCDF-GHJK", "x" * 10_000):
        assert not staff.totp.check(sam.id, noise)
        assert not staff.recovery_codes.use(sam.id, noise)


def test_sign_ins_that_are_over_do_not_pile_up(
    intake: Intake, staff: Staff, sam: Account, clock: Clock
) -> None:
    for _turn in range(5):
        staff.sign_ins.begin(sam.id, "whole", BROWSER)
        clock.turn(hours=1)
    staff.sign_ins.begin(sam.id, "whole", BROWSER)

    with intake.database.reading() as connection:
        assert 1 == connection.execute(select(func.count()).select_from(staff_session)).scalar()


def test_a_busy_minute_is_few_writes(
    intake: Intake, staff: Staff, sam: Account, clock: Clock
) -> None:
    token = staff.sign_ins.begin(sam.id, "whole", BROWSER)
    seen = set()
    for _turn in range(60):
        clock.turn(seconds=1)
        assert staff.sign_ins.open(token, BROWSER)
        with intake.database.reading() as connection:
            seen.add(connection.execute(select(staff_session.c.seen_at)).scalar())

    assert len(seen) <= 4


def test_a_sign_in_that_was_under_way_when_somebody_was_kept_out_opens_nothing(
    staff: Staff, sam: Account
) -> None:
    staff.accounts.disable(sam.id, "command")
    token = staff.sign_ins.begin(sam.id, "whole", BROWSER)

    assert staff.sign_ins.open(token, BROWSER) is None


def test_noise_is_no_token(staff: Staff, sam: Account) -> None:
    staff.sign_ins.begin(sam.id, "whole", BROWSER)

    for noise in ("", "x", "\ud800", "x" * 10_000):
        assert staff.sign_ins.open(noise, BROWSER) is None


def test_who_was_reset_while_the_second_factor_was_looked_at_does_not_come_in(
    intake: Intake, staff: Staff, sam: Account
) -> None:
    half = staff.sign_ins.open(staff.sign_ins.begin(sam.id, "password", BROWSER), BROWSER)
    assert half is not None
    staff.accounts.invite(sam.id, "command")

    assert staff.sign_ins.complete(half, BROWSER, "app") is None
    with intake.database.reading() as connection:
        assert connection.execute(select(staff_session)).first() is None


def test_half_a_sign_in_becomes_one_whole_one_however_many_ask(staff: Staff, sam: Account) -> None:
    half = staff.sign_ins.open(staff.sign_ins.begin(sam.id, "password", BROWSER), BROWSER)
    assert half is not None

    with ThreadPoolExecutor(4) as threads:
        tokens = list(threads.map(lambda _: staff.sign_ins.complete(half, BROWSER, "app"), "abcd"))

    assert 1 == sum(token is not None for token in tokens)
    assert 1 == len(staff.sign_ins.listed(sam.id))
