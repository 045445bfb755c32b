"""What changed between two versions of the content, in words."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields
from typing import Any

from rules.catalogue.limits import Limit
from rules.catalogue.rules import Rule
from rules.content import Content
from rules.english import English
from rules.questions.model import Citation, Question

Row = tuple[str, str]  # what it is called, and what it says
Rows = Mapping[str, Row]


def differences(old: Content, new: Content) -> Iterator[str]:
    """Say what changed: a line for what came, went or changed, and one for each part of it."""
    if old.version != new.version:
        yield f"version {old.version} becomes {new.version}"
    for what, read in _KINDS:
        yield from _kind(what, read(old), read(new))


def _kind(what: str, old: Mapping[str, Rows], new: Mapping[str, Rows]) -> Iterator[str]:
    yield from (f"{what} {name} is gone" for name in old if name not in new)
    for name, rows in new.items():
        if name not in old:
            yield f"{what} {name} is new"
            yield from (f"  {label}: {said}" for label, said in rows.values() if said)
        elif changed := [part for part in rows if rows[part] != old[name].get(part)]:
            yield f"{what} {name} changes"
            for part in changed:
                yield from _part(old[name].get(part, ("", "")), rows[part])
    kept = [name for name in old if name in new]
    if kept != [name for name in new if name in old]:
        yield f"the order of each {what} changes"


def _part(old: Row, new: Row) -> Iterator[str]:
    yield f"  {new[0]}"
    yield f"    was: {old[1] or 'nothing'}"
    yield f"    now: {new[1] or 'nothing'}"


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
    numbers = (f"{name} {getattr(question, name)}" for name in _NUMBERS)
    yield "numbers", ("bounds", ", ".join(numbers))
    yield "ranges", ("ranges", ", ".join(f"{token} {ends}" for token, ends in question.ranges))
    yield "sources", ("sources", _cited(question.sources))
    yield "ask_if", ("is asked", English(content).asked(question, listed))


_NUMBERS = ("low", "high", "odd_below", "odd_above", "decimals", "longest", "most", "may_skip")


def _cited(sources: tuple[Citation, ...]) -> str:
    return "; ".join(f"{cited.source} {cited.section}".rstrip() for cited in sources)


def _plain(row: Any) -> Rows:  # noqa: ANN401 - any of our frozen records
    return {part.name: (part.name, str(getattr(row, part.name))) for part in fields(row)}


def _sources(content: Content) -> dict[str, Rows]:
    return {name: _plain(source) for name, source in content.sources.items()}


def _medicines(content: Content) -> dict[str, Rows]:
    return {medicine.token: _plain(medicine) for medicine in content.medicines}


def _lines(content: Content) -> dict[str, Rows]:
    places = {**content.helplines.countries, "elsewhere": content.helplines.world}
    return {name: _plain(place) for name, place in places.items()}


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


_KINDS: tuple[tuple[str, Callable[[Content], Mapping[str, Rows]]], ...] = (
    ("rule", _rules),
    ("limit", _limits),
    ("question", _questions),
    ("page", _pages),
    ("medicine", _medicines),
    ("source", _sources),
    ("help", _lines),
    ("word", _words),
)
