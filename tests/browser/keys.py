"""Somebody without a mouse: each page is answered and left by Tab, arrows, Space and letters.

What can be done is found as they find it, by going from stop to stop.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Self

from playwright.sync_api import Response

import rules
from tests.browser.patient import Answers, Patient

MOST_STOPS = 120
BUTTON = "main form button"
FOCUSED = """() => {
    const one = document.activeElement;
    const group = one.type === "radio" ? [...document.getElementsByName(one.name)] : [];
    return {
        name: one.name || "", type: one.type || "", value: one.value || "", checked: one.checked,
        values: [...(one.options || group)].map(choice => choice.value),
    };
}"""
IS_ON = """([kind, words]) => {
    const one = document.activeElement;
    return one.matches(kind) && one.textContent.replace(/\\s+/g, " ").includes(words);
}"""


def is_pdf(response: Response) -> bool:
    return response.headers.get("content-type") == "application/pdf"


class Keys(Patient):
    """Answers as the answers say, with keys alone."""

    def fill_in(self, questions: Sequence[rules.Question], answers: Answers) -> Self:
        """Go through the page once, down to its button, and answer what comes."""
        wanted = {q.id: answers[q.id] for q in questions if answers.get(q.id) is not None}
        self.left_empty = {question.id for question in questions} - wanted.keys()
        for _stop in range(MOST_STOPS):
            self.page.keyboard.press("Tab")
            if self._is_on(BUTTON):
                return self
            on = self.page.evaluate(FOCUSED)
            if on["name"] in wanted:
                self._answer(on, wanted[on["name"]])
        raise AssertionError(f"{self.at}: Tab does not reach the button")

    def _answer(self, on: Mapping[str, Any], value: Any) -> None:
        keys = self.page.keyboard
        match on["type"]:
            case "radio" | "select-one":
                steps = on["values"].index(value) - on["values"].index(on["value"])
                for _step in range(abs(steps)):
                    keys.press("ArrowDown" if steps > 0 else "ArrowUp")
                if not steps:
                    keys.press("Space")
            case "checkbox":
                if (on["value"] in value) != on["checked"]:
                    keys.press("Space")
            case _:
                keys.type(str(value))

    def open_paper(self, words: str) -> bytes:
        """Go to the link that says this, open it, and return the PDF that the browser shows."""
        self._go_to("a[href]", words)
        with self.page.expect_response(is_pdf) as shown:
            self.page.keyboard.press("Enter")
        return self.page.request.get(shown.value.url).body()

    def _leave_by(self, kind: str, words: str = "") -> Self:
        self._go_to(kind, words)
        with self.page.expect_navigation(wait_until="domcontentloaded"):
            self.page.keyboard.press("Enter")
        return self._arrived()

    def _go_to(self, kind: str, words: str) -> None:
        for _stop in range(MOST_STOPS):
            if self._is_on(kind, words):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"{self.at}: Tab does not reach a {kind} that says {words!r}")

    def _is_on(self, kind: str, words: str = "") -> bool:
        return bool(self.page.evaluate(IS_ON, [kind, words]))
