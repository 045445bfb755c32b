from collections.abc import Callable
from pathlib import Path

import pytest
from pydantic import ValidationError

import rules
from screener.settings import Settings, SettingsError

EXAMPLE = Path(__file__).parents[3] / "clinic.example.toml"
Load = Callable[..., Settings]


def test_without_a_file_a_neutral_clinic_runs(tmp_path: Path) -> None:
    settings = Settings.load(None, tmp_path, environment={})

    assert ("Your clinic", "", "", None) == (
        settings.clinic.name,
        settings.clinic.phone,
        settings.clinic.country,
        settings.clinic.logo,
    )
    assert (24, 30, 180) == tuple(settings.retention.model_dump().values())
    assert ({}, 0, tmp_path) == (settings.limits, settings.trusted_proxies, settings.data)


def test_a_whole_file_is_read(load: Load) -> None:
    settings = load(
        """
        [clinic]
        name = " Hill Clinic "
        colour = "#AA3300"
        phone = "+1 (555) 010-0199 ext 5"
        hours = "Mon–Fri 9–5"
        country = "us"
        website = "https://hill.example/"
        [limits]
        bp_first_sys = 130
        bp_discuss_sys = 125
        [retention]
        draft_hours = 12
        [privacy]
        contact = "privacy@hill.example"
        [leave]
        address = "https://weather.example/today"
        [server]
        public_url = "https://forms.hill.example/"
        trusted_proxies = 1
        """
    )

    clinic = settings.clinic
    assert ("Hill Clinic", "#aa3300", "US") == (clinic.name, clinic.colour, clinic.country)
    assert clinic.leave_to == "https://weather.example/today"
    assert {"bp_first_sys": 130, "bp_discuss_sys": 125} == settings.limits
    assert (12, 30) == (settings.retention.draft_hours, settings.retention.coded_draft_days)
    assert settings.privacy.contact == "privacy@hill.example"
    assert ("https://forms.hill.example", 1) == (settings.public_url, settings.trusted_proxies)


def test_the_example_file_says_what_holds_without_a_file(tmp_path: Path) -> None:
    assert Settings.load(EXAMPLE, tmp_path, environment={}) == Settings.load(
        None, tmp_path, environment={}
    )


def test_the_example_file_with_all_its_comments_uncommented_is_read(
    load: Load, tmp_path: Path
) -> None:
    (tmp_path / "logo.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>')
    lines = EXAMPLE.read_text().splitlines()
    text = "\n".join(line.removeprefix("# ") if " = " in line else line for line in lines)

    settings = load(text)

    assert settings.clinic.logo is not None
    assert {"bp_first_sys": 140, "trd_min_trials": 2} == settings.limits


def test_a_file_saved_by_windows_notepad_is_read(load: Load) -> None:
    assert load(b'\xef\xbb\xbf[clinic]\r\nname = "Hill"\r\n').clinic.name == "Hill"


def test_the_environment_is_stronger_than_the_file_and_the_command_line_than_both(
    load: Load,
) -> None:
    text = '[clinic]\nname = "File"\n[server]\npublic_url = "https://file.example"'
    around = {
        "SCREENER_CLINIC_NAME": "Around",
        "SCREENER_PUBLIC_URL": "https://around.example",
        "SCREENER_TRUSTED_PROXIES": "2",
        "SCREENER_CLINIC_PHONE": "",
    }

    by_around = load(text, environment=around)
    by_hand = load(text, environment=around, public_url="https://hand.example")

    assert ("Around", 2) == (by_around.clinic.name, by_around.trusted_proxies)
    assert by_around.public_url == "https://around.example"
    assert by_hand.public_url == "https://hand.example"


def test_file_and_folder_may_come_from_the_environment(load: Load, tmp_path: Path) -> None:
    load('[clinic]\nname = "Hill"')
    around = {
        "SCREENER_CLINIC": str(tmp_path / "clinic.toml"),
        "SCREENER_DATA": str(tmp_path / "d"),
    }

    settings = Settings.load(environment=around)

    assert ("Hill", tmp_path / "d") == (settings.clinic.name, settings.data)


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("SCREENER_PUBLIC_URL", "nonsense", "the address alone"),
        ("SCREENER_TRUSTED_PROXIES", "many", "a whole number"),
        ("SCREENER_TRUSTED_PROXIES", "9", "between 0 and 5"),
        ("SCREENER_DRAFT_HOURS", "1000", "between 1 and 72"),
    ],
)
def test_a_wrong_value_in_the_environment_is_called_by_its_name(
    load: Load, name: str, value: str, said: str
) -> None:
    with pytest.raises(SettingsError, match=f"^{name} is .*, it must be {said}"):
        load("", environment={name: value})


def test_an_override_that_is_not_known_is_refused(load: Load) -> None:
    with pytest.raises(
        SettingsError, match=r"publik_url is not a setting, did you mean public_url"
    ):
        load("", publik_url="https://a.example")


def test_limits_are_held_against_the_content_that_will_run(load: Load) -> None:
    wider = rules.load().limits

    assert {"bmi_high": 36} == load("[limits]\nbmi_high = 36", limits=wider).limits


def test_when_nothing_can_be_sent_nobody_is_told_when_it_is_answered(load: Load) -> None:
    address = '[server]\npublic_url = "https://forms.hill.example"\n'
    closed = '[sending]\noffered = false\nphone = "no"\nemail = "no"\n'

    assert ["[sending] answered_within"] == [
        line.split(" is ")[0] for line in load(address).blanks if "sending" in line
    ]
    assert [] == [line for line in load(closed + address).blanks if "sending" in line]


def test_settings_cannot_be_changed_afterwards(load: Load) -> None:
    settings = load("")

    with pytest.raises(ValidationError):
        settings.trusted_proxies = 3  # type: ignore[misc]


def test_a_public_clinic_must_tell_patients_who_it_is(load: Load) -> None:
    told = '[clinic]\nphone = "555"\n[privacy]\ncontact = "a"\naddress = "b"\ncomplaint = "c"\n'
    address = '[server]\npublic_url = "https://forms.hill.example"\n'

    assert len(load(address).blanks) == 6
    told += '[sending]\nanswered_within = "soon"\n'
    assert [line.split(" is ")[0] for line in load(told + address).blanks] == ["[privacy] staff"]
    told = told.replace("[sending]", 'staff = "d"\n[sending]')
    assert load(told + address).blanks == ()
    assert load("").blanks == ()
