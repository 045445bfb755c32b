"""A patient's visit: the draft that this browser holds, and where its answers have led."""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from flask import g, request, url_for

import rules
from screener.store import Draft, DraftGone, Throttled
from screener.web import cookies
from screener.web.parts import parts
from screener.wizard.kept import readable, unchanged
from screener.wizard.landmarks import CONSENT, COUNTRY

State = dict[str, Any]
RETURN_CODE = "return_code"


class Away(Exception):
    """This browser holds no draft (any more). `retry_after`: too many codes were tried."""

    def __init__(self, *, wrong_code: bool = False, retry_after: int = 0) -> None:
        super().__init__()
        self.wrong_code = wrong_code
        self.retry_after = retry_after


@dataclass(frozen=True)
class Visit:
    """What a patient has answered, and the way that follows from it."""

    token: str
    draft: Draft
    answers: rules.Answers
    path: rules.Path

    @property
    def state(self) -> State:
        """The state of the draft: read it, and change it with `save`."""
        return self.draft.state

    @property
    def sent(self) -> bool:
        """Whether it was sent to the clinic: since then it is only read."""
        return bool(self.state.get("sent"))

    @property
    def told_country(self) -> str:
        """Where the patient is, if told."""
        told = str(self.path.counted.get(COUNTRY) or "")
        option = parts().content.questionnaire.question(COUNTRY).option(told)
        return told if option and option.meaning == "known" else ""

    @property
    def country(self) -> str:
        """Where the patient is, as far as known; else the clinic's own country."""
        return self.told_country or parts().settings.clinic.country

    def asked(self, page: rules.Page) -> tuple[rules.Question, ...]:
        """The questions that this patient is asked on a page."""
        return tuple(question for question in page.questions if question.id in self.path.asked)

    def absent(self, page: rules.Page) -> tuple[str, ...]:
        """The questions of a page that are neither answered nor left empty on purpose."""
        return tuple(
            question.id for question in self.asked(page) if question.id not in self.answers
        )

    @property
    def due(self) -> rules.Page | None:
        """The page to answer next: with the words that stand before it, if any."""
        due = self.path.due
        before = due and self.before(due)
        return before if before and not before.questions else due

    @property
    def declined(self) -> bool:
        """Whether the patient said no to going on."""
        return self.path.counted.get(CONSENT) == "no"

    def reachable(self, page_id: str) -> rules.Page | None:
        """The page, if the way leads there and all before it is done."""
        declined, due = self.declined, self.path.due
        for page in self.path.pages:
            if page.id == page_id:
                return page
            if page is due or (declined and self._asks_consent(page)):
                return None
        return None

    def before(self, page: rules.Page) -> rules.Page | None:
        """The page before this one."""
        ids = [other.id for other in self.path.pages]
        index = ids.index(page.id)
        return self.path.pages[index - 1] if index else None

    def next(self, page: rules.Page) -> rules.Page | None:
        """The page after this one."""
        ids = [other.id for other in self.path.pages]
        following = self.path.pages[ids.index(page.id) + 1 :] if page.id in ids else ()
        return following[0] if following else self.due

    @staticmethod
    def _asks_consent(page: rules.Page) -> bool:
        return any(question.id == CONSENT for question in page.questions)


def visit() -> Visit | None:
    """Open the draft that this browser holds; None when it holds none."""
    if "visit" not in g:
        token = cookies.draft_token()
        draft = parts().store.drafts.open(token) if token else None
        g.visit = _follow(token, draft) if token and draft else None
    found: Visit | None = g.visit
    return found


def require() -> Visit:
    """Open the draft, by its token or by a return code sent along; raise Away without one."""
    here = visit()
    if here is None and request.method == "POST" and request.form.get(RETURN_CODE):
        here = _come_back(request.form[RETURN_CODE])
    if here is None:
        raise Away
    return here


def save(here: Visit, change: Callable[[State], object], *, finished: bool = False) -> Visit:
    """Change the freshest state of the draft, and follow where the answers lead now.

    Args:
        here: the visit as it was opened.
        change: moves answers about in the state it is given.
        finished: the patient has asked for the summary. Changing an answer takes that back.

    Raises:
        Away: the draft is gone.
        StoreUnavailable: nothing was kept.
    """

    def changed(state: State) -> State:
        before = deepcopy(state["answers"]) if state.get("finished") else None
        change(state)
        state["content_version"] = parts().content.version
        same = state["answers"] == before
        state["finished"] = finished or same
        return state

    try:
        draft = parts().store.drafts.save(here.token, changed, seen=here.draft)
    except DraftGone as gone:
        raise Away from gone
    g.visit = _follow(here.token, draft, here)
    saved: Visit = g.visit
    return saved


def onward(here: Visit, then: str = "") -> str:
    """The address of the page that is due, or of the check page; of what was sent, the summary."""
    if here.sent:
        return url_for("wizard.summary")
    if here.declined:
        return url_for("wizard.not_now")
    if here.due:
        return address(here.due, then)
    return url_for("wizard.check")


def address(page: rules.Page, then: str = "", *, again: int = 0) -> str:
    """Return the address of a page.

    Args:
        page: the page.
        then: where the patient wants to go afterwards.
        again: how often the page was tried; it then says what is to put right on it.
    """
    return url_for("wizard.ask", page_id=page.id, then=then or None, again=again or None)


def _follow(token: str, draft: Draft, before: Visit | None = None) -> Visit:
    kept = draft.state.get("answers", {})
    known = unchanged(kept, before.state["answers"], before.answers) if before else {}
    answers = readable(parts().content, kept, known)
    return Visit(token, draft, answers, parts().walk(answers))


def _come_back(code: str) -> Visit:
    try:
        opened = parts().store.drafts.resume(code, request.remote_addr or "")
    except Throttled as slow:
        raise Away(retry_after=slow.retry_after) from slow
    if opened is None:
        raise Away(wrong_code=True)
    cookies.keep(opened.token)
    g.visit = _follow(opened.token, opened.draft)
    found: Visit = g.visit
    return found
