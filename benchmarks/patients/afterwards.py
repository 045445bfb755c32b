"""After the server ended: open the store, and compare it with what each patient was told."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import select

import rules
from benchmarks.fuzz_http.actors import whole_answers
from benchmarks.patients.served import Served
from benchmarks.patients.visitor import Visitor
from screener.settings import Settings
from screener.store import Intake, Store
from screener.store.engine.sqlite import newest_sqlite
from screener.store.models import submission
from screener.store.submissions import Submission

ALL_FILLED_IN = 1 / 2  # of those who come next: they have only to finish and to send


def look(served: Served, visitors: list[Visitor]) -> list[str]:
    """Name what is lost, of drafts and at the clinic; then let some others come, nearly done."""
    with store_of(served) as (store, intake):
        lost = [
            f"{number}: {what}"
            for number, visitor in enumerate(visitors)
            for what in of_drafts(store, visitor)
        ]
        lost += at_the_clinic(intake, visitors)
    next_come(
        served,
        [one for one in visitors if not one.unsure and one.choose.random() < ALL_FILLED_IN],
    )
    return lost + damage(served)


def next_come(served: Served, visitors: list[Visitor]) -> None:
    """Let other patients come, each with a form that is all filled in."""
    with store_of(served) as (store, _intake):
        for visitor in visitors:
            visitor.come_back(*filled_in(store, visitor.content))


def filled_in(store: Store, content: rules.Content) -> tuple[str, dict[str, Any]]:
    """Make a draft with every answer; return what opens it, and the answers."""
    answers, token = whole_answers(content, {}), store.drafts.begin().token
    store.drafts.save(token, lambda state: state | {"answers": answers})
    return token, answers


def of_drafts(store: Store, visitor: Visitor) -> list[str]:
    """Name what is lost of a patient's draft, and drafts that are back from the dead."""
    visitor.wire.close()
    lost = []
    if visitor.token:
        draft = store.drafts.open(visitor.token)
        lost = visitor.look_back(draft.state if draft else None)
    back = [token for token in visitor.deleted if store.drafts.open(token) is not None]
    return lost + ["a deleted draft is back"] * len(back)


def at_the_clinic(intake: Intake, visitors: list[Visitor]) -> list[str]:
    """Name forms that are not at the clinic once and whole, each as its patient was told."""
    with intake.database.reading() as connection:
        rows = connection.execute(select(submission)).all()
        arrived = [intake.submissions.opened(row) for row in rows]
    often = Counter(_name(form) for form in arrived)
    known = {name: sending for visitor in visitors for name, sending in visitor.sent.items()}
    wrong = [f"sent, and {often[name]} times at the clinic" for name in known if often[name] != 1]
    for visitor in visitors:
        if unsure := visitor.unsure_sending:
            known[unsure.name] = unsure
            if often[unsure.name] != int(visitor.marked_sent):
                wrong.append("half a sending: the draft and the clinic do not agree")
    for form in arrived:
        told = known.get(_name(form))
        wrong += told.differs(form) if told else ["at the clinic, and nobody sent it"]
    return wrong


def let_send(served: Served) -> None:
    """Let patients send: make the key that the first person of the staff would have made."""
    with store_of(served) as (_store, intake):
        intake.need_clinic_key()


def damage(served: Served) -> list[str]:
    """Let SQLite look for damage in its file."""
    if served.environment:
        return []
    connection = newest_sqlite().connect(served.data / "screener.db")
    said = [str(row[0]) for row in connection.execute("PRAGMA integrity_check")]
    connection.close()
    return [] if said == ["ok"] else said


@contextmanager
def store_of(served: Served) -> Iterator[tuple[Store, Intake]]:
    """Open both sides of a server's store, beside it or without it."""
    settings = Settings.load(None, served.data, environment=served.environment)
    store = Store.open(settings)
    try:
        yield store, Intake.open(settings, database=store.database)
    finally:
        store.close()


def _name(form: Submission) -> str:
    return str(form.contents["contact"]["name"])
