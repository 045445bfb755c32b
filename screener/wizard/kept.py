"""Answers that were kept, perhaps for older questions: what still fits counts."""

from collections.abc import Mapping
from copy import deepcopy
from types import MappingProxyType
from typing import Any

import rules


def readable(
    content: rules.Content, kept: Mapping[str, Any], known: rules.Answers = MappingProxyType({})
) -> rules.Answers:
    """Read answers that were kept; leave out, one by one, those that do not fit.

    Args:
        content: what is asked now.
        kept: the answers.
        known: what was read of these before; see `unchanged`.
    """
    try:
        return rules.read_answers(content, kept, known)
    except rules.AnswerError:  # seldom, so that nothing is copied before every reading
        questions = content.questionnaire.by_id
        trial = deepcopy({name: value for name, value in kept.items() if name in questions})
    while True:
        try:
            return rules.read_answers(content, trial, known)
        except rules.AnswerError as unfit:
            _drop(trial, unfit.where)


def unchanged(
    kept: Mapping[str, Any], before: Mapping[str, Any], read: rules.Answers
) -> rules.Answers:
    """Return what was read of the answers that are the same as before a page was saved."""
    return {name: read[name] for name in read.keys() & kept.keys() if kept[name] == before[name]}


def _drop(trial: dict[str, Any], where: str) -> None:
    """Leave out the one answer that does not fit: a field of an entry, or the whole answer."""
    question, _bracket, rest = where.partition("[")
    index, _end, field = rest.partition("].")
    field = field.partition("[")[0].strip("'")
    if field and field in trial.get(question, ())[int(index)]:
        del trial[question][int(index)][field]
    elif question in trial:
        del trial[question]
    else:
        trial.clear()
