"""What not knowing does: it is covered, it overturns nothing, and where it blurs too much."""

import itertools
from collections.abc import Iterable, Iterator

import z3

from rules.catalogue.rules import Rule
from rules.conditions.checks import holds_unknown, refs_in
from rules.kinds import EMPTY_TOKENS, UNKNOWN_TOKENS, Kind, Value
from rules.proof.proof import Check, Found, Proof
from rules.proof.reading import Reading
from rules.proof.symbols import Change, Symbol

_MOST_TICKS = 7  # 128 ways to tick


def checks(_proof: Proof) -> list[Check]:
    """The guarantee about unknown answers, besides properties 3 and 18."""
    return [
        Check(
            "open-rules-are-covered",
            "",
            "A rule that shows nothing when it is open is spoken for by another one.",
            _covered,
        ),
        Check(
            "unknown-never-overturns",
            "",
            "An answer taken back never turns a rule into its opposite, but for unknown(...).",
            _overturns,
        ),
        Check(
            "blind-spots",
            "",
            "Rules that stay open although every way to fill one gap leads to the same.",
            _blind,
        ),
    ]


def _covered(proof: Proof) -> Found:
    found, silent = Found(), dict(proof.promises.silent)
    rules = {rule.id: rule for rule in proof.content.rules}
    for rule in rules.values():
        open_ = proof.form.truths[rule.id].undecided
        told = silent.pop(rule.id, None)
        if rule.if_unknown is not None or proof.search.find(open_) is None:
            if told is not None:
                found.faults.append(f"{rule.id} is never silent when open; take its line out")
        elif told is None:
            model = proof.search.nearest(open_)
            assert model is not None  # noqa: S101 - it was found above
            found.faults.append(proof.against(f"{rule.id} is open, and nothing says so", model))
        elif told.covered_by:
            others = [proof.form.shown(rules[name]) for name in told.covered_by]
            model = proof.search.nearest(open_, z3.Not(z3.Or(others)))
            names = " or ".join(told.covered_by)
            what = f"{rule.id} is open, and {names} does not say so"
            found.faults += [] if model is None else [proof.against(what, model)]
    found.note = f"{len(proof.promises.silent)} rules"
    return found


def _overturns(proof: Proof) -> Found:
    found, count = Found(), 0
    # Whether a question is asked is held as it was: only what is known of it is taken back.
    asked = {name: z3.Bool(f"{name} is asked") for name in proof.form.asked}
    around = proof.form.reading
    reading = Reading(around.symbols, asked, around.limits, around.lists, around.bodies)
    for rule in proof.content.rules:
        if holds_unknown(rule.when):
            continue
        before = reading.truth(rule.when)
        for name, change, present in _taken_back(proof, rule):
            count += 1
            rails = (before.surely, before.possibly)
            surely, possibly = (z3.substitute(rail, *change) for rail in rails)
            turned = z3.Or(
                z3.And(before.surely, z3.Not(possibly)), z3.And(z3.Not(before.possibly), surely)
            )
            if proof.search.find(turned, present, alone=False) is not None:
                found.faults.append(f"{rule.id} is overturned when {name} becomes unknown")
    found.note = f"{count} answers taken back"
    return found


def _taken_back(proof: Proof, rule: Rule) -> Iterator[tuple[str, Change, z3.BoolRef]]:
    """Each answer that a rule reads, how to make it unknown, and what must be there for that."""
    here = z3.BoolVal(True)  # noqa: FBT003 - a value
    for name in dict.fromkeys(ref.id for ref in refs_in(rule.when)):
        if name not in proof.form.lists:
            yield name, proof.form.symbols[name].to_value(None), here
            continue
        listed = proof.form.lists[name]
        gone = [(sort.count, z3.IntVal(0)) for sort in listed.sorts]
        yield name, [*gone, (listed.with_single, z3.BoolVal(False))], here  # noqa: FBT003
        for field, given in listed.single.symbols.items():
            yield f"{name}.{field}", given.to_value(None), listed.with_single


def _blind(proof: Proof) -> Found:
    """Tell, without a fault: an open rule is one that a reviewer may want to write otherwise."""
    spots = []
    for rule in proof.content.rules:
        for name in _read_twice(proof, rule):
            given = proof.form.symbols[name]
            ways = list(_ways_to_fill(given))
            if ways and _is_blind(proof, rule, given, ways):
                silent = "" if rule.if_unknown else ", and shows nothing then"
                spots.append(f"{rule.id} ({name}{silent})")
    return Found(note=", ".join(spots) or "none")


def _read_twice(proof: Proof, rule: Rule) -> list[str]:
    """Questions that a rule reads more than once, itself or through what must be asked first."""
    questions, seen = proof.content.questionnaire.by_id, list[str]()
    waiting = [ref.id for ref in refs_in(rule.when)]
    while waiting:
        name = waiting.pop()
        gate = questions[name].ask_if
        if name not in seen and gate is not None:
            waiting += [ref.id for ref in refs_in(gate)]
        seen.append(name)
    twice = sorted({name for name in seen if seen.count(name) > 1})
    return [name for name in twice if name in proof.form.symbols]


def _ways_to_fill(given: Symbol) -> Iterable[Value]:
    question = given.question
    told = [token for token in question.tokens if token not in UNKNOWN_TOKENS]
    match question.kind:
        case Kind.ONE:
            return told
        case Kind.NUMBER:
            return range(int(question.low or 0), int(question.high or 0) + 1)
        case Kind.MANY if len(told) <= _MOST_TICKS:
            return _ticks(told)
        case _:
            return ()


def _ticks(told: list[str]) -> Iterator[Value]:
    plain = [token for token in told if token not in EMPTY_TOKENS]
    yield from ((token,) for token in told if token in EMPTY_TOKENS)
    for count in range(1, len(plain) + 1):
        yield from itertools.combinations(plain, count)


def _is_blind(proof: Proof, rule: Rule, given: Symbol, ways: list[Value]) -> bool:
    rails = proof.form.truths[rule.id]
    open_ = [given.silent, proof.form.asked[given.question.id], rails.undecided]
    if proof.search.find(*open_) is None:
        return False
    filled = [
        tuple(z3.substitute(rail, *given.to_value(way)) for rail in (rails.surely, rails.possibly))
        for way in ways
    ]
    fires = z3.And([surely for surely, _ in filled])
    silent = z3.And([z3.Not(possibly) for _, possibly in filled])
    return proof.search.find(*open_, z3.Or(fires, silent)) is not None
