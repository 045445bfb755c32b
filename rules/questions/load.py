"""Read the steps: logic and words joined into questions that can be asked."""

from collections.abc import Mapping
from dataclasses import dataclass

from rules.conditions.names import Names
from rules.conditions.parse import parse
from rules.conditions.tree import Condition, Limited
from rules.faults import Faults, Place, did_you_mean, refuse
from rules.fields import Fields, scalar
from rules.kinds import Kind
from rules.questions.model import Page, Question, Questionnaire, Step
from rules.questions.one import Surroundings, read_question
from rules.questions.words import StepWords, same_ids
from rules.reader import Mapping as MappingNode
from rules.reader import Node

# Addresses that the wizard keeps for itself; a page cannot have them.
TAKEN_PAGES = {"check", "finish", "talk-to-someone", "medical-help", "young"}


@dataclass(frozen=True, slots=True)
class StepFile:
    """One step as it stands in its two files."""

    name: str
    logic: MappingNode
    words: StepWords


def read_questionnaire(
    files: list[StepFile],
    around: Surroundings,
    limits: Mapping[str, tuple[Limited, str]],
) -> Questionnaire:
    """Read every step in order; a condition sees only what is asked on earlier pages."""
    reading = _Reading(around, limits)
    steps = [reading.step(number, file) for number, file in enumerate(files, 1)]
    reading.faults.settle()
    reading.check_pairs()
    reading.faults.settle()
    return Questionnaire(tuple(step for step in steps if step))


class _Reading:
    """What has been read so far."""

    def __init__(self, around: Surroundings, limits: Mapping[str, tuple[Limited, str]]) -> None:
        self.faults = Faults()
        self._around, self._limits = around, limits
        self._asked: dict[str, Question] = {}
        self._places: dict[str, Place] = {}

    def step(self, number: int, file: StepFile) -> Step | None:
        pages: list[Page] = []
        with self.faults.gathered():
            given = Fields(file.logic, "a file of questions", ("step", "pages"))
            id = given.token("step")
            for node in given.items("pages"):
                with self.faults.gathered():
                    pages.append(self._page(number, node, file))
            self.faults.settle()
            declared = [page.id for page in pages]
            same_ids(file.words.pages, declared, file.words.keys, _text(file), "page")
            asked = [question.id for page in pages for question in page.questions]
            same_ids(file.words.questions, asked, file.words.keys, _text(file), "question")
            return Step(id, number, file.words.title, tuple(pages))
        return None

    def _page(self, number: int, node: Node, file: StepFile) -> Page:
        given = Fields(node, "a page", ("page", "sensitive", "questions"))
        id = given.scalar("page")
        if not id.text.replace("-", "").isalnum() or id.text != id.text.lower():
            refuse(id.place, f"'{id.text}' is not a page address", "use small letters and -")
        if id.text in TAKEN_PAGES or f"page {id.text}" in self._places:
            refuse(id.place, f"the page address '{id.text}' is taken", "use another one")
        self._places[f"page {id.text}"] = id.place
        names = Names(dict(self._asked), self._limits)
        questions = [self._question(item, names, file) for item in given.items("questions")]
        if missing := id.text not in file.words.pages:
            refuse(id.place, f"the page '{id.text}' has no text", f"add it to {_text(file)}")
        words = file.words.pages[id.text] if not missing else None
        assert words is not None  # noqa: S101 - for the type checker only
        sensitive = given.yes("sensitive")
        return Page(id.text, number, words.title, words.lead, sensitive, tuple(questions))

    def _question(self, node: Node, names: Names, file: StepFile) -> Question:
        question = read_question(node, file.words.questions, self._around, _gate_reader(names))
        if question.id in self._asked:
            first = self._places[question.id]
            refuse(node.place, f"'{question.id}' is already asked at {first}", "use another id")
        self._asked[question.id] = question
        self._places[question.id] = node.place
        return question

    def check_pairs(self) -> None:
        """A number that must be above another one needs that other one."""
        numbers = {id for id, asked in self._asked.items() if asked.kind is Kind.NUMBER}
        for question in self._asked.values():
            if question.above and question.above not in numbers - {question.id}:
                with self.faults.gathered():
                    hint = did_you_mean(question.above, numbers, "name a number question")
                    what = f"there is no number '{question.above}' to be above"
                    refuse(self._places[question.id], what, hint)


def _gate_reader(names: Names):  # type: ignore[no-untyped-def]
    def read(node: Node, fields: dict[str, Question] | None = None) -> Condition:
        scalar(node, "the condition of a question")
        return parse(node, names if fields is None else Names(fields, names.limits))

    return read


def _text(file: StepFile) -> str:
    return f"text/questions/{file.name}"
