"""A clinic that does not exist, with sixty people who do not either: to look at the staff side."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import rules
from screener.demo.people import Person, people
from screener.demo.staff import DemoAccount, accounts
from screener.settings import Settings
from screener.store import Intake, Store, changes, new_state, packed
from screener.store.changes import Change
from screener.store.listing import Listed, Place
from screener.store.models import draft, staff, submission
from screener.store.queue import EVERY, Sought
from screener.summary import summarise

__all__ = ["Clock", "DemoAccount", "NotFresh", "fill"]

AN_HOUR = timedelta(hours=1)
OPEN_FOR = 90  # days that the clinic has been open


class NotFresh(Exception):
    """The instance holds something already, that the demo must not be mixed with."""


class Clock:
    """A clock that stands where it is put, so that forms can arrive in the past."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> float:
        """Say the time: seconds since 1970, UTC."""
        return self.now.timestamp()


def fill(settings: Settings, content: rules.Content, now: datetime) -> tuple[DemoAccount, ...]:
    """Let everybody of the demo send a form, each at their own time, and staff act on some.

    Args:
        settings: of a fresh instance.
        content: questions and rules.
        now: the time that the days of the demo are counted back from.

    Returns:
        What the staff of the demo sign in with.

    Raises:
        NotFresh: the instance holds drafts, forms or accounts.
    """
    clock = Clock(now)
    store = Store.open(settings, clock=clock)
    intake = Intake.open(settings, database=store.database, clock=clock)
    try:
        _need_fresh(intake)
        clock.now = now - timedelta(days=OPEN_FOR)
        made = accounts(intake, clock)
        intake.need_clinic_key()
        found = {}
        for person in sorted(people(), key=lambda person: -person.days_ago):
            clock.now = now - timedelta(days=person.days_ago)
            found[_send(store, settings, content, person, clock.now)] = person
        clock.now = now
        intake.receive()
        _act(intake, clock, found, now)
        return made
    finally:
        store.close()


def _need_fresh(intake: Intake) -> None:
    with intake.database.reading() as connection:
        for table in (draft, submission, staff):
            if connection.execute(table.select().limit(1)).first() is not None:
                raise NotFresh


def _send(
    store: Store, settings: Settings, content: rules.Content, person: Person, when: datetime
) -> str:
    """Fill in a form and send it, the way the pages do; return its reference."""
    begun = store.drafts.begin()
    answers = rules.read_answers(content, dict(person.answers))
    state = new_state() | {"answers": dict(person.answers), "content_version": content.version}
    store.drafts.save(begun.token, lambda _: state)
    summary = summarise(
        content,
        answers,
        content.limits.with_values(settings.limits),
        settings.clinic,
        when.astimezone(UTC),
        begun.draft.reference,
        public_url=settings.public_url,
    )
    store.drafts.send(begun.token, packed(summary, person.answers, person.contact, when))
    store.drafts.delete(begun.token)  # nobody holds its token
    return begun.draft.reference


def _act(intake: Intake, clock: Clock, found: dict[str, Person], now: datetime) -> None:
    """Let the reviewer have done what the demo tells, an hour or more after a form came."""
    by = next(one.id for one in intake.staff.accounts.listed() if one.role == "reviewer")
    for form in sorted(_everything(intake), key=lambda form: form.arrived_at):
        wanted = _done(found[form.reference].status, int(form.arrived_at.timestamp()) + 3600)
        clock.now = min(form.arrived_at + AN_HOUR, now)
        if wanted:
            intake.reviews.change(form.id, by, 0, [*wanted, changes.to_owner(by)])


def _everything(intake: Intake) -> list[Listed]:
    """List every form, a page of the queue after the other."""
    forms: list[Listed] = []
    after: Place | None = None
    with intake.database.reading() as connection:
        while True:
            page = intake.queue.page(connection, Sought(status=EVERY), after)
            forms += page.rows
            if page.ends is None:
                return forms
            after = page.ends


def _done(status: str, at: int) -> Sequence[Change]:
    """Say what was done about a form that stands where it stands."""
    missed = changes.contact("phone", at, "nobody", "No answer, no message left. (demo)")
    talked = changes.contact("phone", at, "reached", "Talked for ten minutes. (demo)")
    match status:
        case "called":
            return [missed]
        case "spoke":
            return [talked]
        case "booked":
            return [talked, changes.to_status("booked")]
        case "closed":
            return [talked, changes.to_status("closed", "done")]
        case _:
            return []
