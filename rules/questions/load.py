"""Read the steps: logic and words joined into questions that can be asked.

Everything but the conditions is read first. A condition is read when all questions
are known to be sound, so one slip in a question is told once, and not again by every
condition that names it.
"""

import re
from dataclasses import dataclass

from rules.faults import Faults, Place, did_you_mean, refuse
from rules.fields import Fields, Places, ids_in
from rules.kinds import Kind
from rules.questions.gates import Limited, with_gates
from rules.questions.model import Page, Question, Questionnaire, Step
from rules.questions.one import read_question
from rules.questions.parts import Surroundings
from rules.questions.words import StepWords, same_ids
from rules.reader import Mapping, Node

_ADDRESS = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
# Addresses that the wizard keeps for itself; a page cannot have them.
TAKEN_PAGES = {"check", "finish", "a-word-1", "a-word-2", "a-word-3"}


@dataclass(frozen=True, slots=True)
class StepFile:
    """One step as it stands in its two files."""

    logic: Mapping
    words: StepWords


def read_questionnaire(
    files: list[StepFile], around: Surroundings, limits: Limited
) -> Questionnaire:
    """Read every step in order; a condition sees only what is asked on earlier pages."""
    reading = _Reading(around)
    steps: list[Step] = []
    for number, file in enumerate(files, 1):
        with reading.faults.gathered():
            steps.append(reading.step(number, file))
    reading.faults.settle()
    reading.check_pairs()
    return Questionnaire(with_gates(steps, reading.nodes, limits))


class _Reading:
    """What has been read so far."""

    def __init__(self, around: Surroundings) -> None:
        self.faults = Faults()
        self.nodes: dict[str, Node] = {}
        self._around = around
        self._asked: dict[str, Question] = {}
        self._pages: dict[str, Place] = {}

    def step(self, number: int, file: StepFile) -> Step:
        given = Fields(file.logic, "a file of questions", ("step", "pages"))
        nodes = given.items("pages")
        self._check_texts(nodes, file.words)
        pages = []
        for node in nodes:
            with self.faults.gathered():
                pages.append(self._page(number, node, file.words))
        return Step(given.token("step"), number, file.words.title, tuple(pages))

    def _check_texts(self, pages: tuple[Node, ...], words: StepWords) -> None:
        same_ids(words.page_places, ids_in(pages, "page"), words.file, "page")
        asked: Places = {}
        for page in pages:
            asked |= ids_in(_questions(page))
        same_ids(words.question_places, asked, words.file, "question")

    def _page(self, number: int, node: Node, words: StepWords) -> Page:
        given = Fields(node, "a page", ("page", "sensitive", "questions"))
        name = given.scalar("page")
        if not _ADDRESS.fullmatch(name.text):
            refuse(name.place, f"'{name.text}' is not a page address", "use small letters and -")
        if name.text in TAKEN_PAGES or name.text in self._pages:
            refuse(name.place, f"the page address '{name.text}' is taken", "use another one")
        self._pages[name.text] = name.place
        questions = []
        for item in given.items("questions"):
            with self.faults.gathered():
                questions.append(self._question(item, words))
        said, sensitive = words.pages[name.text], given.yes("sensitive")
        return Page(name.text, number, said.title, said.lead, sensitive, tuple(questions))

    def _question(self, node: Node, words: StepWords) -> Question:
        question = read_question(node, words.questions, self._around)
        if question.id in self._asked:
            first = self.nodes[question.id].place
            refuse(node.place, f"'{question.id}' is already asked at {first}", "use another id")
        self._asked[question.id] = question
        self.nodes[question.id] = node
        return question

    def check_pairs(self) -> None:
        """A number that must be above another one needs that other one."""
        numbers = {name for name, asked in self._asked.items() if asked.kind is Kind.NUMBER}
        for question in self._asked.values():
            if question.above and question.above not in numbers - {question.id}:
                place = Fields(self.nodes[question.id], "", _any_key(self.nodes[question.id]))
                hint = did_you_mean(question.above, numbers, "name a number question")
                what = f"there is no number '{question.above}' to be above"
                refuse(place.get("above").place, what, hint)


def _questions(page: Node) -> tuple[Node, ...]:
    listed = page.entries.get("questions") if isinstance(page, Mapping) else None
    return getattr(listed, "items", ())


def _any_key(node: Node) -> tuple[str, ...]:
    return tuple(node.entries) if isinstance(node, Mapping) else ()
