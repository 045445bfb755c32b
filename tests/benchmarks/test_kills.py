"""A moment of what `python -m benchmarks kills` and `outages` do for long."""

import os
from pathlib import Path

import pytest

import rules
from benchmarks.kills import kill_often, look, visitors_for
from benchmarks.outages import full_disk, postgres_away, two_processes
from benchmarks.patients.memory import Memory, Sent
from benchmarks.patients.served import Served
from screener.settings import Settings
from screener.store import Store

CLIENTS = 3
TRIES = 20

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL and no file limits"),
]


@pytest.fixture
def served(tmp_path: Path) -> Served:
    return Served(tmp_path)


def test_a_killed_server_has_kept_every_form_that_it_acknowledged(served: Served) -> None:
    told = kill_often(served, visitors_for(served, CLIENTS, seed=3), rounds=2, seed=3)

    assert [] == told.lost
    assert [] == told.surprises
    assert told.acknowledged > 10
    assert 0 == told.crashed


def test_a_full_disk_keeps_what_was_typed_on_the_page_and_takes_it_later(tmp_path: Path) -> None:
    told = full_disk(tmp_path, CLIENTS, seed=5)

    assert [] == told.lost
    assert [] == told.surprises
    assert told.refused >= CLIENTS
    assert 0 == told.crashed


def test_a_postgresql_that_goes_away_and_comes_back_is_waited_for(tmp_path: Path) -> None:
    told = postgres_away(tmp_path, clients=2, seed=9)

    assert [] == told.lost
    assert [] == told.surprises
    assert 0 == told.crashed


def test_two_servers_on_one_database_lose_nothing_when_one_is_killed(tmp_path: Path) -> None:
    told = two_processes(tmp_path, CLIENTS, seed=7, rounds=1)

    assert [] == told.lost
    assert [] == told.surprises
    assert told.acknowledged > 10
    assert 0 == told.crashed


def test_an_answer_that_is_not_there_is_named(served: Served) -> None:
    visitors = visitors_for(served, 1, seed=1)
    for seed in range(TRIES):  # on a busy machine the first kill may come before the first answer
        if not visitors[0].memory.answers:
            kill_often(served, visitors, rounds=1, seed=seed)
    store = Store.open(Settings.load(None, served.data, environment={}))
    name = next(iter(visitors[0].memory.answers))

    store.drafts.save(visitors[0].token, lambda state: state | {"answers": {name: "other"}})
    store.close()

    assert f"0: answers: {name}" in look(served, visitors)


def test_half_a_form_is_no_form() -> None:
    content = rules.load()
    sent = Sent("/form/before-you-start", [("ack", "yes"), ("filled_by", "self")])
    after = Memory(content).after(sent)

    assert {"ack": "yes", "filled_by": "self"} == after.answers
    assert ["answers: filled_by"] == after.differs({"answers": {"ack": "yes"}, "typed": {}})
