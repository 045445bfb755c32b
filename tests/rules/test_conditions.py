"""Conditions drawn at random, held against Python itself and against each other."""

import itertools
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import rules
from rules.compiler import compile_rules
from rules.conditions.tree import Condition
from rules.interpreter import weigh
from rules.logic import NO, UNKNOWN, YES, both, compare, either, negate
from rules.look import Look
from tests.rules.tinies import TINY, parsed

CONTENT = rules.load(folder=TINY)
LIMITS = CONTENT.limits.numbers

ATOMS = [
    "smoking == 'past'",
    "smoking != 'past'",
    "smoking in ['past', 'current']",
    "smoking not in ['never']",
    "'head' in pains",
    "'head' not in pains",
    "any_of(pains, 'head', 'heart')",
    "all_of(pains, 'head', 'heart')",
    "none_of(pains, 'head', 'heart')",
    "age >= limit.old",
    "age < 20",
    "age != 64",
    "age * 2 == 130",
    "age + 5 > limit.very_old - 10",
    "count(pains) >= 2",
    "count(pains) != 1",
    "bmi >= 30",
    "has_pain",
]
TEXTS = st.recursive(
    st.sampled_from(ATOMS),
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from(["and", "or"]), inner).map(
            "({0[0]} {0[1]} {0[2]})".format
        ),
        inner.map("not ({})".format),
    ),
    max_leaves=6,
)
KNOWN: dict[str, list[rules.Value]] = {
    "smoking": ["past", "never"],
    "pains": [("head",), ("head", "heart"), ("none",)],
    "age": [10, 64, 65, 90],
    "weight": [50, 100],
    "height": [150, 190],
}
PARTS: dict[str, list[rules.Value]] = {
    "smoking": [None, "not_sure"],
    "pains": [None, (), ("not_sure",), ("head", "not_sure")],
    "age": [None],
    "weight": [None],
    "height": [None],
}
FACTS = st.fixed_dictionaries({n: st.sampled_from([*KNOWN[n], *PARTS[n]]) for n in KNOWN})


def python_says(text: str, facts: dict[str, Any]) -> bool:
    """The same text, read by Python, when everything is known."""
    index = facts["weight"] * 10_000 // (facts["height"] ** 2)
    pains = {token for token in facts["pains"] if token != "none"}
    words = {
        "limit": type("Limit", (), dict(LIMITS)),
        "count": len,
        "any_of": lambda given, *tokens: bool(given & set(tokens)),
        "all_of": lambda given, *tokens: given >= set(tokens),
        "none_of": lambda given, *tokens: not given & set(tokens),
    }
    derived = {"pains": pains, "bmi": index, "has_pain": bool(pains)}
    return bool(eval(text, {"__builtins__": {}}, words | facts | derived))


def ways_to_know(facts: dict[str, Any]) -> list[dict[str, Any]]:
    """Every known set of answers that the given ones may turn out to be."""
    open_ones = [
        KNOWN[name] if value in {None, (), "not_sure"} or "not_sure" in (value or ()) else [value]
        for name, value in facts.items()
        if not isinstance(value, int)
    ]
    names = [name for name, value in facts.items() if not isinstance(value, int)]
    fixed = {name: value for name, value in facts.items() if isinstance(value, int)}
    ways = [fixed | dict(zip(names, way, strict=True)) for way in itertools.product(*open_ones)]
    ticked = set(facts["pains"] or ()) - {"not_sure", "none"}
    return [way for way in ways if ticked <= set(way["pains"])]


def interpreted(condition: Condition, facts: dict[str, Any]) -> int:
    return weigh(condition, Look(facts, LIMITS)).truth


@settings(max_examples=300, deadline=None)
@given(TEXTS, st.fixed_dictionaries({name: st.sampled_from(KNOWN[name]) for name in KNOWN}))
def test_with_every_answer_known_we_and_python_agree(text: str, facts: dict[str, Any]) -> None:
    expected = YES if python_says(text, facts) else NO

    assert expected == interpreted(parsed(CONTENT, text), facts)


@settings(max_examples=200, deadline=None)
@given(TEXTS, FACTS)
def test_a_verdict_holds_for_every_way_to_know_the_rest(text: str, facts: dict[str, Any]) -> None:
    verdict = interpreted(parsed(CONTENT, text), facts)

    truths = {python_says(text, way) for way in ways_to_know(facts)}
    assert {YES: {True}, NO: {False}}.get(verdict, truths) == truths


