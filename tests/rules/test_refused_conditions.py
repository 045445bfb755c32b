"""Every condition outside the grammar is refused, at the right place, with a way out."""

# ruff: noqa: E501 - a row of a table reads best on one line
# fmt: off

import pytest

import rules
from tests.rules.tinies import MARK, marked, parsed

FORMS = "write x == 'option', 'option' in x, x >= 5, joined by and, or, not"
POSITIVE = "say what is wanted without not: not knowing may only add concern"
CALLS = "any_of, all_of, none_of, any, unknown and count can be called"

REFUSED = [
    # names
    ("▸smokin == 'past'", "there is no question or definition 'smokin' here", "did you mean 'smoking'?"),
    ("smoking == ▸past", None, "options stand in quotes: 'past'"),
    ("▸zzz == 'past'", None, "name a question that is asked before this"),
    ("smoking == ▸'pats'", "'smoking' has no option 'pats'", "did you mean 'past'?"),
    ("smoking == ▸'head'", "'smoking' has no option 'head'", "it offers current, past, never, not_sure"),
    ("'heart' in ▸smoking", "'smoking' takes one option", None),
    ("age >= ▸limit.odl", "there is no limit 'odl'", "did you mean 'old'?"),
    ("any(t for t in tries if ▸t.doze_mg >= 5)", "an entry of 'tries' has no field 'doze_mg'", "did you mean 'dose_mg'?"),
    ("▸t.dose_mg >= 5", "'t.dose_mg' is not known here", "write limit.name, or entry.field inside a list"),
    ("any(t for t in tries if ▸t == 'x')", "'t' is a whole entry", "write t.med"),
    ("age >= 5 and ▸current", "there is no question or definition 'current' here", "options stand in quotes: 'current'"),
    # kinds
    ("▸pains == 'head'", "'pains' takes any number of options", "write 'head' in pains"),
    ("'past' in ▸smoking", "'smoking' takes one option", "write smoking == 'current'"),
    ("▸smoking >= 5", "'smoking' takes one option", "write smoking == 'current'"),
    ("▸age == 'past'", "'age' takes a number", "write age >= 0"),
    ("▸remarks == 'x'", "'remarks' takes free text, which no condition reads", "leave 'remarks' out"),
    ("▸tries == 'x'", "'tries' takes a list of entries", "write count(e for e in tries if ...)"),
    ("▸age", "'age' takes a number", "write age >= 0"),
    ("▸smoking", "'smoking' takes one option", "write smoking == 'current'"),
    ("▸long_tries", "'long_tries' is a number, not a condition", "write long_tries >= 1"),
    ("▸has_pain >= 2", "'has_pain' is yes or no, not a number", "write has_pain alone"),
    ("▸has_pain == 'yes'", "'has_pain' is not a question", "write question == 'option'"),
    ("any_of(▸smoking, 'past')", "'smoking' takes one option", None),
    # texts and options
    ("smoking == 'current' or ▸'past'", "the text 'past' is not a condition", "write smoking in ['current', 'past']"),
    ("▸'past'", "the text 'past' is not a condition", "write x == 'past'"),
    ("smoking == ▸'not_sure'", "'not_sure' says that the answer is not known", "write unknown(smoking)"),
    ("▸'none' in pains", "'none' means that nothing else is ticked", "write none_of(pains, ...) with the options that matter"),
    ("▸'past' == smoking", "the question stands first", "write smoking == 'option'"),
    ("smoking in ▸[]", "the list of options is empty", "write at least one option"),
    ("smoking == ▸['past']", "a list cannot be equal to one option", "write smoking in [...]"),
    ("smoking < ▸'past'", "options have no order", "write smoking in ['a', 'b']"),
    ("smoking in ▸('past', 'never')", "a list of options stands in [ ]", None),
    ("smoking in ['past', ▸never]", "an option in quotes is expected here", "write 'current'"),
    ("▸any_of(pains)", "any_of takes a question and options", "write any_of(x, 'a', 'b')"),
    # numbers
    ("age >= ▸weight", "'age' is in years, the other side in kg", "compare numbers of the same unit"),
    ("age >= ▸limit.enough", "'age' is in years, the other side in tries", None),
    ("▸age + weight >= 50", "years and kg cannot be added", "add numbers of the same unit"),
    ("▸age * weight >= 50", "only a plain number can multiply", "write x * 2"),
    ("▸(age - 90) * 2 >= 5", "a difference cannot be multiplied", "write the parts apart"),
    ("▸age >= 121", "this is never true", "'age' can be 0 to 120"),
    ("▸age >= 0", "this is always true", "'age' can be 0 to 120"),
    ("▸long_tries > 5", "this is never true", "'long_tries' can be 0 to 5"),
    ("▸bmi < 5", "this is never true", "'bmi' can be 5 to 350"),
    ("any(t for t in tries if ▸t.duration >= 100)", "this is never true", "'t.duration' can be 0 to 99"),
    ("age >= ▸6.5", "6.5 is not a whole number", "write digits only"),
    ("age >= ▸-5", "numbers below zero are not used", None),
    ("age >= ▸0x10", "0x10 is not a whole number", None),
    ("age >= ▸1_0", "1_0 is not a whole number", None),
    ("age >= ▸True", "True and False are not numbers", None),
    ("▸age / 2 >= 5", "only +, - and * are used", "multiply the other side: write a >= b * 2, not a / 2 >= b"),
    ("▸age // 2 >= 5", "only +, - and * are used", None),
    ("▸age % 2 == 1", "only +, - and * are used", None),
    ("▸age ** 2 >= 5", "only +, - and * are used", None),
    ("▸20 < age < 60", "comparisons cannot be chained", "write two, joined by and: 20 ... age and age ... 60"),
    ("▸age is 5", "'is' is not used", "write == or !="),
    ("▸5", "a number is not a condition", "write 5 >= 1"),
    # lists
    ("▸any(t for t in tries)", "any needs a condition", "write any(t for t in tries if ...)"),
    ("▸any(t.med for t in tries if age >= 9)", "'any' takes one list, one 'for' and one 'if'", "write any(e for e in list if ...)"),
    ("▸count(t for t in tries if age >= 9 if age >= 8) >= 1", "'count' takes one list, one 'for' and one 'if'", None),
    ("▸count(a for a in tries for b in tries) >= 1", None, None),
    ("any(t for t in ▸pains if age >= 9)", "'pains' takes any number of options", None),
    ("▸any(age for age in tries if age >= 9)", "'age' is the name of something else", "use another letter"),
    ("any(t for t in tries if ▸any(s for s in tries if s.dose_mg >= 5))", "a list inside a list is not used", None),
    # unknown
    ("not ▸unknown(smoking)", "unknown(...) cannot stand under not or none:", POSITIVE),
    ("not (age >= 5 and ▸unknown(smoking))", "unknown(...) cannot stand under not or none:", POSITIVE),
    ("not ▸age_open", "this definition holds unknown(...) and cannot stand here", POSITIVE),
    ("count(t for t in tries if ▸unknown(t.med)) >= 1", "unknown(...) cannot stand inside count(...)", "put it beside it, with or"),
    ("unknown(▸unknown(age))", "unknown(...) cannot stand inside unknown(...)", None),
    ("▸unknown(age, smoking)", "unknown takes one thing", "write unknown(x)"),
    # everything else
    ("▸len(pains) >= 2", "'len(pains)' is not a number", None),
    ("▸open('x')", "'open' cannot be called here", CALLS),
    ("▸all(t for t in tries if t.dose_mg >= 5)", "'all' cannot be called here", CALLS),
    ("▸known(age)", "'known' cannot be called here", CALLS),
    ("▸age.real >= 5", "'age.real' is not known here", None),
    ("▸[age]", "'[age]' is not part of a condition", FORMS),
    ("▸pains[0] == 'head'", None, None),
    ("age >= 5 if age >= 6 else ▸age >= 7", None, None),
    ("▸", "this condition is empty", FORMS),
    ("▸ age >= 5", "this condition starts with a blank", "take the blank out"),
    ("age >= 5 ▸&& age < 9", "the sign '&' is not used in conditions", FORMS),
    ("age ▸≥ 5", "the sign '≥' is not used in conditions", FORMS),
    ("(lambda▸: 1)", "the sign ':' is not used in conditions", FORMS),
    ("age >= 5▸\nor age < 2", "the sign '\\n' is not used in conditions", FORMS),
    ("smoking == 'a▸\\x41'", "the sign '\\\\' is not used in conditions", FORMS),
    ("age >= ▸", "this is not a condition", FORMS),
    ("age >= 5 ▸or", None, None),
]
# fmt: on


