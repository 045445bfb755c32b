"""Choose the boundary patients: few, near to the calm one, and together deadly to every mutant."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from rules.compiler import compile_rules
from rules.content import Content
from rules.engine import walk
from rules.mutants.files import Boundary, told
from rules.mutants.kinds import Mutant, mutants, mutants_of, shown
from rules.mutants.moves import Calm
from rules.mutants.search import hunt


@dataclass(frozen=True, slots=True)
class Verdict:
    """What some patients do to the mutants of a content.

    Attributes:
        total: how many mutants there are.
        killed: how many show at least one patient something else than the rule does.
        alike: those that show nobody anything else, whoever answers whatever.
        survivors: those that someone would tell apart, but none of these patients does.
    """

    total: int
    killed: int
    alike: tuple[Mutant, ...]
    survivors: tuple[tuple[Mutant, Boundary], ...]


def judge(content: Content, patients: Iterable[Boundary], calm: Calm) -> Verdict:
    """Say which mutants some patients kill, and look for a killer of each that is left."""
    found = mutants(content.rules)
    killed = set().union(*kills(content, found, patients, calm).values())
    left: dict[str, list[Mutant]] = defaultdict(list)
    for index, mutant in enumerate(found):
        if index not in killed:
            left[mutant.rule.id].append(mutant)
    alike, survivors = [], []
    for rule in content.rules:
        suspects = tuple(left[rule.id])
        killers = hunt(content, rule, suspects, calm).killers if suspects else {}
        alike += [mutant for index, mutant in enumerate(suspects) if index not in killers]
        survivors += [(suspects[index], found[0]) for index, found in sorted(killers.items())]
    return Verdict(len(found), len(killed), tuple(alike), tuple(survivors))


def kills(
    content: Content, found: tuple[Mutant, ...], patients: Iterable[Boundary], calm: Calm
) -> dict[int, set[int]]:
    """For each patient, by place in the list, the mutants who treat that patient differently."""
    originals = {rule.id: (place, rule) for place, rule in enumerate(content.rules)}
    conditions = [rule.when for rule in content.rules] + [mutant.rule.when for mutant in found]
    decide = compile_rules(conditions, content.limits)
    result: dict[int, set[int]] = {}
    for index, patient in enumerate(patients):
        limits = content.limits.with_values(patient.limits)
        facts = walk(content, {**calm, **patient.moved}, limits).facts
        truths = decide(facts, limits.values_in_order)
        right = {name: shown(rule, truths[place]) for name, (place, rule) in originals.items()}
        held = truths[len(originals) :]
        result[index] = {
            number
            for number, (mutant, truth) in enumerate(zip(found, held, strict=True))
            if shown(mutant.rule, truth) != right[mutant.rule.id]
        }
    return result


def choose(content: Content, calm: Calm) -> tuple[Boundary, ...]:
    """Find the boundary patients of a content, sorted, each with what it is shown."""
    pool: dict[str, Boundary] = {}
    fewest: list[int] = []
    for rule in content.rules:
        found = tuple(mutants_of(rule))
        killers = hunt(content, rule, found, calm).killers
        near = [killers.get(index, []) for index in range(len(found))]
        fewest += [patients[0].moves if patients else 0 for patients in near]
        for patient in _cover(near):
            pool.setdefault(_key(patient), patient)
    order = [*content.questionnaire.by_id, *content.limits]
    in_order = sorted(pool.values(), key=lambda patient: _place(patient, order))
    kept = _needed(content, in_order, fewest, calm)
    return tuple(replace(patient, finds=told(patient.result(content, calm))) for patient in kept)


def _key(patient: Boundary) -> str:
    return f"{dict(patient.moved)} {dict(patient.limits)}"


def _place(patient: Boundary, order: list[str]) -> tuple[object, ...]:
    """Fewest moves first, then in the order of the form, then by value."""
    moves = [*patient.moved.items(), *patient.limits.items()]
    numbers = [value if isinstance(value, int) else -1 for _, value in moves]
    return patient.moves, [order.index(name) for name, _ in moves], numbers, _key(patient)


def _cover(near: list[list[Boundary]]) -> list[Boundary]:
    """A few patients among the nearest killers of each mutant, each time the one who kills most."""
    by_key: dict[str, Boundary] = {}
    kills_of: dict[str, set[int]] = defaultdict(set)
    for index, patients in enumerate(near):
        for patient in patients:
            by_key[_key(patient)] = patient
            kills_of[_key(patient)].add(index)
    left = {index for index, patients in enumerate(near) if patients}
    chosen = []
    while left:
        best = min(kills_of, key=lambda key: (-len(kills_of[key] & left), key))
        chosen.append(by_key[best])
        left -= kills_of[best]
    return chosen


def _needed(
    content: Content, patients: list[Boundary], fewest: list[int], calm: Calm
) -> list[Boundary]:
    """Leave out whoever is not needed; a mutant counts as killed only with the fewest moves."""
    found = mutants(content.rules)
    near = {
        index: {mutant for mutant in dead if fewest[mutant] == patients[index].moves}
        for index, dead in kills(content, found, patients, calm).items()
    }
    count = [sum(mutant in dead for dead in near.values()) for mutant in range(len(found))]
    kept = []
    for index in reversed(range(len(patients))):
        if all(count[mutant] > 1 for mutant in near[index]):
            for mutant in near[index]:
                count[mutant] -= 1
        else:
            kept.append(patients[index])
    return kept[::-1]
