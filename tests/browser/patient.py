"""Somebody in front of a real browser, who answers page after page as the answers say.

    Patient(page, content, address).go("/").begin().walk(answers)

It works with scripts off: what runs in the page is the test's own, not the page's. Labels and
buttons are pressed where they stand, and only if nothing lies on top of them. Playwright's locators
would do as well, but they cost half of the time of a journey.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Self
from urllib.parse import urlsplit

from playwright.sync_api import Page, Response

import rules

CHECK = "/form/check"
MOST_PAGES = 120
DRAWN_FROM = "x-drawn-from"
TYPED = {rules.Kind.NUMBER, rules.Kind.TEXT}
Answers = Mapping[str, Any]


class Patient:
    """Reads a page, fills it in, presses a button."""

    def __init__(self, page: Page, content: rules.Content, address: str) -> None:
        self.page = page
        self.content = content
        self.address = address
        self.trail: list[str] = []
        self.left_empty: set[str] = set()
        self.drawn_from = ""  # the template of the page in front, where the server tells it
        page.on("response", self._came)

    @property
    def at(self) -> str:
        """The path of the page in front of the patient."""
        return urlsplit(self.page.url).path

    @property
    def heading(self) -> str:
        said: str = self.page.evaluate("document.querySelector('h1').innerText")
        return " ".join(said.split())

    @property
    def problems(self) -> list[str]:
        """What the page asks to put right."""
        return self.page.locator(".sum a").all_inner_texts()

    @property
    def left_out(self) -> set[str]:
        """The questions that the list of problems leads to."""
        return set(self.page.evaluate(POINTED_AT))

    @property
    def text(self) -> str:
        """All that can be read on the page."""
        return self.page.locator("body").inner_text()

    def go(self, path: str) -> Self:
        self.page.goto(self.address + path)
        return self._arrived()

    def back(self) -> Self:
        self.page.go_back()
        return self._arrived()

    def press(self, words: str) -> Self:
        """Press the button in the main part that says this."""
        return self._leave_by("main button", words)

    def follow(self, words: str) -> Self:
        """Follow the first link that says this."""
        return self._leave_by("a[href]", words)

    def begin(self) -> Self:
        return self.press("Start")

    def walk(self, answers: Answers, *, until: str = CHECK) -> Self:
        """Answer every page that comes, and carry on where help is offered."""
        for _turn in range(MOST_PAGES):
            if self.at == until:
                return self
            assert self.at != CHECK, f"{until} was not on the way: {self.trail}"
            self.step(answers)
        raise AssertionError(f"still at {self.at} after {MOST_PAGES} pages")

    def step(self, answers: Answers) -> Self:
        """Answer the page in front, whatever kind of page it is."""
        _form, name, *more = self.at.strip("/").split("/")
        if name in INTERRUPTIONS:
            return self.press("Carry on with the form")
        if more == ["is-this-right"]:
            return self.press("Yes, keep it")
        page = self.content.questionnaire.page(name)
        if page.questions and page.questions[0].kind is rules.Kind.ENTRIES:
            return self.add_all(page.questions[0], answers.get(page.questions[0].id) or [])
        return self.answer_page(answers)

    def answer_page(self, answers: Answers) -> Self:
        """Answer the question page in front."""
        page = self.content.questionnaire.page(self.at.split("/")[2])
        return self.fill_in(page.questions, answers).save()

    def add_all(self, question: rules.Question, entries: Sequence[Answers]) -> Self:
        """Add each entry to the list, then go on."""
        for entry in entries:
            self.follow("Add a").fill_in(question.fields, entry).save()
        return self.press("Save and continue" if entries else "Go on without")

    def fill_in(self, questions: Sequence[rules.Question], answers: Answers) -> Self:
        """Answer those of the questions that the page asks; None leaves one as it is."""
        drawn = self.page.evaluate(DRAWN)
        self.left_empty = {q.id for q in questions if answers.get(q.id) is None}
        asked = {
            question.id: (question, answers[question.id])
            for question in questions
            if drawn.get(question.id) and answers.get(question.id) is not None
        }
        for name, (question, value) in asked.items():
            if question.kind in TYPED:
                self.page.fill(f"#{name}", str(value))
            elif drawn[name] == "select-one":
                self.page.select_option(f"#{name}", value)
        picked = {name: value for name, (_q, value) in asked.items() if drawn[name] in PICKED}
        covered = self.page.evaluate(PICK, picked)
        assert [] == covered, f"{self.at}: something lies on top of {covered}"
        return self

    def save(self) -> Self:
        """Press the first button; where a question has no answer, leave it empty and go on."""
        self._leave_by("main form button")
        if missing := self.left_out:
            assert missing <= self.left_empty, f"{self.at}: {self.problems}"
            self._leave_by("button[name=skip]")
        return self

    def _leave_by(self, kind: str, words: str = "") -> Self:
        self.page.wait_for_load_state()  # a style that came late would move it away
        with self.page.expect_navigation(wait_until="domcontentloaded"):
            pressed = self.page.evaluate(PRESS, [kind, words])
            assert pressed, f"{self.at}: no {kind} says {words!r}, or something lies on top of it"
        return self._arrived()

    def _came(self, response: Response) -> None:
        if response.request.is_navigation_request():
            self.drawn_from = response.headers.get(DRAWN_FROM, "")

    def _arrived(self) -> Self:
        self.trail.append(self.at)
        return self


INTERRUPTIONS = {"a-word-1", "a-word-2", "a-word-3"}
PICKED = {"radio", "checkbox"}
# The questions that the list of problems leads to.
POINTED_AT = """() => [...document.querySelectorAll(".sum a")]
    .map(link => link.hash.slice(1).replace(/-\\d+$/, ""))"""
# The questions on the page, by name, each with its kind of input.
DRAWN = """() => Object.fromEntries(
    [...document.querySelectorAll("main form [name]")].map(box => [box.name, box.type]))"""
# The middle of an element, when a person can press it there.
MIDDLE = """const middle = place => {
    place.scrollIntoView({block: "center", behavior: "instant"});
    const {x, y, width, height} = place.getBoundingClientRect();
    const spot = [x + width / 2, y + height / 2];
    return place.contains(document.elementFromPoint(...spot)) ? spot : null;
};"""
# Found and pressed at once: the browser scrolls when it likes to what has the focus at first.
PRESS = f"""([kind, words]) => {{
    {MIDDLE}
    const place = [...document.querySelectorAll(kind)].find(one =>
        one.checkVisibility() && one.textContent.replace(/\\s+/g, " ").includes(words));
    if (!place || !middle(place)) return false;
    place.click();
    return true;
}}"""
# Press the labels that make just these answers chosen; return those that cannot be reached.
PICK = f"""answers => Object.entries(answers).flatMap(([name, value]) => {{
    {MIDDLE}
    const wanted = [].concat(value);
    const boxes = [...document.getElementsByName(name)];
    const missing = wanted.filter(token => !boxes.some(box => box.value === token));
    const covered = boxes
        .filter(box => box.checked !== wanted.includes(box.value))
        .filter(box => box.type === "checkbox" || wanted.includes(box.value))
        .map(box => box.labels[0])
        .filter(label => middle(label) ? label.click() : true);
    return [...missing, ...covered.map(label => label.textContent)];
}})"""
