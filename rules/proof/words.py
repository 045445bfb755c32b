"""A patient in words."""

from collections import Counter
from collections.abc import Iterable

from rules.answers import read as read_answers
from rules.content import Content
from rules.engine import walk
from rules.kinds import Value
from rules.proof.patients import Patient
from rules.proof.search import Search
from rules.questions.model import Question
from rules.wording import say


def told(search: Search, patient: Patient, about: frozenset[str]) -> tuple[str, ...]:
    """Tell in what a patient differs from a quiet one, and the answers that it is about."""
    content, quiet = search.content, search.form.answers(search.quiet, {})
    limits = content.limits.with_values(patient.limits)
    asked = walk(content, read_answers(content.questionnaire, patient.answers), limits).asked
    lines = [
        line
        for name, question in content.questionnaire.by_id.items()
        if name in asked and (name in about or patient.answers.get(name) != quiet.get(name))
        for line in _said(content, question, patient.answers.get(name))
    ]
    lines += [
        f"{limit.name} is set to {patient.limits[name]} {content.words.units[limit.unit]}"
        for name, limit in content.limits.items()
        if patient.limits[name] != limit.value
    ]
    return tuple(lines) or ("nothing stands out",)


def _said(content: Content, question: Question, value: Value) -> Iterable[str]:
    name = question.short or question.ask or question.id
    if not isinstance(value, tuple) or not question.fields:
        yield f"{name}: {say(content, question, value)}"
        return
    entries = (entry for entry in value if isinstance(entry, dict))
    for line, times in Counter(say(content, question, (entry,)) for entry in entries).items():
        yield f"{name}: {line or 'nothing said of it'}" + (f" ({times} times)" if times > 1 else "")


def shown(content: Content, patient: Patient) -> str:
    """Tell what the program shows to a patient: how urgent, which blocks, and why."""
    result = patient.result(content)
    blocks = [] if result.crisis == "none" else [f"{result.crisis} crisis block"]
    blocks += ["emergency block"] if result.emergency else []
    top = [
        finding.rule.id + "?" * finding.undecided
        for finding in result.findings
        if finding.level == result.level
    ]
    why = ", ".join(top[:4]) + (f" and {len(top) - 4} more" if len(top) > 4 else "")  # noqa: PLR2004
    return f"{', '.join([content.words.levels[result.level], *blocks])} ({why})"
