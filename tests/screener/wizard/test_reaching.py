"""What the clinic asks of who sends the form, and what the page says when it cannot be read."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask

from screener.settings import Sending
from screener.web import parts
from tests.screener.wizard.conftest import Arrived, Settled
from tests.screener.wizard.people import JO, words_of
from tests.web import Patient

pytestmark = pytest.mark.usefixtures("taking")
At = Callable[..., Patient]

SLIPS: dict[str, tuple[dict[str, str], list[str]]] = {
    "nothing": (
        {},
        ["Enter your name", "Enter a phone number or an e-mail address"],
    ),
    "spaces": ({"name": " \t", "email": "\u200b"}, ["Enter your name"]),
    "no letters": (JO | {"name": "12"}, ["Enter your name in letters"]),
    "a long name": (
        JO | {"name": "J" * 81},
        ["Your name must be 80 characters or less. Now it has 81."],
    ),
    "no number": (
        {"name": "Jo", "phone": "soon"},
        ["Enter a phone number in digits, like 555 010 0199"],
    ),
    "no address": (
        JO | {"email": "jo at home"},
        ["Enter an e-mail address, like name@example.com"],
    ),
    "a long time": (
        JO | {"best_time": "mornings " * 20},
        ["The good time must be 120 characters or less. Now it has 179."],
    ),
}


@pytest.fixture
def at_send(app: Flask, settled: Settled) -> At:
    """Bring the patient to "How to reach you" of a clinic with these settings."""

    def come(**wishes: str) -> Patient:
        made_of = app.extensions[parts.KEY]
        settings = made_of.settings.model_copy(update={"sending": Sending(**wishes)})  # type: ignore[arg-type]
        parts.install(app, replace(made_of, settings=settings))
        settled("check", country="US").press("Make my summary")
        return Patient(settled("check").browser).go("/summary").go("/send")

    return come


def test_only_what_the_clinic_wants_to_know_is_asked(at_send: At) -> None:
    everything = at_send()
    assert ["name", "phone", "email", "message", "best_time"] == everything.asked()

    least = at_send(name="no", phone="no", message="no", best_time="no")
    assert ["email"] == least.asked()


def test_a_browser_may_fill_in_who_the_person_is_and_nothing_else(at_send: At) -> None:
    boxes = at_send().page.select("main input:not([type=hidden])")

    assert {"name": "name", "phone": "tel", "email": "email"} == {
        str(box["name"]): str(box["autocomplete"])
        for box in boxes
        if box.get("autocomplete", "off") != "off"
    }
    assert {"phone": "tel", "email": "email"} == {
        str(box["name"]): str(box["type"]) for box in boxes if box["type"] in {"tel", "email"}
    }


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_says_what_to_do_and_keeps_what_was_typed(
    at_send: At, arrived: Arrived, slip: str
) -> None:
    typed, problems = SLIPS[slip]
    patient = at_send()

    patient.press("Send my answers", **({"message": "yes"} | typed))

    assert patient.response is not None
    assert 422 == patient.response.status_code
    assert problems == patient.problems[: len(problems)]
    kept = patient.filled_in("Send my answers")[1]
    assert {name: text.strip("\u200b\t ") for name, text in typed.items()} == {
        name: kept[name] for name in typed
    }
    assert ["yes"] == kept["message"]
    assert [] == arrived()


@pytest.mark.parametrize("one", [{"phone": "555 010 0134"}, {"email": "jo@example.org"}])
def test_one_way_to_reach_a_person_is_enough(
    at_send: At, arrived: Arrived, one: dict[str, str]
) -> None:
    patient = at_send()
    assert "One of them is enough" in words_of(patient)

    patient.press("Send my answers", name="Jo", **one)

    assert "/sent" == patient.at
    assert one.items() <= arrived()[0].contents["contact"].items()


def test_the_only_way_that_is_asked_is_needed(at_send: At) -> None:
    patient = at_send(email="no")
    assert "One of them is enough" not in words_of(patient)

    assert ["Enter a phone number"] == patient.press("Send", name="Jo").problems


def test_what_the_clinic_needs_is_asked_for_by_name(at_send: At) -> None:
    needed = dict.fromkeys(("name", "phone", "email", "message", "best_time"), "needed")

    patient = at_send(**needed).press("Send my answers")

    assert "you can leave this empty" not in words_of(patient)
    assert [
        "Enter your name",
        "Enter a phone number",
        "Enter an e-mail address",
        "Select yes if a message may name the clinic",
        "Enter a time that is good for you",
    ] == patient.problems


def test_an_answer_that_was_not_offered_is_none(at_send: At, arrived: Arrived) -> None:
    action, data = at_send().filled_in("Send my answers", **JO)

    at_send().send((action, data | {"message": "maybe", "role": "admin"}))

    assert "" == arrived()[0].contents["contact"]["may_name_clinic"]


@pytest.mark.parametrize(
    ("within", "said"),
    [
        ("within 2 working days.", "gets in touch with you within 2 working days."),
        ("", "Someone at the clinic reads it and then gets in touch with you."),
    ],
)
def test_it_says_when_somebody_gets_in_touch_as_far_as_the_clinic_says(
    at_send: At, within: str, said: str
) -> None:
    patient = at_send(answered_within=within)
    assert said in words_of(patient)

    assert said in words_of(patient.press("Send my answers", **JO))


@pytest.mark.parametrize(
    "hostile", ["\x00", "A" * 100_000, "\u202e" * 500, "<b>", "{{ 7*7 }}", "\u0301" * 900]
)
def test_hostile_text_is_cleaned_or_refused(at_send: At, hostile: str) -> None:
    patient = at_send()
    action, data = patient.filled_in("Send my answers")
    for name in ("name", "phone", "email", "best_time", "message"):
        sent: dict[str, Any] = data | JO | {name: hostile}
        body = patient.browser.post(action, data=sent)

        assert body.status_code in {303, 422}
        assert "<b>" not in body.text
