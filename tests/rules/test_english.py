"""A sentence says what its tree says."""

import pytest

import rules
from rules.conditions.checks import nodes
from rules.conditions.tree import Limited, Ref
from rules.english import English
from rules.phrases import Sentence
from tests.rules.tinies import TINY, parsed

SMALL = rules.load(folder=TINY)
SAID = [
    ("smoking == 'past'", "“{smoking}” is answered “{smoking.past}”"),
    ("smoking != 'past'", "“{smoking}” is answered, but not with “{smoking.past}”"),
    ("all_of(pains, 'head', 'heart')", "“{pains}” includes “{pains.head}” and “{pains.heart}”"),
    (
        "none_of(pains, 'head', 'heart')",
        "“{pains}” is answered, without “{pains.head}” or “{pains.heart}”",
    ),
    (
        "not (age < 20 or has_pain)",
        "it is not so that (“{age}” is below 20 years, or ‹has pain› holds)",
    ),
    ("age >= limit.old", "“{age}” is 65 years [limit old] or more"),
    ("unknown(age)", "“{age}” was asked and is not known (not sure, not said, or left empty)"),
    ("unknown(age >= 30)", "it cannot be decided whether “{age}” is 30 years or more"),
    ("count(pains) >= 2", "the number of ticks under “{pains}” is 2 or more"),
    ("long_tries >= 2", "the number ‹long tries› is 2 tries or more"),
    (
        "any(t for t in tries if t.med == 'plain')",
        "“{tries}” has an entry for which “{tries.med}” is answered “{tries.med.plain}”",
    ),
]


def filled(text: str) -> str:
    """Put the small content's own words in place of {names}."""
    words: dict[str, str] = {}
    for question in SMALL.questionnaire.by_id.values():
        for each, name in [
            (question, question.id),
            *((f, f"{question.id}.{f.id}") for f in question.fields),
        ]:
            words[name] = each.short or each.ask
            words |= {f"{name}.{option.token}": option.label for option in each.options}
    for name in sorted(words, key=len, reverse=True):
        text = text.replace("{" + name + "}", words[name])
    return text


@pytest.mark.parametrize(("text", "expected"), SAID)
def test_each_form_has_its_words(text: str, expected: str) -> None:
    assert filled(expected) == English(SMALL).clause(parsed(SMALL, text))


def test_parts_of_a_rule_become_points() -> None:
    said = English(SMALL).sentence(parsed(SMALL, "age < 20 or has_pain"))

    assert "Applies when at least one of these holds:" == said.head
    assert 2 == len(said.points)
    assert Sentence("Applies to everyone.") == English(SMALL).sentence(parsed(SMALL, "always"))


def test_a_sentence_names_every_question_and_limit_that_its_rule_reads(
    content: rules.Content,
) -> None:
    for rule in content.rules:
        english = English(content)
        said = [english.sentence(rule.when), *english.terms([rule.when]).values()]
        text = " ".join(part for sentence in said for part in (sentence.head, *sentence.points))
        for node in nodes(rule.when):
            ref = getattr(node, "ref", getattr(node, "part", None))
            if isinstance(ref, Ref) and not ref.in_entry:
                assert f"“{content.questionnaire.question(ref.id).short}”" in text, rule.id
            if isinstance(node, Limited):
                assert f"[limit {node.id}]" in text, rule.id


def test_different_rules_have_different_sentences(content: rules.Content) -> None:
    said = {rule.when: English(content).sentence(rule.when) for rule in content.rules}

    assert len(said) == len(set(said.values()))
