"""Accounts, and what the trail tells of them."""

import re
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier, BrokenBarrierError

import pytest
from sqlalchemy import Connection, update

from screener.store import Intake
from screener.store.models import staff as staff_table
from screener.store.staff import Account, EmailTaken, LastAdmin, NoSuchAccount, Staff
from screener.store.staff.accounts import Accounts
from tests.screener.store.conftest import Clock
from tests.screener.store.staff.trail import told
from tests.staff import PASSWORD


def admin(staff: Staff, email: str) -> Account:
    account = staff.passwords.take_up(staff.accounts.add("A", email, "admin", "command"), PASSWORD)
    assert account is not None
    return account


def test_an_address_is_one_account_however_it_is_written(staff: Staff, sam: Account) -> None:
    with pytest.raises(EmailTaken):
        staff.accounts.add("Other", " SAM.LEE@Example.ORG", "reviewer", "command")

    assert sam == staff.accounts.by_email("SAM.lee@example.org")


def test_a_name_keeps_no_hidden_signs(staff: Staff) -> None:
    staff.accounts.add("Sam\u202e\x1b\n Lee\0", "s@example.org", "reviewer", "command")

    assert ["Sam Lee"] == [account.name for account in staff.accounts.listed()]


def test_two_admins_who_remove_each_other_at_once_do_not_both_go(
    staff: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = admin(staff, "one@example.org"), admin(staff, "other@example.org")
    both, need = Barrier(2), Accounts._need_another_admin

    def need_and_wait(connection: Connection, account_id: str) -> None:
        """Look whether another admin is there, and let the other one look meanwhile."""
        need(connection, account_id)
        with suppress(BrokenBarrierError):
            both.wait(timeout=0.3)

    def disable(pair: tuple[Account, Account]) -> bool:
        try:
            staff.accounts.disable(pair[0].id, pair[1].id)
        except LastAdmin:
            return False
        return True

    monkeypatch.setattr(Accounts, "_need_another_admin", staticmethod(need_and_wait))
    with ThreadPoolExecutor(2) as threads:
        done = list(threads.map(disable, [(one, other), (other, one)]))

    assert 1 == sum(done)
    assert 1 == sum(not account.disabled for account in staff.accounts.listed())


def test_an_admin_who_never_came_does_not_count(staff: Staff) -> None:
    one = admin(staff, "one@example.org")
    staff.accounts.add("Not Yet", "not.yet@example.org", "admin", "command")

    with pytest.raises(LastAdmin):
        staff.accounts.change_role(one.id, "lead", "command")


def test_whoever_is_kept_out_gets_no_link(staff: Staff, sam: Account) -> None:
    staff.accounts.disable(sam.id, "command")

    with pytest.raises(NoSuchAccount):
        staff.accounts.invite(sam.id, "command")


def test_a_link_does_not_work_for_whoever_is_kept_out(staff: Staff) -> None:
    token = staff.accounts.add("Kim Moss", "kim@example.org", "reviewer", "command")
    account = staff.accounts.by_email("kim@example.org")
    assert account is not None
    staff.accounts.disable(account.id, "command")

    assert staff.accounts.invited(token) is None
    assert staff.passwords.take_up(token, PASSWORD) is None


def test_a_link_does_not_work_for_whoever_is_kept_out_in_that_moment(
    staff: Staff, intake: Intake
) -> None:
    token = staff.accounts.add("Kim Moss", "kim@example.org", "reviewer", "command")
    with intake.database.writing() as connection:  # the link is still there
        connection.execute(update(staff_table).values(disabled_at=1))

    assert staff.accounts.invited(token) is None
    assert staff.passwords.take_up(token, PASSWORD) is None


def test_of_many_who_follow_a_link_at_once_one_gets_in(staff: Staff) -> None:
    token = staff.accounts.add("Kim Moss", "kim@example.org", "reviewer", "command")

    with ThreadPoolExecutor(4) as threads:
        taken = list(threads.map(lambda _: staff.passwords.take_up(token, PASSWORD), range(8)))

    assert 1 == sum(account is not None for account in taken)


def test_the_trail_tells_who_did_what_to_whom_and_nothing_that_was_typed(
    intake: Intake, staff: Staff, sam: Account
) -> None:
    staff.accounts.change_role(sam.id, "lead", "command")
    staff.accounts.disable(sam.id, "command")
    staff.accounts.enable(sam.id, "command")
    staff.sign_ins.begin(sam.id, "whole", "Firefox, Linux", how="app")
    codes = staff.recovery_codes.make(sam.id)
    staff.recovery_codes.use(sam.id, codes[0])
    staff.passwords.change(sam.id, "seven slow kettles", but="")
    staff.sign_ins.end_all(sam.id)
    lines = told(intake)

    assert [
        ("account_added", "reviewer"),
        ("password_changed", "by invitation"),
        ("role_changed", "reviewer to lead"),
        ("account_disabled", ""),
        ("account_enabled", ""),
        ("signed_in", "app"),
        ("recovery_codes_made", ""),
        ("recovery_used", "9 left"),
        ("password_changed", ""),
        ("signed_out_everywhere", "0"),
    ] == lines
    assert not re.search(r"sam|lee|example|kettle", str(lines), re.IGNORECASE)


def test_what_is_not_kept_is_not_told(
    intake: Intake, staff: Staff, sam: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(intake.audit, "add", fail)
    with pytest.raises(RuntimeError):
        staff.accounts.disable(sam.id, "command")

    found = staff.accounts.find(sam.id)
    assert found is not None
    assert not found.disabled


def test_a_link_ends_after_a_day(staff: Staff, clock: Clock) -> None:
    token = staff.accounts.add("Kim Moss", "kim@example.org", "reviewer", "command")
    clock.turn(hours=24, seconds=-1)
    before = staff.accounts.invited(token)
    clock.turn(seconds=1)

    assert before is not None
    assert staff.accounts.invited(token) is None
    assert staff.passwords.take_up(token, PASSWORD) is None
