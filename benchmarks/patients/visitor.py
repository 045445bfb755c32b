"""A patient who walks through the form, and remembers what the server said it has kept."""

import random
from threading import Event
from typing import Any

import rules
from benchmarks.patients.filling import as_drawn, fill, left_out
from benchmarks.patients.memory import Memory, Sent, State
from benchmarks.patients.sending import Sending
from benchmarks.patients.wire import SEE_OTHER, Answer, Gone, Wire

START, CHECK, SUMMARY, DELETE = "/", "/form/check", "/summary", "/delete"
COOKIE = "screener-draft"
SEND, SENT = "/send", "/sent"
FINE, NOT_HERE, TO_PUT_RIGHT, NOT_NOW = 200, 403, 422, 503


class Visitor:
    """One patient after another at the same browser.

    Attributes:
        memory: what the draft must hold, all of it acknowledged.
        unsure: what was sent last, when no answer came.
        acknowledged: how many forms the server said it has kept.
        refused: how many it said that it cannot keep just now.
        waited: how many pages it said that it cannot show just now.
        surprises: answers that no patient should see.
        deleted: tokens of the drafts that the server said are deleted.
        sent: by name, what the server said was sent to the clinic.
        marked_sent: whether the draft said so when it was last looked at.
    """

    def __init__(self, content: rules.Content, seed: int, *addresses: str) -> None:
        self.wire, self.content = Wire(*addresses), content
        self.choose = random.Random(seed)  # noqa: S311 - answers, not secrets
        self.memory = Memory(content)
        self.unsure: Sent | None = None
        self.acknowledged, self.refused, self.waited = 0, 0, 0
        self.surprises: list[str] = []
        self.deleted: list[str] = []
        self.sent: dict[str, Sending] = {}
        self.marked_sent = False
        self._seen: Answer | None = None

    @property
    def token(self) -> str:
        """What opens the draft of this browser; empty before the start."""
        return self.wire.cookies.get(COOKIE, "")

    @property
    def unsure_sending(self) -> Sending | None:
        """What was sent to the clinic last, when no answer came."""
        last = self.unsure
        return Sending.of(self.memory, last.pairs) if last and last.path == SEND else None

    def come_back(self, token: str, answers: dict[str, Any]) -> None:
        """Be another patient, with a draft that was begun elsewhere."""
        self._leave()
        self.wire.cookies[COOKIE] = token
        self.memory = Memory(self.content, answers)

    def drive(self, until: Event) -> None:
        """Fill in page after page, until told to stop, whether the server answers or not."""
        while not until.is_set():
            self.turn()

    def turn(self) -> None:
        """Fill in one form; when nobody answers, it is sent again at the next turn."""
        try:
            if self.unsure is not None:
                self._send(self.unsure)
            elif self._seen is None:
                self._arrive(self.wire.ask("GET", self._home))
            elif self._seen.status == NOT_NOW:
                self._again(self._seen)
            elif self._seen.path == SENT:
                self._after_sending(self._seen)
            elif self._seen.path == SUMMARY:
                self._after_the_summary()
            else:
                self._fill_in(self._seen)
        except Gone:
            self._seen = None

    def look_back(self, state: State | None) -> list[str]:
        """Compare with what is stored (None: nothing); say what is lost, or kept by half."""
        last, self.marked_sent = self.unsure, bool(state and state.get("sent"))
        if state is None:
            if last is None or last.path != DELETE:
                return ["the whole draft"]
            self._delete(self.token)
            return []
        differs = self.memory.differs(state)
        return self.memory.after(last).differs(state) if differs and last else differs

    def _send(self, sent: Sent) -> None:
        """Send a form, and believe what the server says about it."""
        token, self.unsure = self.token, sent
        answer = self.wire.ask("POST", sent.path, sent.pairs)
        self.unsure = None
        if answer.status == NOT_NOW:
            self._refuse(answer, sent)
        elif sent.path == DELETE and answer.status in {SEE_OTHER, NOT_HERE}:
            self._delete(token)
        else:
            if answer.status == SEE_OTHER:
                self.acknowledged += 1
                self._note(sent)
                self.memory = self.memory.after(sent)
            self._arrive(answer)

    def _refuse(self, answer: Answer, sent: Sent) -> None:
        """See that a page that could not be kept still shows all that was typed."""
        self.refused += 1
        lost = left_out(answer.page.select_one("main form[method=post]"), sent.pairs)
        self.surprises += [f"{name} is gone from the page {sent.path}" for name in lost]
        self._seen = answer

    def _again(self, seen: Answer) -> None:
        """Press the button of a page that could not be kept; go back where there is none."""
        form = seen.page.select_one("main form[method=post]")
        self._seen = None
        if form is not None:
            self._send(Sent(str(form["action"]), as_drawn(form)))

    def _fill_in(self, seen: Answer) -> None:
        page = seen.page
        more = page.select_one('main form a.btn[href*="/add"]')
        form = page.select_one("main form[method=post]")
        if more is not None and self.choose.random() < 1 / 2:
            self._arrive(self.wire.ask("GET", str(more["href"])))
        elif form is not None:
            self._send(Sent(str(form["action"]), fill(form, self.choose)))
        else:
            self._wonder(seen)

    def _after_the_summary(self) -> None:
        """Send it, change an answer, or delete all and let the next patient come."""
        self._arrive(self.wire.ask("GET", self.choose.choice([SEND, SEND, SEND, CHECK, DELETE])))
        if self._seen and self._seen.path == CHECK:
            links = self._seen.page.select("main .act a")
            self._arrive(self.wire.ask("GET", str(self.choose.choice(links)["href"])))

    def _after_sending(self, seen: Answer) -> None:
        """Read the reference, and go: with or without deleting what this browser holds."""
        shown = seen.page.select_one("p.code")
        sending = next(reversed(self.sent.values()))
        sending.reference = shown.get_text() if shown else "none"
        if self.choose.random() < 1 / 2:
            self._arrive(self.wire.ask("GET", DELETE))
        else:
            self._leave()

    def _note(self, sent: Sent) -> None:
        if sent.path == SEND:
            sending = Sending.of(self.memory, sent.pairs)
            self.sent[sending.name] = sending

    @property
    def _home(self) -> str:
        if not self.token:
            return START
        return SENT if self.memory.sent else CHECK

    def _arrive(self, answer: Answer) -> None:
        self._seen = answer = self.wire.follow(answer)
        if answer.status == NOT_NOW:
            self.waited += 1
            self._seen = None
        elif answer.status not in {FINE, TO_PUT_RIGHT}:
            self._wonder(answer)
        elif answer.path == CHECK and (more := answer.page.select_one("main > .row a.btn")):
            self._seen = self.wire.follow(self.wire.ask("GET", str(more["href"])))

    def _wonder(self, answer: Answer) -> None:
        self.surprises.append(f"{answer.status} at {answer.path.partition('?')[0]}")
        self._seen = None

    def _delete(self, token: str) -> None:
        self.deleted.append(token)
        self._leave()

    def _leave(self) -> None:
        """Be the next patient."""
        self.wire.move()
        self.memory, self.unsure, self._seen = Memory(self.content), None, None
