"""Read the steps: logic and words joined into questions that can be asked."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from rules.conditions.names import Names
from rules.conditions.parse import parse
from rules.conditions.tree import Condition, Limited
from rules.faults import Faults, Place, did_you_mean, refuse
from rules.fields import Fields, scalar
from rules.kinds import Kind
from rules.questions.model import Page, Question, Questionnaire, Step
from rules.questions.one import GateReader, read_question
from rules.questions.parts import Surroundings
from rules.questions.words import StepWords, same_ids
from rules.reader import Mapping as MappingNode
from rules.reader import Node

# Addresses that the wizard keeps for itself; a page cannot have them.
_ADDRESS = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
TAKEN_PAGES = {"check", "finish", "talk-to-someone", "medical-help", "young"}


@dataclass(frozen=True, slots=True)
class StepFile:
    """One step as it stands in its two files; ``name`` is that of its words."""

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
            name = given.token("step")
            for node in given.items("pages"):
                with self.faults.gathered():
                    pages.append(self._page(number, node, file))
            self.faults.settle()
            declared = [page.id for page in pages]
            same_ids(file.words.pages, declared, file.words.keys, file.name, "page")
            asked = [question.id for page in pages for question in page.questions]
            same_ids(file.words.questions, asked, file.words.keys, file.name, "question")
            return Step(name, number, file.words.title, tuple(pages))
        return None

    def _page(self, number: int, node: Node, file: StepFile) -> Page:
        given = Fields(node, "a page", ("page", "sensitive", "questions"))
        name = given.scalar("page")
        if not _ADDRESS.fullmatch(name.text):
            refuse(name.place, f"'{name.text}' is not a page address", "use small letters and -")
        if name.text in TAKEN_PAGES or f"page {name.text}" in self._places:
            refuse(name.place, f"the page address '{name.text}' is taken", "use another one")
        self._places[f"page {name.text}"] = name.place
        names = Names(dict(self._asked), self._limits)
        questions = [self._question(item, names, file) for item in given.items("questions")]
        if name.text not in file.words.pages:
            refuse(name.place, f"the page '{name.text}' has no text", f"add it to {file.name}")
        words = file.words.pages[name.text]
        sensitive = given.yes("sensitive")
        return Page(name.text, number, words.title, words.lead, sensitive, tuple(questions))

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
        numbers = {name for name, asked in self._asked.items() if asked.kind is Kind.NUMBER}
        for question in self._asked.values():
            if question.above and question.above not in numbers - {question.id}:
                with self.faults.gathered():
                    hint = did_you_mean(question.above, numbers, "name a number question")
                    what = f"there is no number '{question.above}' to be above"
                    refuse(self._places[question.id], what, hint)


def _gate_reader(names: Names) -> GateReader:
    def read(node: Node, fields: dict[str, Question] | None = None) -> Condition:
        scalar(node, "the condition of a question")
        return parse(node, names if fields is None else Names(fields, names.limits))

    return read
