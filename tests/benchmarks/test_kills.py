"""A moment of what `python -m benchmarks kills` does for long."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import delete

import rules
from benchmarks.kills import kill_often, visitors_for
from benchmarks.patients.afterwards import at_the_clinic, let_send, look, next_come, store_of
from benchmarks.patients.memory import Memory, Sent
from benchmarks.patients.served import Served
from benchmarks.patients.visitor import Visitor
from screener.settings import Settings
from screener.store import Store
from screener.store.models import submission

CLIENTS = 3
TRIES = 20

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL"),
]


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    one = Served(tmp_path)
    yield one
    one.kill()


def test_a_killed_server_has_kept_every_form_that_it_acknowledged(served: Served) -> None:
    told = kill_often(served, visitors_for(served, CLIENTS, seed=3), rounds=2, seed=3)

    assert [] == told.lost
    assert [] == told.surprises
    assert told.acknowledged >= 2 * CLIENTS
    assert 0 == told.crashed


def test_an_answer_that_is_not_there_is_named(served: Served) -> None:
    visitors = visitors_for(served, 1, seed=1)
    served.start()
    for _turn in range(TRIES):
        if not visitors[0].memory.answers:
            visitors[0].turn()
    served.kill()
    store = Store.open(Settings.load(None, served.data, environment={}))
    name = next(iter(visitors[0].memory.answers))

    store.drafts.save(visitors[0].token, lambda state: state | {"answers": {name: "other"}})
    store.close()

    assert f"0: answers: {name}" in look(served, visitors)


def test_a_form_that_is_not_at_the_clinic_as_it_was_sent_is_named(served: Served) -> None:
    visitors = visitors_for(served, 1, seed=1)
    served.start()
    let_send(served)
    next_come(served, visitors)
    for _turn in range(TRIES):
        if not any(one.reference for one in visitors[0].sent.values()):
            visitors[0].turn()
    served.kill()
    sending = next(iter(visitors[0].sent.values()))
    whole = at_clinic(served, visitors)

    sending.answers |= {"age_years": 43}
    sending.contact |= {"phone": "+1 555 010 0198"}
    sending.reference = "AAAA-AAAA"
    otherwise = at_clinic(served, visitors)
    with store_of(served) as (store, _), store.database.writing() as connection:
        connection.execute(delete(submission))

    assert [] == whole
    assert ["other answers", "another way to reach the patient", "another reference"] == otherwise
    assert ["sent, and 0 times at the clinic"] == at_clinic(served, visitors)


def at_clinic(served: Served, visitors: list[Visitor]) -> list[str]:
    with store_of(served) as (_, intake):
        return [said.removeprefix("at the clinic: ") for said in at_the_clinic(intake, visitors)]


def test_half_a_form_is_no_form() -> None:
    content = rules.load()
    sent = Sent("/form/before-you-start", [("ack", "yes"), ("filled_by", "self")])
    after = Memory(content).after(sent)

    assert {"ack": "yes", "filled_by": "self"} == after.answers
    assert ["answers: filled_by"] == after.differs({"answers": {"ack": "yes"}, "typed": {}})
