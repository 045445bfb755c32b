"""Two processes, as on two machines, with one PostgreSQL and one key: they share everything."""

import os
import re
import time
from collections.abc import Iterator

import pytest

from screener.settings import Settings
from screener.store import Intake
from screener.store.drafts import TRIES
from tests.postgres import Databases
from tests.screener.serving import Visitor, address, begun

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the PostgreSQL of the tests needs POSIX")

FIRST, ACCOUNT = "/form/before-you-start", "/staff/account"
WRONG, TOO_MANY = "BCDF-GHJK-MNPQ-RSTV", 429
Two = tuple[str, str]


@pytest.fixture(scope="module")
def settings(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    around = {"SCREENER_DATABASE": databases.server.new("two")}
    return Settings.load(None, tmp_path_factory.mktemp("shared"), environment=around)


@pytest.fixture(scope="module")
def two(databases: Databases, settings: Settings) -> Iterator[Two]:
    """Both start at the same moment on a database without a table, and without a key."""
    around = {"SCREENER_DATABASE": databases.server.address("two")}
    with (
        begun(settings.data, around=around) as one,
        begun(settings.data, around=around) as other,
    ):
        try:
            yield address(one), address(other)
        finally:
            one.kill()
            other.kill()


def test_a_draft_begun_on_one_goes_on_on_the_other_and_back(two: Two) -> None:
    one, other = two
    visitor = Visitor().open(one, "/")
    visitor.send(one, "/start")

    visitor.open(other, FIRST)
    visitor.send(other, FIRST, ack="yes", filled_by="self", age_years="44")
    saved = visitor.status
    visitor.open(one, FIRST)

    assert 303 == saved
    assert 200 == visitor.status
    assert 'value="44"' in visitor.page


def test_a_return_code_given_by_one_opens_on_the_other_and_ends_the_first_cookie(two: Two) -> None:
    one, other = two
    here, there = Visitor().open(one, "/"), Visitor().open(other, "/return")
    here.send(one, "/start")
    here.open(one, FIRST).send(one, FIRST, ack="yes", filled_by="self", age_years="51")
    here.open(one, "/finish-later").send(one, "/finish-later")
    code = re.search(r"[2-9B-Z]{4}(?:-[2-9B-Z]{4}){3}", here.page)
    assert code

    there.send(other, "/return", code=code[0])
    there.open(other, FIRST)
    here.open(one, FIRST)

    assert 'value="51"' in there.page
    assert 'value="51"' not in here.page


@pytest.fixture
def _forgiven(databases: Databases) -> Iterator[None]:
    """Whoever comes next, in whatever order, need not wait for a new minute."""
    yield
    databases.server.run("DELETE FROM throttle", on="two")


@pytest.mark.usefixtures("_forgiven")
def test_who_tried_too_often_at_one_must_wait_at_the_other(two: Two) -> None:
    one, other = two
    visitor = Visitor()
    waits_elsewhere = Visitor().open(other, "/return")
    minute = -1
    while minute != int(time.time()) // 60:  # else a new one began meanwhile, with tries of its own
        minute = int(time.time()) // 60
        for _try in range(TRIES + 1):
            visitor.open(one, "/return").send(one, "/return", code=WRONG)
        waits_elsewhere.send(other, "/return", code=WRONG)

    assert [TOO_MANY] * 2 == [visitor.status, waits_elsewhere.status]


def test_who_signs_out_at_one_is_signed_out_at_the_other(two: Two, settings: Settings) -> None:
    one, other = two
    held = {"screener-staff": token_of_somebody(settings)}
    here, there = Visitor({**held}), Visitor({**held})
    before = [here.open(one, ACCOUNT).status, there.open(other, ACCOUNT).status]

    here.send(one, "/staff/sign-out")
    there.open(other, ACCOUNT)

    assert [200, 200] == before
    assert held["screener-staff"] == there.cookies["screener-staff"]  # it was told nothing
    assert 303 == there.status


def token_of_somebody(settings: Settings) -> str:
    """Sign somebody in, as a third process that shares database and keys."""
    intake = Intake.open(settings)
    invited = intake.staff.accounts.add("Sam Lee", "sam@example.org", "reviewer", "command")
    account = intake.staff.passwords.take_up(invited, "a row of quiet boats")
    assert account is not None
    token = intake.staff.sign_ins.begin(account.id, "whole", browser="")
    intake.close()
    return token
