"""Walk a typed tree over the facts, and say which answers decided.

Slower than the generated function and independent of it: the tests hold the two
against each other. Only rules that fired are walked for their reasons.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from rules.conditions.tree import (
    Always,
    And,
    AnyEntry,
    Asked,
    Band,
    BodyMass,
    Chosen,
    Compare,
    Condition,
    Count,
    CountTicks,
    Limited,
    Named,
    NamedNumber,
    Not,
    Number,
    Or,
    Ref,
    Sum,
    Ticked,
    Unknown,
    Whole,
)
from rules.kinds import EMPTY_TOKENS, UNKNOWN_TOKENS, Answers, Kind, Value
from rules.logic import (
    NO,
    NOWHERE,
    UNKNOWN,
    YES,
    Interval,
    Truth,
    body_mass_index,
    both,
    combine,
    compare,
    either,
    negate,
    truth,
)

Ids = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Look:
    """What a condition looks at."""

    facts: Answers  # asked questions only; None: asked and left empty
    limits: Mapping[str, int]
    entry: Answers | None = None

    def asked(self, ref: Ref) -> bool:
        """Whether there is anything to look at."""
        return ref.in_entry or ref.id in self.facts

    def value(self, ref: Ref) -> Value:
        """The answer; None when it was left empty."""
        if ref.in_entry:
            return (self.entry or {}).get(ref.id)
        return self.facts.get(ref.id)

    def entries(self, ref: Ref) -> tuple[Answers, ...]:
        """The entries of a list."""
        value = self.facts.get(ref.id)
        return value if isinstance(value, tuple) else ()  # type: ignore[return-value]


@dataclass(frozen=True, slots=True)
class Weighed:
    """A truth, and the answers that made it so."""

    truth: Truth
    because: Ids = ()


@dataclass(frozen=True, slots=True)
class Measured:
    """An interval, and the answers that are sure, open and out in it."""

    interval: Interval
    sure: Ids = ()
    open: Ids = ()
    out: Ids = ()


def weigh(condition: Condition, look: Look) -> Weighed:
    """Say whether a condition holds, and because of which answers."""
    match condition:
        case Always():
            return Weighed(YES)
        case Named(part=part):
            return weigh(part, look)
        case Not(part):
            weighed = weigh(part, look)
            return replace(weighed, truth=negate(weighed.truth))
        case And(parts):
            return _all(parts, look)
        case Or(parts):
            return _any(parts, look)
        case Chosen() | Ticked():
            return _option_atom(condition, look)
        case Compare(left, operator, right):
            return _compared(measure(left, look), operator, measure(right, look))
        case Unknown(Ref() as ref):
            return Weighed(YES if look.asked(ref) and unanswered(ref, look) else NO, _id(ref))
        case Unknown(part):
            weighed = weigh(part, look)  # type: ignore[arg-type]
            return replace(weighed, truth=YES if weighed.truth == UNKNOWN else NO)
        case AnyEntry(ref, part):
            return _any_entry(ref, part, look)


def _id(ref: Ref) -> Ids:
    return () if ref.in_entry else (ref.id,)


def _all(parts: Iterable[Condition], look: Look) -> Weighed:
    weighed = [weigh(part, look) for part in parts]
    result = both(part.truth for part in weighed)
    return Weighed(result, _ids(weighed, result))


def _any(parts: Iterable[Condition], look: Look) -> Weighed:
    weighed = [weigh(part, look) for part in parts]
    result = either(part.truth for part in weighed)
    return Weighed(result, _ids(weighed, result))


def _ids(weighed: Iterable[Weighed], result: Truth) -> Ids:
    """The parts that agree with the result made it: all of an ``and``, the true of an ``or``."""
    found = (id for part in weighed if part.truth == result for id in part.because)
    return tuple(dict.fromkeys(found))


def unanswered(ref: Ref, look: Look) -> bool:
    """Whether an answer was left empty or does not say."""
    value = look.value(ref)
    if ref.kind is Kind.MANY and isinstance(value, tuple):
        return not value or any(token in value for token in UNKNOWN_TOKENS)
    return value in {None, "", *UNKNOWN_TOKENS} if not isinstance(value, tuple) else not value


def _option_atom(atom: Chosen | Ticked, look: Look) -> Weighed:
    if not look.asked(atom.ref):
        return Weighed(NO)
    gap = unanswered(atom.ref, look)
    if isinstance(atom, Chosen):
        held = UNKNOWN if gap else truth((look.value(atom.ref) in atom.tokens) != atom.negated, 0)
        return Weighed(held, _id(atom.ref))
    given = look.value(atom.ref)
    ticks = [token in given for token in atom.tokens] if isinstance(given, tuple) else [False]
    met = all(ticks) if atom.how == "all" else any(ticks)
    held = truth(met, gap)
    return Weighed(negate(held) if atom.how == "none" else held, _id(atom.ref))


def _compared(left: Measured, operator: str, right: Measured) -> Weighed:
    held = compare(left.interval, operator, right.interval)  # type: ignore[arg-type]
    if held == UNKNOWN:
        return Weighed(held, left.open + right.open)
    if held == YES and operator in {">", ">="}:
        return Weighed(held, left.sure + right.sure or left.open + right.open)
    every = left.sure + left.open + left.out + right.sure + right.open + right.out
    return Weighed(held, every)


def _any_entry(ref: Ref, part: Condition, look: Look) -> Weighed:
    if not look.asked(ref):
        return Weighed(NO)
    entries = look.entries(ref)
    if not entries:
        return Weighed(UNKNOWN, (ref.id,))
    weighed = [weigh(part, replace(look, entry=entry)).truth for entry in entries]
    result = either(weighed)
    because = (f"{ref.id}[{i}]" for i, held in enumerate(weighed) if held == result)
    return Weighed(result, tuple(because))


def measure(number: Number, look: Look) -> Measured:
    """Say between what a number lies, and because of which answers."""
    match number:
        case Whole(value):
            return Measured((value, value))
        case Limited(id=id):
            return Measured((look.limits[id], look.limits[id]))
        case NamedNumber(part=part):
            return measure(part, look)
        case Asked(ref, low, high):
            return _answered(ref, (low, high), {}, look)
        case Band(ref, ranges, low, high):
            return _answered(ref, (low, high), dict(ranges), look)
        case BodyMass(left, right):
            weight, height = measure(left, look), measure(right, look)
            return _joined(body_mass_index(weight.interval, height.interval), weight, height)
        case Sum(left, sign, right):
            first, second = measure(left, look), measure(right, look)
            return _joined(combine(first.interval, sign, second.interval), first, second)
        case Count(ref, most, part):
            return _counted(ref, most, part, look)
        case CountTicks(ref, options):
            return _ticks(ref, options, look)


def _joined(interval: Interval, left: Measured, right: Measured) -> Measured:
    return Measured(interval, left.sure + right.sure, left.open + right.open, left.out + right.out)


def _answered(
    ref: Ref, declared: Interval, ranges: Mapping[str, tuple[int, int]], look: Look
) -> Measured:
    if not look.asked(ref):
        return Measured(NOWHERE)
    if unanswered(ref, look):
        return Measured(declared, open=_id(ref))
    value = look.value(ref)
    if isinstance(value, str):
        return Measured(ranges[value], sure=_id(ref))
    return Measured((value, value), sure=_id(ref))  # type: ignore[arg-type]


def _counted(ref: Ref, most: int, part: Condition, look: Look) -> Measured:
    if not look.asked(ref):
        return Measured((0, 0))
    entries = look.entries(ref)
    if not entries:
        return Measured((0, most), open=(ref.id,))
    groups: dict[Truth, list[str]] = {YES: [], UNKNOWN: [], NO: []}
    for index, entry in enumerate(entries):
        groups[weigh(part, replace(look, entry=entry)).truth].append(f"{ref.id}[{index}]")
    sure, unsure, out = (tuple(groups[held]) for held in (YES, UNKNOWN, NO))
    return Measured((len(sure), len(sure) + len(unsure)), sure, unsure, out)


def _ticks(ref: Ref, options: tuple[str, ...], look: Look) -> Measured:
    if not look.asked(ref):
        return Measured((0, 0))
    given = look.value(ref)
    ticked = sum(token not in {*UNKNOWN_TOKENS, *EMPTY_TOKENS} for token in given or ())  # type: ignore[union-attr]
    if unanswered(ref, look):
        return Measured((ticked, len(options)), open=_id(ref))
    return Measured((ticked, ticked), sure=_id(ref))
