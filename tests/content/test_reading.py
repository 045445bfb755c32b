"""A patient who reads at grade 6 can read all of it."""

from typing import Any

import pytest

import rules
from tests.content.reading import grade, listed, sentences
from tests.content.wording import TEXT, everything, read

HARDEST, LONGEST = 6, 20
TOPICS = sorted(path.name for path in (TEXT / "rules").glob("*.yaml"))
RULES = {key: rule for name in TOPICS for key, rule in read(f"rules/{name}")["rules"].items()}
MEDICAL = listed("medical_words.txt")


@pytest.fixture(scope="session")
def known(content: rules.Content) -> frozenset[str]:
    names = {word for medicine in content.medicines for word in medicine.name.lower().split()}
    return MEDICAL | {name.strip("(),;") for name in names}


def question_texts(question: rules.Question) -> list[str]:
    labels = [option.label for option in question.options]
    inner = [text for field in question.fields for text in question_texts(field)]
    return [question.ask, question.hint, *labels, *inner]


def rule_texts(rule: dict[str, Any]) -> list[str]:
    return [rule["patient"], rule["ask"]]


def test_each_page_is_grade_6_or_below(content: rules.Content, known: frozenset[str]) -> None:
    grades = {
        page.id: grade(
            [page.title, page.lead, *(t for q in page.questions for t in question_texts(q))], known
        )
        for page in content.questionnaire.pages
    }

    assert {} == {page: found for page, found in grades.items() if found > HARDEST}


@pytest.mark.parametrize("rule", RULES)
def test_each_rule_is_grade_6_or_below(rule: str, known: frozenset[str]) -> None:
    assert grade(rule_texts(RULES[rule]), known) <= HARDEST


def test_the_words_on_every_page_are_grade_6_or_below(known: frozenset[str]) -> None:
    assert grade([said.text for said in everything() if said.where[0] == "common.yaml"], known) <= 6
    assert grade([said.text for said in everything() if said.where[0] == "helplines.yaml"]) <= 6


def test_no_reason_is_above_grade_8_by_itself(known: frozenset[str]) -> None:
    reasons = [
        said
        for said in everything()
        if said.where[-1] in {"lead", "patient", "text"} or said.where[0] == "common.yaml"
    ]

    assert len(reasons) > 130
    assert [] == [said for said in reasons if grade([said.text], known) > 8]


def test_all_rules_together_are_well_below_grade_6() -> None:
    assert grade(text for rule in RULES.values() for text in rule_texts(rule)) < 5.5


def test_no_sentence_is_longer_than_20_words() -> None:
    long = {
        (*said.where, sentence)
        for said in everything()
        if said.for_patients and said.where[0] != "medicines.yaml"
        for sentence in sentences(said.text)
        if len(sentence.split()) > LONGEST
    }

    assert set() == long


@pytest.mark.parametrize("rule", RULES)
def test_a_title_names_its_topic_in_one_to_five_words(rule: str) -> None:
    assert 1 <= len(RULES[rule]["title"].split()) <= 5


def test_no_two_rules_share_a_title() -> None:
    assert len(RULES) == len({rule["title"] for rule in RULES.values()})


def test_a_label_for_print_is_one_to_six_words(content: rules.Content) -> None:
    questions = [q for page in content.questionnaire.pages for q in page.questions]
    shorts = {q.id: q.short for q in (*questions, *(f for q in questions for f in q.fields))}

    assert {} == {key: short for key, short in shorts.items() if not 1 <= len(short.split()) <= 6}


def test_what_is_read_out_in_a_row_holds_no_comma(content: rules.Content) -> None:
    questions = [q for page in content.questionnaire.pages for q in page.questions]
    questions += [field for question in questions for field in question.fields]
    several = [question for question in questions if question.kind == "many"]
    known = [o.label for q in several for o in q.options if o.meaning == "known"]

    assert [] == [text for text in (*known, *(q.short for q in questions)) if "," in text]


def test_no_page_asks_two_questions_in_the_same_words(content: rules.Content) -> None:
    pages = [[question.ask for question in page.questions] for page in content.questionnaire.pages]

    assert [] == [asks for asks in pages if len(asks) != len(set(asks))]


def test_each_page_with_a_hard_question_says_why_it_asks(content: rules.Content) -> None:
    assert [] == [p.id for p in content.questionnaire.pages if p.sensitive and not p.lead]


def test_the_grade_tells_plain_from_hard() -> None:
    assert grade(["Do you feel safe right now?"]) < 3
    assert (
        grade(["Pharmacological contraindications necessitate multidisciplinary evaluation."]) > 12
    )
    assert grade(["Save and go."]) == 0


def test_the_list_of_medical_words_stays_short() -> None:
    assert len(MEDICAL) <= 20