@settings(max_examples=200, deadline=None)
@given(TEXTS, FACTS, st.sets(st.sampled_from(sorted(KNOWN))))
def test_the_generated_code_agrees_also_where_nothing_was_asked(
    text: str, facts: dict[str, Any], not_asked: set[str]
) -> None:
    condition = parsed(CONTENT, text)
    asked = {name: value for name, value in facts.items() if name not in not_asked}
    decide = compile_rules([condition], CONTENT.limits)

    (decided,) = decide(asked, CONTENT.limits.values_in_order)

    assert interpreted(condition, asked) == decided


ENTRY = {"med": "plain", "dose_mg": 20, "duration": "long", "reasons": ("ill",)}
LISTS: list[tuple[str, Any, int]] = [
    ("count(t for t in tries if t.med == 'plain') >= 1", (), UNKNOWN),
    ("count(t for t in tries if t.med == 'plain') >= 1", None, UNKNOWN),
    ("count(t for t in tries if t.med == 'plain') >= 1", ({},), UNKNOWN),
    ("count(t for t in tries if t.med == 'plain') >= 2", (ENTRY, {"med": "not_sure"}), UNKNOWN),
    ("count(t for t in tries if t.med == 'plain') >= 2", (ENTRY, ENTRY), YES),
    ("count(t for t in tries if t.med == 'plain') >= 2", (ENTRY, {"med": "other"}), NO),
    ("count(tries) == 2", (ENTRY, ENTRY), YES),
    ("count(tries) < 5", (), UNKNOWN),
    ("any(t for t in tries if 'ill' in t.reasons)", (ENTRY,), YES),
    ("any(t for t in tries if 'ill' in t.reasons)", ({"reasons": ("broke",)},), NO),
    ("any(t for t in tries if 'ill' in t.reasons)", (), UNKNOWN),
    ("any(t for t in tries if unknown(t.med))", (ENTRY, {"med": None}), YES),
    ("any(t for t in tries if t.duration >= limit.weeks_needed)", (ENTRY,), YES),
    ("any(t for t in tries if t.duration >= 5)", ({"duration": "middle"},), UNKNOWN),
    ("any(t for t in tries if t.duration >= 5)", ({"duration": "short"},), NO),
    ("any(t for t in tries if t.duration >= 5)", ({"duration": "not_sure"},), UNKNOWN),
    ("any(t for t in tries if t.dose_mg >= 20)", (ENTRY,), YES),
    ("unknown(tries)", (), YES),
    ("unknown(tries)", (ENTRY,), NO),
]


@pytest.mark.parametrize(("text", "tries", "truth"), LISTS)
def test_a_list_is_counted_with_its_gaps(text: str, tries: Any, truth: int) -> None:
    condition = parsed(CONTENT, text)
    full = tuple(dict.fromkeys(ENTRY) | entry for entry in tries) if tries else tries
    facts = {"tries": full}

    assert truth == interpreted(condition, facts)
    assert (truth,) == compile_rules([condition], CONTENT.limits)(
        facts, CONTENT.limits.values_in_order
    )


NOT_ASKED = [
    ("smoking == 'past'", NO),
    ("smoking != 'past'", NO),
    ("'head' not in pains", NO),
    ("none_of(pains, 'head')", NO),
    ("age < 20", NO),
    ("age != 20", NO),
    ("age + 5 < 20", NO),
    ("bmi < 20", NO),
    ("unknown(age) or unknown(pains) or unknown(tries) or unknown(age >= 5)", NO),
    ("any(t for t in tries if t.dose_mg >= 5)", NO),
    ("count(tries) < 2", YES),
    ("not smoking == 'past'", YES),
]


@pytest.mark.parametrize(("text", "truth"), NOT_ASKED)
def test_what_is_not_asked_makes_each_atom_false(text: str, truth: int) -> None:
    condition = parsed(CONTENT, text)

    assert truth == interpreted(condition, {})
    assert (truth,) == compile_rules([condition], CONTENT.limits)(
        {}, CONTENT.limits.values_in_order
    )


def test_the_tables_are_those_of_kleene() -> None:
    values = [NO, UNKNOWN, YES]

    assert [YES, UNKNOWN, NO] == [negate(value) for value in values]
    for a, b in itertools.product(values, repeat=2):
        assert min(a, b) == both([a, b])
        assert max(a, b) == either([a, b])


@pytest.mark.parametrize("operator", ["<", "<=", ">", ">=", "==", "!="])
def test_comparing_intervals_is_comparing_all_that_is_in_them(operator: Any) -> None:
    intervals = [(low, high) for low in range(4) for high in range(low, 4)]
    for left, right in itertools.product(intervals, repeat=2):
        inside = itertools.product(range(left[0], left[1] + 1), range(right[0], right[1] + 1))
        truths = {eval(f"{a} {operator} {b}") for a, b in inside}
        expected = UNKNOWN if len(truths) > 1 else YES if truths == {True} else NO
        assert expected == compare(left, operator, right)
