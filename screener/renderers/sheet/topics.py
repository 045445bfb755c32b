"""Each topic and its rules, in words."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

import rules
from rules.catalogue.rules import Rule
from rules.english import English
from rules.promises import Promises
from screener.renderers.sheet import words
from screener.renderers.sheet.beside import Beside, beside


@dataclass(frozen=True, slots=True)
class Cited:
    """A source of a rule or a limit."""

    id: str
    section: str
    mark: str


@dataclass(frozen=True, slots=True)
class Term:
    """What a name means that rules use."""

    name: str
    head: str
    points: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RuleRow:
    """One rule, in words."""

    id: str
    title: str
    level: str
    level_name: str
    unknown: str
    help: str
    head: str
    points: tuple[str, ...]
    terms: tuple[Term, ...]
    patient: str
    patient_unknown: str
    ask: str
    clinician: str
    sources: tuple[Cited, ...]
    beside: tuple[Beside, ...]


@dataclass(frozen=True, slots=True)
class TopicRow:
    """One topic and its rules."""

    id: str
    title: str
    rules: tuple[RuleRow, ...]


def topics(
    content: rules.Content, said: English, promises: Promises | None
) -> tuple[TopicRow, ...]:
    """Every topic, in the order of the files."""
    patients = beside(content)
    rows = {
        rule.id: _rule(content, said, rule, _unknown(content, rule, promises), patients[rule.id])
        for rule in content.rules
    }
    grouped = groupby(content.rules, key=lambda rule: rule.topic)
    return tuple(
        TopicRow(topic.id, topic.title, tuple(rows[rule.id] for rule in found))
        for topic, found in grouped
    )


def _rule(
    content: rules.Content,
    said: English,
    rule: Rule,
    unknown: str,
    patients: tuple[Beside, ...],
) -> RuleRow:
    wording, sentence = content.words.unknown[rule.unknown_wording], said.sentence(rule.when)
    open_text = wording.patient.replace("{topic}", rule.title) if rule.if_unknown else ""
    return RuleRow(
        id=rule.id,
        title=rule.title,
        level=rule.level,
        level_name=content.words.levels[rule.level],
        unknown=unknown,
        help=words.BLOCKS[rule.block],
        head=sentence.head,
        points=sentence.points,
        terms=tuple(_terms(said, rule)),
        patient=rule.patient,
        patient_unknown=open_text,
        ask=rule.ask,
        clinician=rule.clinician,
        sources=cited(content, rule.sources),
        beside=patients,
    )


def _unknown(content: rules.Content, rule: Rule, promises: Promises | None) -> str:
    """Say what is shown when the answers do not decide a rule; `--prove` proves who speaks."""
    if rule.if_unknown:
        return content.words.levels[rule.if_unknown]
    silent = promises.silent.get(rule.id) if promises else None
    if silent is None:
        return words.NEVER_OPEN if promises else words.NOT_SHOWN
    if silent.covered_by:
        return words.COVERED.format(rules=" or ".join(silent.covered_by))
    return f"{words.NOT_SHOWN}. {silent.because}"


def _terms(said: English, rule: Rule) -> Iterator[Term]:
    """Say what the names mean that a rule uses."""
    for name, sentence in said.terms([rule.when]).items():
        yield Term(name, sentence.head[:1].upper() + sentence.head[1:], sentence.points)


def cited(content: rules.Content, found: Iterable[rules.Citation]) -> tuple[Cited, ...]:
    """Sources with their marks; a section that is from memory is not verified."""
    return tuple(
        Cited(
            each.source,
            each.section,
            words.mark(
                verified=content.sources[each.source].verified
                and words.FROM_MEMORY not in each.section
            ),
        )
        for each in found
    )
