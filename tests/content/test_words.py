"""No text gives a verdict, gives advice on medicine, or talks down to anyone."""

import re

import pytest

from tests.content.reading import sentences
from tests.content.wording import everything

CHANGE_NOTHING = "Do not change any medicine on your own."
ILLNESS = "depression|bipolar|psychosis|schizophrenia|mania|dementia|aneurysm|stroke|disorder"
VERDICT = re.compile(
    r"(?ix) \b( (in)?eligib\w* | (dis)?qualif\w* | candidate\w* | (un)?suitab\w* | cleared"
    r"| clear\s(you|me|him|her|them) | approved\sfor\s(you|me) | (un)?safe\sfor\s(you|me|us|my)"
    r"| is\s(it|this|that|my\s\w+)\ssafe | safer\soptions? | rul(e|es|ed|ing)\s(\w+\s)?out"
    r"| scor(e|es|ed|ing) | fail(s|ed|ing)?\syou | reject\w*"
    rf"| you\s((may|might|could|probably)\s)?have\s((an?|signs\sof)\s)?({ILLNESS})"
    r") \b | \brisk\b[^.]*\d\s?% | \d\s?%\s(risk|chance)"
)
REPEATED = re.compile(r"(?i)\b(told|said)( you)?( that)? you have\b")
ALL_CLEAR = re.compile(r"(?i)(?<!does not mean )\ball clear\b")
VERBS = (
    "start|begin|stop|quit|skip|raise|lower|increase|reduce|cut|halve|double|taper|hold|pause"
    r"|switch|change|adjust|resume|restart|come\soff|wean|avoid|take|use|try"
)
MEDICINE = "medicines?|medication|pills?|tablets?|doses?|drugs?|maoi|antidepressants?|patch|spray"
ADVICE = re.compile(
    rf"(?ix) (?: ^ | \b(?: you\s(?:may|can|could) | should | must | need\sto | have\sto | ought\sto"
    rf"| do\snot | don[’']t | never | always | and | or | then | to )\s )"
    rf"(?:{VERBS})\b [^.?]*? \b(?:{MEDICINE})\b"
)
COPIED = re.compile(
    r"(?i)wished? (you were|to be) dead|not wake up|thoughts of killing yourself"
    r"|little interest or pleasure|down, depressed,? or hopeless|better off dead"
    r"|better off if you were dead|thoughts about killing yourself|tried to kill yourself"
    r"|so hyper|so irritable that you shouted"
)
UNKIND = re.compile(r"(?i)!|\b(please|sorry|invalid|oops|commit(ted)? suicide)\b")

texts = everything()
spoken = [said for said in texts if said.for_patients]


def gives_verdict(text: str) -> bool:
    return bool(VERDICT.search(REPEATED.sub("", text)) or ALL_CLEAR.search(text))


def gives_advice(text: str) -> bool:
    told = [part for part in sentences(text) if not part.endswith("?") and part != CHANGE_NOTHING]
    return any(ADVICE.search(part) for part in told)


def test_no_text_gives_a_verdict() -> None:
    assert [] == [said for said in texts if gives_verdict(said.text)]


def test_no_text_tells_a_patient_what_to_do_with_a_medicine() -> None:
    assert [] == [said for said in spoken if gives_advice(said.text)]


def test_no_text_copies_a_questionnaire_of_others() -> None:
    assert [] == [said for said in texts if COPIED.search(said.text)]


def test_no_text_shouts_begs_or_blames() -> None:
    assert [] == [said for said in spoken if UNKIND.search(said.text)]


def test_all_the_text_is_looked_at() -> None:
    assert len(spoken) > 900
    assert len(texts) - len(spoken) >= 74


@pytest.mark.parametrize(
    "verdict",
    [
        "You are eligible.",
        "You may qualify for this.",
        "A good candidate.",
        "Your doctor cleared this.",
        "Who should clear me?",
        "It is safe for you.",
        "Is my MAOI safe with this?",
        "Is it safe to have these?",
        "What are safer options for me?",
        "This does not rule out a stroke.",
        "Your score is 7.",
        "You have depression.",
        "You might have bipolar disorder.",
        "Your risk is 12%.",
        "You have an aneurysm.",
    ],
)
def test_the_list_of_verdicts_knows_one_when_it_sees_one(verdict: str) -> None:
    assert gives_verdict(verdict)


def test_all_clear_is_said_only_to_deny_it() -> None:
    assert gives_verdict("You are all clear.")
    assert not gives_verdict("That does not mean all clear.")


def test_what_a_doctor_said_may_be_asked() -> None:
    assert not gives_verdict("Have you ever been told you have an aneurysm?")


@pytest.mark.parametrize(
    "advice",
    [
        "Stop your pills.",
        "Do not take your medicine today.",
        "You should lower your dose.",
        "Ask first. Skip your blood pressure pills on that day.",
        "You can take less of the drug.",
        "Come off the pills slowly.",
        "Take your medicine as usual.",
    ],
)
def test_the_list_of_advice_knows_some_when_it_sees_some(advice: str) -> None:
    assert gives_advice(advice)


def test_one_sentence_about_medicine_is_allowed() -> None:
    assert not gives_advice(f"An MAOI can push blood pressure up. {CHANGE_NOTHING}")
    assert gives_advice("Do not change any medicine.")


def test_questions_are_not_advice() -> None:
    assert not gives_advice("Do you take medicine for blood pressure?")
