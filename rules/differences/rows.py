"""A content as rows to compare: for each part a name, and what it says in words."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any

from rules.catalogue.limits import Limit
from rules.catalogue.rules import Rule
from rules.content import Content
from rules.english import English
from rules.questions.model import Citation, Question

Row = tuple[str, str]  # what it is called, and what it says
Rows = Mapping[str, Row]


def _rules(content: Content) -> dict[str, Rows]:
    return {rule.id: dict(_rule(content, rule)) for rule in content.rules}


def _rule(content: Content, rule: Rule) -> Iterator[tuple[str, Row]]:
    defaults = {name: limit.default for name, limit in content.limits.items()}
    sentence = English(content, defaults).sentence(rule.when)
    when = " / ".join((sentence.head, *sentence.points))
    # A name in the sentence may mean something else now: what it stands for is compared too.
    terms = English(content, defaults).terms([rule.when])
    yield "when", ("when", when)
    for name, term in terms.items():
        yield f"term {name}", (f"‹{name}›", " / ".join((term.head, *term.points)))
    names = content.words.levels
    unknown = names[rule.if_unknown] if rule.if_unknown else "not shown"
    yield "level", ("level", names[rule.level])
    yield "if_unknown", ("level if unknown", unknown)
    yield "sources", ("sources", _cited(rule.sources))
    for name in ("title", "patient", "ask", "clinician", "block", "unknown_wording"):
        yield name, (name.replace("_", " "), getattr(rule, name))


def _limits(content: Content) -> dict[str, Rows]:
    return {name: dict(_limit(limit)) for name, limit in content.limits.items()}


def _limit(limit: Limit) -> Iterator[tuple[str, Row]]:
    yield "default", ("value", f"{limit.default} {limit.unit}")
    yield "bounds", ("bounds", f"{limit.low} to {limit.high}")
    yield "name", ("name", limit.name)
    yield "basis", ("basis", limit.basis)
    yield "sources", ("sources", _cited(limit.sources))


def _questions(content: Content) -> dict[str, Rows]:
    found: dict[str, Rows] = {}
    for question in content.questionnaire.by_id.values():
        found[question.id] = dict(_question(content, question))
        for field in question.fields:
            found[f"{question.id}.{field.id}"] = dict(_question(content, field, question))
    return found


def _question(
    content: Content, question: Question, listed: Question | None = None
) -> Iterator[tuple[str, Row]]:
    for name in ("ask", "hint", "short", "thing", "kind", "unit", "above"):
        yield name, (name, str(getattr(question, name)))
    options = [f"{option.token} “{option.label}”" for option in question.options]
    yield "options", ("options", ", ".join(options))
    numbers = ((name, getattr(question, name)) for name in _NUMBERS)
    told = (
        f"{name.replace('_', ' ')} {value}"
        for name, value in numbers
        if value or (name in {"low", "high"} and value is not None)
    )
    yield "numbers", ("bounds", ", ".join(told))
    yield "ranges", ("ranges", ", ".join(f"{token} {ends}" for token, ends in question.ranges))
    yield "sources", ("sources", _cited(question.sources))
    yield "ask_if", ("is asked", English(content).asked(question, listed))


_NUMBERS = ("low", "high", "odd_below", "odd_above", "decimals", "longest", "most", "may_skip")


def _cited(sources: tuple[Citation, ...]) -> str:
    return "; ".join(f"{cited.source} {cited.section}".rstrip() for cited in sources)


def _plain(row: Any) -> Rows:  # noqa: ANN401 - any of our frozen records
    return {
        part.name: (part.name.replace("_", " "), _said(getattr(row, part.name)))
        for part in fields(row)
    }


def _said(value: object) -> str:
    """A value as a reader would write it."""
    match value:
        case bool():
            return "yes" if value else "no"
        case None:
            return ""
        case tuple():
            return " / ".join(map(_said, value))
        case Mapping():
            return " / ".join(f"{name}: {_said(each)}" for name, each in value.items())
        case _ if is_dataclass(value):
            rows = _plain(value).values()
            return ", ".join(f"{label} {said}" for label, said in rows if said)
        case _:
            return str(value)


def _sources(content: Content) -> dict[str, Rows]:
    return {name: _plain(source) for name, source in content.sources.items()}


def _medicines(content: Content) -> dict[str, Rows]:
    return {medicine.token: _plain(medicine) for medicine in content.medicines}


def _lines(content: Content) -> dict[str, Rows]:
    places = {**content.helplines.countries, "elsewhere": content.helplines.world}
    found: dict[str, Rows] = {}
    for name, place in places.items():
        lines = {line.id: line for line in place.lines}
        rows = _plain(replace(place, lines=()))
        found[name] = {**rows, "order": ("lines", ", ".join(lines))}
        found |= {f"{name} {line}": _plain(told) for line, told in lines.items()}
    return found


def _pages(content: Content) -> dict[str, Rows]:
    return {
        page.id: {
            "title": ("title", page.title),
            "lead": ("lead", page.lead),
            "questions": ("questions", ", ".join(question.id for question in page.questions)),
        }
        for page in content.questionnaire.pages
    }


def _words(content: Content) -> dict[str, Rows]:
    return {"of the summary": _plain(content.words)}


KINDS: tuple[tuple[str, Callable[[Content], Mapping[str, Rows]]], ...] = (
    ("rule", _rules),
    ("limit", _limits),
    ("question", _questions),
    ("page", _pages),
    ("medicine", _medicines),
    ("source", _sources),
    ("help", _lines),
    ("word", _words),
)
