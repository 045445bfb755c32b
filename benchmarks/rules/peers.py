"""Other engines, each asked in the way that suits it best: all rules in one expression."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from importlib.metadata import version
from typing import Any

import cel
import datalogic_py
import json_logic
import zen

import rules
from benchmarks.rules.languages import CEL, ZEN, JsonLogic, Language, NoWordsError
from benchmarks.rules.people import Facts
from rules.conditions.tree import Condition

Run = Callable[[Facts], Any]


@dataclass(frozen=True)
class Peer:
    """Another engine.

    Attributes:
        package: its name where it is published.
        about: what it is.
        write: how it says a condition.
        join: makes one expression of many.
        compile: makes a function of an expression.
        never: how it says false.
        prepare: lays out the plain facts of a patient as this engine likes them, untimed.
    """

    package: str
    about: str
    write: Callable[[rules.Limits], Callable[[Condition], Any]]
    join: Callable[[list[Any]], Any]
    compile: Callable[[Any], Run]
    never: Any
    prepare: Callable[[Facts], Facts] = dict

    @property
    def name(self) -> str:
        """The name for a table."""
        return f"{self.package} {version(self.package)}"

    def written(self, content: rules.Content, conditions: Sequence[Condition]) -> list[Any | None]:
        """Each condition in this language; None where it has no words for one."""
        write = self.write(content.limits)
        return [_or_none(write, condition) for condition in conditions]

    def together(self, written: Sequence[Any | None]) -> Run:
        """One function for all conditions; what has no words is left out as false."""
        return self.compile(self.join([self.never if each is None else each for each in written]))

    def apart(self, written: Sequence[Any | None]) -> Callable[[Facts], Iterator[bool | None]]:
        """A function for each condition, so that one that fails takes no other with it."""
        runs = [None if each is None else self.compile(each) for each in written]
        return lambda facts: (None if run is None else _verdict(run, facts) for run in runs)


def _or_none(write: Callable[[Condition], Any], condition: Condition) -> Any | None:  # noqa: ANN401
    try:
        return write(condition)
    except NoWordsError:
        return None


def _verdict(run: Run, facts: Facts) -> bool | None:
    """Yes or no; None when the engine stops with an error or has no answer."""
    try:
        found = run(facts)
    except Exception:  # noqa: BLE001 - each engine has errors of its own, and any says "no answer"
        return None
    return found if isinstance(found, bool) else None


def _listed(parts: list[str]) -> str:
    return f"[{', '.join(parts)}]"


def _known(facts: Facts) -> Facts:
    """CEL tells a field that is not there by an error, and that is its way to say unknown."""
    kept = {name: value for name, value in facts.items() if value is not None}
    for name, value in kept.items():
        if isinstance(value, list):
            kept[name] = [_known(one) if isinstance(one, dict) else one for one in value]
    return kept


PEERS = (
    Peer(
        "zen-engine",
        "an expression language, in Rust",
        lambda limits: Language(ZEN, limits.numbers).write,
        _listed,
        lambda expression: zen.compile_expression(expression).evaluate,
        never="false",
    ),
    Peer(
        "common-expression-language",
        "CEL, in Rust",
        lambda limits: Language(CEL, limits.numbers).write,
        _listed,
        lambda expression: cel.compile(expression).execute,
        never="false",
        prepare=lambda facts: {"a": _known(facts)},
    ),
    Peer(
        "datalogic-py",
        "JsonLogic, in Rust",
        lambda limits: JsonLogic(limits.numbers).write,
        list,
        lambda logic: datalogic_py.Engine().compile(logic).evaluate,
        never=False,
    ),
    Peer(
        "json-logic-modernized",
        "JsonLogic, in Python",
        lambda limits: JsonLogic(limits.numbers).write,
        list,
        lambda logic: partial(json_logic.jsonLogic, logic),
        never=False,
    ),
)
