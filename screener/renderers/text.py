"""The summary as plain text, 72 columns wide."""

import textwrap
from collections.abc import Iterator

from screener.language import _
from screener.renderers import words
from screener.renderers.cleaning import tidy
from screener.renderers.help import HelpBlock, Way, blocks, closing
from screener.summary import AnswerGroup, Copy, Point, Summary, Treatment

WIDTH = 72


def text(summary: Summary, copy: Copy = "patient") -> str:
    """Write a summary for a terminal, a letter or a text field of a record system."""
    lines = (line for part in parts(summary, copy) for line in (*part, ""))
    return "\n".join(tidy(line).rstrip() for line in lines).rstrip() + "\n"


def parts(summary: Summary, copy: Copy) -> Iterator[list[str]]:
    """The parts of the page in their order: help first, the frame first and last."""
    say = words.labels(copy)
    yield from (list(help_block(block)) for block in blocks(summary))
    yield list(head(summary, copy))
    if copy == "patient":
        yield [summary.outcome.heading, *wrapped(summary.outcome.text)]
    yield [say["points"].upper()]
    yield from (list(point_lines(point, copy)) for point in summary.points)
    if copy == "patient":
        yield wrapped(summary.change_nothing)
    yield from medicines(summary, copy)
    if summary.wants_to_ask:
        yield [say["wants_to_ask"].upper(), *wrapped(summary.wants_to_ask)]
    if copy == "patient":
        yield [say["bring"].upper(), *(line for thing in summary.bring for line in item(thing))]
    yield [say["answers"].upper()]
    yield from (list(answers(group, say["not_asked"])) for group in summary.answers)
    yield from foot(summary, copy)


def head(summary: Summary, copy: Copy) -> Iterator[str]:
    """Who, when, which page, and what it is not."""
    clinic = summary.clinic
    yield "  ".join(part for part in (clinic.name, clinic.phone, clinic.hours) if part)
    yield words.title(copy)
    named = f"{_('Reference')} {summary.reference}  " if summary.reference else ""
    yield f"{named}{words.completed(summary)}"
    if summary.sent:
        yield words.sent(summary)
    yield f"{_('Name')} {'_' * 40}"
    yield ""
    yield from wrapped(summary.frame_first)
    if summary.not_reviewed:
        yield from wrapped(summary.not_reviewed)
    if copy == "clinician":
        yield f"{_('Most urgent point')}: {summary.level_name}"


def foot(summary: Summary, copy: Copy) -> Iterator[list[str]]:
    """Sources, help, the frame again, the version."""
    if copy == "clinician":
        unchecked = _("from memory, not yet checked")
        lines = (
            f"[{one.number}] {one.id} {one.text}{'' if one.verified else f' ({unchecked})'}"
            for one in summary.sources
        )
        yield [_("Sources").upper(), *(part for line in lines for part in wrapped(line, "    "))]
    last = closing(summary)
    if last:
        yield list(help_block(last))
    yield [*wrapped(summary.frame_last), words.version(summary)]


def help_block(block: HelpBlock) -> Iterator[str]:
    """A block of help; the two urgent ones stand in a frame."""
    framed = block.kind in {"full", "emergency"}
    if framed:
        yield "=" * WIDTH
    yield block.heading.upper() if framed else block.heading
    yield from wrapped(block.lead)
    for way in block.ways:
        yield from way_lines(way)
    yield from wrapped(block.after)
    yield from wrapped(block.checked)
    if framed:
        yield "=" * WIDTH


def way_lines(way: Way) -> list[str]:
    """One way to reach a person, its number in digits and in words."""
    reach = ". ".join(f"{one.how} ({one.spoken})" if one.spoken else one.how for one in way.reach)
    unchecked = f" ({way.unchecked})" if way.unchecked else ""
    return wrapped(f"* {way.name}: {reach}. {way.note}".rstrip() + unchecked, "  ")


def point_lines(point: Point, copy: Copy) -> Iterator[str]:
    """One point: level and title, what was said, why, what to ask."""
    say = words.labels(copy)
    rule = f"  ({point.rule})" if copy == "clinician" else ""
    unsure = f"  - {say['unsure']}" if point.undecided else ""
    yield from wrapped(f"[{point.level_name}] {point.title}{rule}{unsure}", "    ")
    if point.said:
        yield from item(f"{say['said']}: {words.said(point)}")
    yield from item(words.why(point, copy))
    yield from item(f"{say['ask']}: {point.ask}")
    if copy == "clinician":
        yield from item(", ".join(f"{c.source} {c.section}".strip() for c in point.citations))


def medicines(summary: Summary, copy: Copy) -> Iterator[list[str]]:
    """The medicines tried, one after the other."""
    if not summary.treatments:
        return
    say = words.labels(copy)
    found = (line for one in summary.treatments for line in medicine(one, summary, copy))
    yield [say["tried"].upper(), *found]


def medicine(treatment: Treatment, summary: Summary, copy: Copy) -> list[str]:
    """One medicine in a few lines."""
    say = words.labels(copy)
    told = (
        (say["dose"], treatment.dose),
        (say["duration"], treatment.duration),
        (say["spell"], treatment.this_episode),
        (say["most_days"], treatment.most_days),
        (say["helped"], treatment.helped),
        (say["stop_reason"], treatment.stop_reason),
    )
    line = f"{treatment.name}. " + ". ".join(f"{label}: {value}" for label, value in told)
    if copy == "clinician":
        line += f". {words.trial(treatment, summary.trial_weeks)}"
    return item(line)


def answers(group: AnswerGroup, not_asked: str) -> Iterator[str]:
    """The answers of one step, then what was not asked, in a compact list."""
    yield f"{group.number}. {group.title}"
    for row in group.rows:
        yield from item(f"{row.label}: {row.answer}")
    if group.not_asked:
        yield from item(f"{not_asked}: {', '.join(group.not_asked)}")


def item(line: str) -> list[str]:
    """A line of a list."""
    return wrapped(f"- {line}", "  ")


def wrapped(line: str, indent: str = "") -> list[str]:
    """A paragraph in lines of at most 72 columns."""
    found: list[str] = []
    for paragraph in tidy(line).split("\n"):
        found += textwrap.wrap(paragraph, WIDTH, subsequent_indent=indent, break_on_hyphens=False)
    return found
