"""All content, laid out as plain words for the sign-off sheet."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import rules
from rules.content import SHIPPED
from rules.english import English
from rules.promises import Promises, read_promises
from rules.promises.reading import FILE
from screener.renderers.sheet import words
from screener.renderers.sheet.asked import StepRow, steps
from screener.renderers.sheet.beside import quiet
from screener.renderers.sheet.tables import MedicineRow, PlaceRow, medicines, places
from screener.renderers.sheet.topics import Cited, TopicRow, cited, topics


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
    promises: tuple[tuple[str, str], ...]
    exceptions: tuple[tuple[str, str], ...]
    topics: tuple[TopicRow, ...]
    steps: tuple[StepRow, ...]
    medicines: tuple[MedicineRow, ...]
    places: tuple[PlaceRow, ...]
    sources: tuple[SourceRow, ...]
    quiet: tuple[tuple[str, str], ...]

    def as_data(self) -> dict[str, Any]:
        """Plain lists and texts, for a template."""
        return asdict(self)


def sheet(content: rules.Content, folder: Path | None = None) -> Sheet:
    """Put all content into words, and what is promised in the folder that it was loaded from."""
    said, promises = English(content), _promises(content, folder)
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
        promises=tuple(_promised(promises)) if promises else (),
        exceptions=tuple(_exceptions(content, promises)) if promises else (),
        topics=topics(content, said, promises),
        steps=steps(content, said),
        medicines=tuple(medicines(content)),
        places=tuple(places(content)),
        sources=tuple(_source(source) for source in content.sources.values()),
        quiet=quiet(content),
    )


def _promises(content: rules.Content, folder: Path | None) -> Promises | None:
    """What is promised; a content that is being written may promise nothing yet."""
    written = ((folder or SHIPPED) / FILE).is_file()
    return read_promises(content, folder) if written else None


def _promised(promises: Promises) -> list[tuple[str, str]]:
    """What is promised, by the number of the safety property."""
    found = [*words.GENERAL, *((each.property, each.says) for each in promises.promises)]
    return sorted(found, key=lambda row: int(row[0]))


def _exceptions(content: rules.Content, promises: Promises) -> Iterator[tuple[str, str]]:
    for name, because in promises.excused["concern-never-calmer"].items():
        yield content.questionnaire.question(name).short, because


def _limit(content: rules.Content, limit: rules.Limit) -> LimitRow:
    unit = content.words.units[limit.unit]
    sources = cited(content, limit.sources)
    value, bounds = f"{limit.value} {unit}", f"{limit.low} to {limit.high}"
    return LimitRow(limit.id, limit.name, value, bounds, limit.basis, sources)


def _source(source: rules.Source) -> SourceRow:
    text = ", ".join(part for part in (source.title, source.publisher, source.year) if part)
    return SourceRow(source.id, text, words.mark(verified=source.verified), source.note)
