"""Nobody who may be in danger leaves a page without a way to reach a person."""

import pytest

from screener.wizard import urgency
from tests.screener.wizard.conftest import Settled
from tests.screener.wizard.people import BUSY
from tests.web import Patient

CRISIS, EMERGENCY = "/form/a-word-2", "/form/a-word-1"


@pytest.mark.parametrize("answer", ["yes", "not_sure", "prefer_not"])
def test_a_word_about_suicide_brings_help_at_once(settled: Settled, answer: str) -> None:
    patient = settled("safety-thoughts").press(si_passive="no", si_active=answer, si_now="no")

    assert patient.at == CRISIS
    assert "Call 988" in patient.page.get_text()
    assert patient.page.select_one("a[href='tel:988']")


def test_a_no_brings_no_help_page(settled: Settled) -> None:
    patient = settled("safety-thoughts").press(si_passive="no", si_active="no", si_now="no")

    assert patient.at == "/form/safety-past"


def test_an_empty_answer_brings_no_help_page(settled: Settled) -> None:
    patient = settled("safety-thoughts").press(si_passive="no").press("Leave it empty")

    assert patient.at == "/form/safety-plans"


def test_help_comes_before_a_word_about_a_slip(settled: Settled) -> None:
    patient = settled("safety-thoughts").press(si_active="yes")

    assert patient.at == CRISIS

    patient.press("Carry on")

    assert patient.at == "/form/safety-thoughts"
    assert patient.page.select_one("#si_active-0[checked]")
    assert len(patient.problems) == 2


def test_danger_now_puts_the_emergency_number_first(settled: Settled) -> None:
    patient = settled("safety-thoughts").press(si_passive="no", si_active="no", si_now="yes")

    assert patient.heading == "Talk to someone now, before you go on"
    assert patient.page.select("main .btn")[0].text == "Call 911"


def test_thoughts_put_the_help_line_first(settled: Settled) -> None:
    patient = settled("safety-thoughts").press(si_passive="yes", si_active="no", si_now="no")

    assert patient.heading == "Thank you for telling us. You can talk to someone now."
    assert patient.page.select("main .btn")[0].text == "Call 988"


def test_the_help_page_names_no_lock_and_carries_on(settled: Settled) -> None:
    patient = settled("safety-thoughts").press(si_passive="yes", si_active="no", si_now="no")
    said = patient.page.get_text()

    assert patient.page.select("main input:not([type=hidden])") == []
    assert "Leave this site" in said
    assert "No one at the clinic reads this right away" in said
    assert patient.press("Carry on").at == "/form/safety-past"


def test_the_help_page_does_not_show_twice_for_the_same_answers(settled: Settled) -> None:
    patient = settled("safety-thoughts").press(si_passive="yes", si_active="no", si_now="no")

    patient.press("Carry on").go("/form/safety-thoughts").press()

    assert patient.at == "/form/safety-past"


def test_a_second_press_of_the_button_does_not_lead_past_help(settled: Settled) -> None:
    patient = settled("safety-thoughts")
    sent = patient.filled_in(si_passive="no", si_active="no", si_now="yes")
    patient.browser.post(sent[0], data=sent[1])

    assert patient.send(sent).at == CRISIS


def test_help_that_nobody_carried_on_from_shows_again(settled: Settled) -> None:
    patient = settled("safety-thoughts").press(si_passive="yes", si_active="no", si_now="no")

    assert patient.go("/form/safety-thoughts").press().at == CRISIS


def test_the_help_page_shows_again_when_there_is_more_to_it(settled: Settled) -> None:
    patient = settled("safety-thoughts").press(si_passive="yes", si_active="no", si_now="no")

    patient.press("Carry on").go("/form/safety-thoughts").press(si_now="yes")

    assert patient.at == CRISIS


def test_an_attempt_long_ago_is_not_treated_as_one_of_today(settled: Settled) -> None:
    patient = settled("safety-past").press(sa_ever="yes", self_harm="no", harm_others="no")
    assert patient.at == "/form/safety-last-time"

    assert patient.press(sa_when="gt_5y").at == "/form/main-medicines"


@pytest.mark.parametrize("button", ["Save", "Leave it empty"])
def test_an_attempt_whose_time_is_not_told_brings_help(settled: Settled, button: str) -> None:
    patient = settled("safety-past").press(sa_ever="yes", self_harm="no", harm_others="no")
    if button == "Save":
        patient.press(sa_when="prefer_not")
    else:
        patient.press().press(button)

    assert patient.at == CRISIS


def test_a_sign_of_an_emergency_brings_the_emergency_number(settled: Settled) -> None:
    patient = settled("warning-signs").press(red_flags_now=["chest_pain"])

    assert patient.at == EMERGENCY
    assert patient.page.select_one("a[href='tel:911']")
    assert patient.press("Carry on").at == "/form/blood-pressure"


def test_a_sign_beside_none_of_these_still_brings_the_emergency_number(settled: Settled) -> None:
    patient = settled("warning-signs").press(red_flags_now=["chest_pain", "none"])
    assert patient.at == EMERGENCY

    patient.press("Carry on")

    assert patient.problems == ["Select what applies to you, or select only ‘None of these’"]
    assert len(patient.page.select("input[checked]")) == 2


def test_the_emergency_comes_before_the_crisis_and_both_are_shown(
    settled: Settled, monkeypatch: pytest.MonkeyPatch
) -> None:
    # No page of today asks for both, so let one answer call for both.
    monkeypatch.setattr(urgency, "reasons_for", lambda block, *_: {f"{block} both"})
    patient = settled("organs").answer({})
    assert patient.at == EMERGENCY

    assert patient.press("Carry on").at == CRISIS
    assert patient.press("Carry on").at == "/form/breathing-and-glands"


def test_the_help_lines_are_those_of_the_country(settled: Settled) -> None:
    patient = settled("right-now").press(country="GB", safe_today="no")

    assert "116 123" in patient.page.get_text()
    assert "988" not in patient.page.get_text()


@pytest.mark.parametrize("link", ["Get help now", "See all help lines"])
def test_the_way_to_all_help_lines_keeps_the_country(settled: Settled, link: str) -> None:
    patient = settled("right-now").press(country="GB", safe_today="no").follow(link)

    assert "Help lines: United Kingdom" in patient.page.get_text()


def test_without_a_country_the_world_is_named(settled: Settled) -> None:
    patient = settled("right-now").press(safe_today="no")

    assert patient.at == CRISIS
    assert "findahelpline.com" in patient.page.get_text()


def test_every_page_of_a_patient_in_danger_links_to_help(patient: Patient) -> None:
    # `tests.web` looks for "Get help now" on each page that opens; this opens the most of them.
    patient.walk(BUSY)

    assert patient.seen.count(CRISIS) >= 4
    assert patient.seen.count(EMERGENCY) == 2


def test_no_title_tells_what_a_patient_said(settled: Settled) -> None:
    patient = settled("safety-thoughts")
    titles = [patient.page.title]
    titles.append(patient.press(si_passive="yes", si_active="yes", si_now="yes").page.title)

    words = " ".join(title.text for title in titles if title)
    assert "suicide" not in words.lower()
    assert "Step 6 of 9" in words
    assert "Talk" not in words
