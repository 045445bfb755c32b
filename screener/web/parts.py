"""What the application is made of, reachable from every view."""

from dataclasses import dataclass
from typing import cast

from flask import Flask, current_app

import rules
from screener.settings import Settings
from screener.store import Store

KEY = "screener"


@dataclass(frozen=True)
class Parts:
    """The settings, the content, the limits of this clinic, and the store."""

    settings: Settings
    content: rules.Content
    limits: rules.Limits
    store: Store

    def evaluate(self, answers: rules.Answers) -> rules.Result:
        """Say what follows from the answers, under this clinic's limits."""
        return rules.evaluate(self.content, answers, self.limits)

    def walk(self, answers: rules.Answers) -> rules.Path:
        """Derive the way through the questionnaire from the answers."""
        return rules.walk(self.content, answers, self.limits)


def install(app: Flask, made_of: Parts) -> None:
    """Let the views of this application reach its parts."""
    app.extensions[KEY] = made_of


def parts() -> Parts:
    """Return the parts of the application that answers this request."""
    return cast("Parts", current_app.extensions[KEY])
