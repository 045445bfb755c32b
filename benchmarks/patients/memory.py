"""What a patient was told is kept: read the way the form reads it, and looked up in the store."""

import json
from dataclasses import dataclass, field, replace
from typing import Any

from werkzeug.datastructures import MultiDict

import rules
from benchmarks.patients.wire import Pairs
from screener.wizard.entry import entry_of, form_of
from screener.wizard.forms import PageForm
from screener.wizard.kept import readable

State = dict[str, Any]
NEVER = "never answered"


@dataclass(frozen=True)
class Sent:
    """One form that was sent."""

    path: str
    pairs: Pairs = field(repr=False)

    @property
    def parts(self) -> list[str]:
        """The parts of its address, without the question mark and what follows."""
        return self.path.partition("?")[0].strip("/").split("/")


@dataclass
class Memory:
    """What the draft of one patient must hold."""

    content: rules.Content
    answers: dict[str, Any] = field(default_factory=dict)
    typed: dict[str, Any] = field(default_factory=dict)
    finished: bool = False
    sent: bool = False

    @property
    def counted(self) -> dict[str, Any]:
        """The answers that count: those on the path. What was left behind does not."""
        path = rules.walk(self.content, readable(self.content, self.answers))
        return {name: self.answers[name] for name in path.counted if name in self.answers}

    def after(self, sent: Sent) -> "Memory":
        """What it must hold when this form was kept as well."""
        answers, typed, finished = dict(self.answers), dict(self.typed), self.finished
        match sent.parts:
            case ["send"]:
                return replace(self, sent=True)
            case ["form", "finish"]:
                finished = True
            case ["form", page_id, place] if place == "add" or place.isdigit():
                question = self._list_of(page_id)
                entry = plain(entry_of(form_of(question, MultiDict(sent.pairs))))
                listed = list(answers.get(question.id, []))
                at = len(listed) if place == "add" else int(place) - 1
                listed[at : at + 1] = [entry]
                answers[question.id] = listed
            case ["form", page_id] if self._is_page(page_id):
                for name, value, raw in self._on(page_id, sent.pairs):
                    answers[name], typed[name] = value, raw
        finished = finished and (answers == self.answers)
        answers = {name: value for name, value in answers.items() if value != NEVER}
        typed = {name: raw for name, raw in typed.items() if raw}
        return Memory(self.content, answers, typed, finished)

    def differs(self, state: State) -> list[str]:
        """Name what the store holds otherwise, or does not hold."""
        kept = [("answers", self.answers), ("typed", self.typed)]
        found = [
            f"{part}: {name}"
            for part, expected in kept
            for name in sorted(expected.keys() | state[part].keys())
            if expected.get(name, NEVER) != state[part].get(name, NEVER)
        ]
        marks = [("finished", self.finished), ("sent", self.sent)]
        return found + [name for name, told in marks if told != bool(state.get(name))]

    def _on(self, page_id: str, pairs: Pairs) -> list[tuple[str, Any, Any]]:
        page = self.content.questionnaire.page(page_id)
        names = {name for name, _ in pairs}
        form = PageForm(page.questions)
        form = PageForm([one.question for one in form if names & set(one.names)])
        form.read(MultiDict(pairs))
        if "skip" in names:
            form.leave_empty()
        readable, typed = plain(form.readable), plain(form.typed)
        kept = [
            (one.question.id, readable.get(one.question.id, NEVER), typed.get(one.question.id))
            for one in form
        ]
        lists = [one for one in page.questions if one.kind is rules.Kind.ENTRIES]
        return kept + [(one.id, self.answers.get(one.id, []), None) for one in lists]

    def _is_page(self, page_id: str) -> bool:
        return page_id in {page.id for page in self.content.questionnaire.pages}

    def _list_of(self, page_id: str) -> rules.Question:
        questions = self.content.questionnaire.page(page_id).questions
        return next(one for one in questions if one.kind is rules.Kind.ENTRIES)


def plain(value: Any) -> Any:  # noqa: ANN401 - any answer
    """Give an answer as the store gives it back."""
    return json.loads(json.dumps(value))
