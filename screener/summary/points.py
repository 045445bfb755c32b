"""Findings become points: what was said, why it matters, what to ask, from which source."""

from collections.abc import Iterable

from rules import Answers, Content, Finding
from screener.summary.answers import said
from screener.summary.model import Citation, Point, SourceLine


def points(
    content: Content, findings: Iterable[Finding], counted: Answers
) -> tuple[tuple[Point, ...], tuple[SourceLine, ...]]:
    """Turn findings into points, in their order, and number the sources they cite."""
    numbers: dict[str, int] = {}
    made = tuple(point(content, finding, counted, numbers) for finding in findings)
    return made, tuple(source(content, id_, number) for id_, number in numbers.items())


def point(content: Content, finding: Finding, counted: Answers, numbers: dict[str, int]) -> Point:
    """One finding in words; its sources get the next free numbers."""
    rule = finding.rule
    return Point(
        rule=rule.id,
        topic=rule.topic.title,
        title=rule.title,
        level=finding.level.value,
        level_name=content.words.levels[finding.level],
        undecided=finding.undecided,
        block=rule.block,
        said=tuple(one for id_ in finding.because for one in said(content, id_, counted)),
        patient=finding.patient,
        ask=finding.ask,
        clinician=finding.clinician,
        citations=tuple(
            Citation(each.source, each.section, numbers.setdefault(each.source, len(numbers) + 1))
            for each in rule.sources
        ),
    )


def source(content: Content, id_: str, number: int) -> SourceLine:
    """A source as it is printed at the end."""
    found = content.sources[id_]
    text = ". ".join(part for part in (found.title, found.publisher, str(found.year)) if part)
    text = text.replace(".. ", ". ")  # after "et al."
    return SourceLine(number, id_, text, found.verified)
