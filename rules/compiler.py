"""One generated Python function for all rules.

What is generated holds only our own words, whole numbers and names such as ``q3``
that are counted, never copied: ids, options and every other text of an author
reach it as constants, by position. Truths are the two-bit values of ``logic``, so
``and`` is ``&`` and ``or`` is ``|``; an option atom is one look-up in a small table.
"""

from collections.abc import Callable, Iterable

from rules.conditions.tree import Condition
from rules.emitting import Emitter
from rules.kinds import Answers
from rules.logic import Truth

Decide = Callable[[Answers, tuple[int, ...]], tuple[Truth, ...]]


def compile_rules(conditions: Iterable[Condition], limits: Iterable[str]) -> Decide:
    """Generate the function that decides every rule.

    Args:
        conditions: one for each rule, in order.
        limits: the ids of the limits, in the order in which their values will be given.

    Returns:
        A function of the facts and the limits' values; it returns one truth for each rule.
    """
    source, constants = generate(conditions, limits)
    exec(compile(source, "<generated from rules/content>", "exec"), constants)  # noqa: S102
    decide: Decide = constants["decide"]  # type: ignore[assignment]
    return decide


def generate(
    conditions: Iterable[Condition], limits: Iterable[str]
) -> tuple[str, dict[str, object]]:
    """The source of the function, and the constants that it reads."""
    names, whens = tuple(limits), tuple(conditions)
    counting = Emitter(names)  # names everything, and so knows what is read only once
    for when in whens:
        counting.truth(when)
    emitter = Emitter(names, counting.read)
    results = [emitter.truth(when) for when in whens]
    lines = ["def decide(facts, limits):", "    get = facts.get"]
    if names:
        lines.append(f"    {''.join(f'l{index}, ' for index in range(len(names)))}= limits")
    lines += [f"    {line}" for line in emitter.lines]
    lines.append(f"    return ({''.join(f'{result}, ' for result in results)})")
    return "\n".join(lines), emitter.constants
