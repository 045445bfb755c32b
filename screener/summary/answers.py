"""The answers that count, step by step, in words."""

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet

import rules
from rules import Answers, Content, Kind, Question, Value
from screener.summary.told import AnswerGroup, AnswerRow, Said, State

NEGATIVE = frozenset({"no", "none", "does_not_apply"})
UNLISTED, WRITTEN = "other_antidepressant", "med_other"
UNKNOWN = {"not_sure": State.NOT_SURE, "prefer_not": State.PREFER_NOT}


def groups(
    content: Content, path: rules.Path, telling: AbstractSet[str] = frozenset()
) -> tuple[AnswerGroup, ...]:
    """Put every question into words, in the order of the form.

    Args:
        content: the questionnaire.
        path: which questions are asked, and the answers that count; an answer left behind by a
            change of mind is not in it and so is never printed.
        telling: ids of the questions that a finding rests on; a plain "no" to any other one
            may be printed in a compact list.
    """
    found: list[AnswerGroup] = []
    for step in content.questionnaire.steps:
        questions = [question for page in step.pages for question in page.questions]
        rows = tuple(
            row(content, question, path.counted.get(question.id), telling)
            for question in questions
            if question.id in path.asked
        )
        left_out = tuple(question.short for question in questions if question.id not in path.asked)
        found.append(AnswerGroup(step.number, step.title, rows, left_out))
    return tuple(found)


def row(content: Content, question: Question, value: Value, telling: AbstractSet[str]) -> AnswerRow:
    """One question and its answer."""
    return AnswerRow(
        id=question.id,
        label=question.short,
        asked=question.ask,
        answer=words(content, question, value),
        state=state(value),
        plain_no=question.id not in telling and plainly_no(value),
    )


def state(value: Value) -> State:
    """Say whether there is an answer, and if not, why."""
    given = tokens(value)
    if value is None or value in ("", ()):
        return State.NOT_ANSWERED
    for token, reason in UNKNOWN.items():
        if given and token in given and given <= UNKNOWN.keys():
            return reason
    return State.GIVEN


def plainly_no(value: Value) -> bool:
    """Say whether an answer is a "no" or "none" and nothing else."""
    given = tokens(value)
    return bool(given) and given <= NEGATIVE


def tokens(value: Value) -> set[str]:
    """The options of an answer; nothing for a number or a list of entries."""
    match value:
        case str():
            return {value}
        case tuple():
            return {token for token in value if isinstance(token, str)}
        case _:
            return set()


def words(content: Content, question: Question, value: Value) -> str:
    """An answer in words. A list of entries is only named here: a table says the rest."""
    if question.kind is Kind.ENTRIES and value:
        return "; ".join(entry_name(content, question, entry) for entry in entries(value))
    return rules.say(content, question, value)


def entries(value: Value) -> tuple[Mapping[str, Value], ...]:
    """The entries of a repeated question."""
    if not isinstance(value, tuple):
        return ()
    return tuple(entry for entry in value if isinstance(entry, Mapping))


def entry_name(content: Content, question: Question, entry: Mapping[str, Value]) -> str:
    """What an entry is about: the name on the list, or the one written where the list had none."""
    named, written = (question.fields[0].id, entry.get(WRITTEN))
    if entry.get(named) == UNLISTED and isinstance(written, str) and written:
        return written
    return rules.say(content, question.fields[0], entry.get(named))


def entry_words(content: Content, question: Question, entry: Mapping[str, Value]) -> str:
    """One entry in a line: its name, then what speaks for itself without the question."""
    told = [entry_name(content, question, entry)]
    for part in question.fields[1:]:
        value = entry.get(part.id)
        if part.id == WRITTEN or part.kind is Kind.MANY or value in ("yes", "no"):
            continue
        if state(value) is State.GIVEN:
            told.append(rules.say(content, part, value))
    return ", ".join(told)


def said(content: Content, because: str, counted: Answers) -> Iterator[Said]:
    """What the patient said to a question that a finding rests on.

    Args:
        content: the questionnaire.
        because: a question id, or an entry as "med_trials[0]".
        counted: the answers that count.
    """
    name, _, position = because.partition("[")
    question = content.questionnaire.question(name)
    value = counted.get(name)
    if not position:
        yield Said(name, question.short, question.ask, words(content, question, value))
        return
    number = int(position.rstrip("]"))
    entry = entries(value)[number]
    label = f"{question.short} ({number + 1})"
    yield Said(because, label, question.ask, entry_words(content, question, entry))
