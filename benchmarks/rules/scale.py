"""Ten and a hundred times the rules, each copy about questions of its own."""

import dataclasses
import sys
from collections.abc import Mapping, Sequence
from typing import Any

import rules
from benchmarks.rules.peers import PEERS
from benchmarks.rules.people import Facts, Plain
from benchmarks.rules.racing import Racer, cpu, race
from rules.compiler import compile_rules
from rules.conditions.tree import Condition, Ref

OURS = "generated"


def copied(node: Any, mark: str) -> Any:  # noqa: ANN401 - a node of a tree, or a part of one
    """The same tree about other questions."""
    if isinstance(node, tuple):
        return tuple(copied(part, mark) for part in node)
    if isinstance(node, Ref):
        return node if node.in_entry else dataclasses.replace(node, id=sys.intern(node.id + mark))
    if not dataclasses.is_dataclass(node) or isinstance(node, type):
        return node
    names = [field.name for field in dataclasses.fields(node)]
    return type(node)(*(copied(getattr(node, name), mark) for name in names))


def multiplied(content: rules.Content, times: int) -> list[Condition]:
    """The conditions of all rules, many times over."""
    return [copied(rule.when, f"_{n}") for n in range(times) for rule in content.rules]


def spread(facts: Facts, times: int) -> Facts:
    """The answers to the questions of every copy."""
    return {sys.intern(f"{name}_{n}"): value for n in range(times) for name, value in facts.items()}


def measure(
    content: rules.Content, people: Sequence[Facts], times: int, rounds: int
) -> Mapping[str, tuple[float, float]]:
    """Milliseconds to compile, and microseconds a patient, for each contestant."""
    conditions, plain = multiplied(content, times), Plain.of(content)
    compiling, racers = {}, {}

    def ours() -> Racer:
        decide = compile_rules(conditions, content.limits)
        values = content.limits.values_in_order
        return Racer(lambda facts: decide(facts, values), [spread(one, times) for one in people])

    racers[OURS] = ours()
    compiling[OURS] = cpu(lambda: compile_rules(conditions, content.limits), rounds=1)
    for peer in PEERS:
        written = peer.written(content, conditions)
        patients = [peer.prepare(spread(plain(one), times)) for one in people]
        racers[peer.name] = Racer(peer.together(written), patients)
        compiling[peer.name] = cpu(lambda: peer.together(written), rounds=1)  # noqa: B023 - at once
    medians = race(racers, rounds)
    return {name: (compiling[name], medians[name]) for name in racers}
