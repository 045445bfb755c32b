"""What the application is made of, reachable from every view."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal, TypeVar, cast

from flask import Flask, current_app

import rules
from screener.settings import Settings
from screener.store import Intake, Store

KEY = "screener"
Room = TypeVar("Room")


Side = Literal["patient", "staff"]


@dataclass(frozen=True)
class Parts:
    """The settings, the content, the limits of this clinic, and the store.

    A process may run one side alone: then it has no way to what the other side keeps.
    """

    settings: Settings
    content: rules.Content
    limits: rules.Limits
    patients_store: Store | None
    staff_store: Intake | None

    @property
    def store(self) -> Store:
        """The patients' side of the store."""
        return _here(self.patients_store)

    @property
    def intake(self) -> Intake:
        """The staff side of the store."""
        return _here(self.staff_store)

    def interrupting(
        self, path: rules.Path, on: Collection[str] | None = None
    ) -> tuple[rules.Finding, ...]:
        """Say what calls for help before the next question, under this clinic's limits.

        Args:
            path: the path of the answers.
            on: only what reads an answer to one of these questions; all when it is None.
        """
        return rules.interrupting(self.content, path, self.limits, on)

    def walk(self, answers: rules.Answers) -> rules.Path:
        """Derive the way through the questionnaire from the answers."""
        return rules.walk(self.content, answers, self.limits)


def install(app: Flask, made_of: Parts) -> None:
    """Let the views of this application reach its parts."""
    app.extensions[KEY] = made_of


def parts() -> Parts:
    """Return the parts of the application that answers this request."""
    return of(current_app)


def of(app: Flask) -> Parts:
    """Return the parts of an application."""
    return cast("Parts", app.extensions[KEY])


def _here(room: Room | None) -> Room:
    if room is None:
        raise LookupError("this process does not run that side")
    return room
