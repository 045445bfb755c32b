"""All content, laid out as plain words for the sign-off sheet."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from itertools import groupby
from typing import Any

import rules
from rules.catalogue.rules import Rule
from rules.english import English
from screener.renderers.sheet import words
from screener.renderers.sheet.beside import Beside, beside, quiet


@dataclass(frozen=True, slots=True)
class Cited:
    """A source of a rule or a limit."""

    id: str
    section: str
    mark: str


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


@dataclass(frozen=True, slots=True)
class LimitRow:
    """One limit with its bounds."""

    id: str
    name: str
    value: str
    bounds: str
    basis: str
    sources: tuple[Cited, ...]


@dataclass(frozen=True, slots=True)
class Term:
    """What a name means that rules use."""

    name: str
    head: str
    points: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One source."""

    id: str
    text: str
    mark: str
    note: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything on the sheet, in order."""

    title: str
    version: str
    signed: str
    intro: tuple[str, ...]
    words: dict[str, str]
    levels: tuple[tuple[str, str, str], ...]
    decisions: tuple[tuple[str, str], ...]
    limits: tuple[LimitRow, ...]
    terms: tuple[Term, ...]
    topics: tuple[TopicRow, ...]
    sources: tuple[SourceRow, ...]
    quiet: tuple[tuple[str, str], ...]

    def as_data(self) -> dict[str, Any]:
        """Plain lists and texts, for a template."""
        return asdict(self)


def sheet(content: rules.Content) -> Sheet:
    """Put all content into words."""
    said = English(content)
    name = content.reviewed_by
    return Sheet(
        title=words.TITLE,
        version=content.version,
        signed=words.SIGNED.format(name=name) if name else words.NOT_SIGNED,
        intro=words.INTRO,
        words=words.LABELS,
        levels=tuple((lv, content.words.levels[lv], words.LEVELS[lv]) for lv in rules.Level),
        decisions=words.DECISIONS,
        limits=tuple(_limit(content, limit) for limit in content.limits.values()),
        terms=tuple(_terms(said, content.rules)),
        topics=tuple(_topics(content, said)),
        sources=tuple(_source(source) for source in content.sources.values()),
        quiet=quiet(content),
    )


def _terms(said: English, found: Iterable[Rule]) -> Iterator[Term]:
    for name, sentence in said.terms(rule.when for rule in found).items():
        yield Term(name, sentence.head[:1].upper() + sentence.head[1:], sentence.points)


def _topics(content: rules.Content, said: English) -> Iterator[TopicRow]:
    patients = beside(content)
    for topic, found in groupby(content.rules, key=lambda rule: rule.topic):
        rows = tuple(_rule(content, said, rule, patients[rule.id]) for rule in found)
        yield TopicRow(topic.id, topic.title, rows)


def _rule(
    content: rules.Content, said: English, rule: Rule, patients: tuple[Beside, ...]
) -> RuleRow:
    names, unknown = content.words.levels, content.words.unknown[rule.unknown_wording]
    sentence = said.sentence(rule.when)
    open_text = unknown.patient.replace("{topic}", rule.title) if rule.if_unknown else ""
    return RuleRow(
        id=rule.id,
        title=rule.title,
        level=rule.level,
        level_name=names[rule.level],
        unknown=names[rule.if_unknown] if rule.if_unknown else words.NO_UNKNOWN,
        help=words.BLOCKS[rule.block],
        head=sentence.head,
        points=sentence.points,
        patient=rule.patient,
        patient_unknown=open_text,
        ask=rule.ask,
        clinician=rule.clinician,
        sources=_cited(content, rule.sources),
        beside=patients,
    )


def _limit(content: rules.Content, limit: rules.Limit) -> LimitRow:
    unit = content.words.units[limit.unit]
    sources = _cited(content, limit.sources)
    value, bounds = f"{limit.value} {unit}", f"{limit.low} to {limit.high}"
    return LimitRow(limit.id, limit.name, value, bounds, limit.basis, sources)


def _cited(content: rules.Content, cited: Iterable[rules.Citation]) -> tuple[Cited, ...]:
    return tuple(
        Cited(each.source, each.section, _mark(content.sources[each.source])) for each in cited
    )


def _source(source: rules.Source) -> SourceRow:
    text = ", ".join(part for part in (source.title, source.publisher, source.year) if part)
    return SourceRow(source.id, text, _mark(source), source.note)


def _mark(source: rules.Source) -> str:
    return words.LABELS["verified" if source.verified else "not_verified"]
