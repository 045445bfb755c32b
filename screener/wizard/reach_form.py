"""The form that asks how to reach a person: only what the clinic wants to know."""

# ruff: noqa: ANN401 - WTForms takes data of any type

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Literal, cast

from wtforms import Field
from wtforms.form import BaseForm

from screener.language import _
from screener.settings import Sending
from screener.store import Contact
from screener.wizard import contacts
from screener.wizard.forms import NoCsrf, Sent

NEEDED, NO = "needed", "no"
REACH = ("phone", "email")


@dataclass(frozen=True)
class Ask:
    """One thing to ask: its words, and how the answer is read.

    ``kind`` is the type of the input, or "choice" for yes and no; ``autocomplete`` what a browser
    may fill in by itself.
    """

    label: str
    hint: str
    missing: str
    wrong: str = ""
    kind: Literal["text", "tel", "email", "choice"] = "text"
    autocomplete: Literal["name", "tel", "email", "off"] = "off"
    thing: str = ""  # what must not be longer than `longest`
    longest: int = 0
    read: Callable[[str], str] = str


def asks() -> dict[str, Ask]:
    """Everything that a clinic may ask, in the order of the page."""
    return {
        "name": Ask(
            _("Your name"),
            "",
            _("Enter your name"),
            _("Enter your name in letters"),
            thing=_("Your name"),
            longest=80,
            autocomplete="name",
            read=contacts.name,
        ),
        **ways(),
        "message": Ask(
            _("May a message name the clinic?"),
            _("Someone else may hear or read a message to you."),
            _("Select yes if a message may name the clinic"),
            kind="choice",
        ),
        "best_time": Ask(
            _("When is a good time to reach you?"),
            _("For example, weekday mornings."),
            _("Enter a time that is good for you"),
            thing=_("The good time"),
            longest=120,
        ),
    }


def ways() -> dict[str, Ask]:
    """The ways in which a person may be reached."""
    return {
        "phone": Ask(
            _("Phone number"),
            _("Like 555 010 0199, or +44 20 7946 0000 for another country."),
            _("Enter a phone number"),
            _("Enter a phone number in digits, like 555 010 0199"),
            kind="tel",
            autocomplete="tel",
            read=contacts.phone,
        ),
        "email": Ask(
            _("E-mail address"),
            _("Choose one that only you read."),
            _("Enter an e-mail address"),
            _("Enter an e-mail address, like name@example.com"),
            kind="email",
            autocomplete="email",
            read=contacts.email,
        ),
    }


class ReachField(Field):
    """One thing that the clinic asks. ``raw`` is what was typed, ``data`` what it says."""

    raw = ""

    def __init__(self, ask: Ask, wish: str, **bound: Any) -> None:
        super().__init__(label=ask.label, description=ask.hint, **bound)
        self.ask = ask
        self.needed = wish == NEEDED
        self.data: str = ""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was typed, or say what to put right."""
        self.raw = contacts.line(valuelist[0]) if valuelist else ""
        self.data = ""
        if self.ask.kind == "choice" and self.raw not in {"yes", "no"}:
            self.raw = ""
        if not self.raw:
            if self.needed:
                raise ValueError(self.ask.missing)
            return
        if self.ask.longest and len(self.raw) > self.ask.longest:
            raise ValueError(too_long(self.ask, len(self.raw)))
        try:
            self.data = self.ask.read(self.raw)
        except contacts.CannotReach as slip:
            raise ValueError(self.ask.wrong) from slip


class ReachForm(BaseForm):
    """The fields that the clinic's settings ask for."""

    def __init__(self, wanted: Sending) -> None:
        wishes = {name: getattr(wanted, name) for name in asks()}
        asked = [name for name in REACH if wishes[name] != NO]
        # Whoever cannot be reached cannot be helped. With both ways asked, either will do.
        if len(asked) == 1:
            wishes[asked[0]] = NEEDED
        self.either = len(asked) > 1 and NEEDED not in {wishes[name] for name in REACH}
        fields = {
            name: ReachField(ask, wishes[name])
            for name, ask in asks().items()
            if wishes[name] != NO
        }
        super().__init__(fields, meta=NoCsrf())  # type: ignore[arg-type]
        self.process()

    def __iter__(self) -> Iterator[ReachField]:
        """Iterate over the fields, in the order of the page."""
        return cast("Iterator[ReachField]", iter(self._fields.values()))

    def read(self, sent: Sent, *, check: bool = True) -> None:
        """Read what a browser sent; with `check`, say what to put right."""
        self.process(sent)
        if not check:
            return
        self.validate()
        ways = [field for field in self if field.name in REACH]
        if self.either and not any(field.raw for field in ways):
            ways[0].errors = [_("Enter a phone number or an e-mail address")]

    @property
    def problems(self) -> list[tuple[str, str]]:
        """Where each slip is and what to do, for the summary on top of the page."""
        return [(f"#{anchor(field)}", str(field.errors[0])) for field in self if field.errors]

    @property
    def contact(self) -> Contact:
        """How to reach the person."""
        said = {field.name: field.data for field in self}
        may = said.pop("message", "")
        return Contact(**said, may_name_clinic=may)  # type: ignore[arg-type]


def anchor(field: ReachField) -> str:
    """Return the id of the first input of a field."""
    return f"{field.id}-0" if field.ask.kind == "choice" else str(field.id)


def too_long(ask: Ask, length: int) -> str:
    """Say how long an answer may be, and how long it is."""
    said = {"thing": ask.thing, "most": ask.longest, "length": length}
    return _("%(thing)s must be %(most)s characters or less. Now it has %(length)s.") % said