@pytest.mark.parametrize(("text", "what", "instead"), REFUSED, ids=[row[0] for row in REFUSED])
def test_a_condition_is_refused_where_it_goes_wrong(
    tiny: rules.Content, text: str, what: str | None, instead: str | None
) -> None:
    text, _, column = marked(text)

    with pytest.raises(rules.ContentError) as refused:
        parsed(tiny, text)

    (fault,) = refused.value.faults
    if text.rstrip().endswith(("or", "else age >= 7")):  # Python says where it stopped reading
        column = fault.place.column
    assert ("here", 1, column) == (fault.place.file, fault.place.line, fault.place.column)
    assert what in {None, fault.what}
    assert instead in {None, fault.instead}


@pytest.mark.parametrize(
    "text",
    [
        "not " * 21 + "has_pain",
        "(" * 150 + "has_pain" + ")" * 150 + " and " + "not " * 40 + "has_pain",
        " and ".join(["has_pain"] * 200),
        "age >= " + "1 + " * 400 + "1",
        "not " * 490 + "has_pain",
        "(" * 900 + "has_pain" + ")" * 900,
    ],
)
def test_a_condition_that_is_too_long_or_too_deep_is_refused(
    tiny: rules.Content, text: str
) -> None:
    with pytest.raises(rules.ContentError, match="under define:"):
        parsed(tiny, text)


ALLOWED = [
    "has_pain",
    "not has_pain and age >= limit.old",
    "smoking != 'past' or smoking not in ['past', 'never']",
    "'head' not in pains or all_of(pains, 'head', 'heart') or none_of(pains, 'head')",
    "age + 5 >= limit.old - 2 or age * 2 < 100",
    "count(pains) >= 2 or count(tries) == 3",
    "any(t for t in tries if t.dose_mg >= 100 and 'ill' in t.reasons or age >= 90)",
    "any(t for t in tries if unknown(t.med))",
    "age_open or unknown(pains) or unknown(has_pain) or unknown(tries)",
    "unknown(long_tries >= limit.enough)",
    "bmi >= 30 or bmi != 25",
]


@pytest.mark.parametrize("text", ALLOWED)
def test_the_grammar_is_read(tiny: rules.Content, text: str) -> None:
    assert parsed(tiny, text) is not None


def test_the_table_marks_every_place() -> None:
    assert all(text.count(MARK) == 1 for text, _, _ in REFUSED)
