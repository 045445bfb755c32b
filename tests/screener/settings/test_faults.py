from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as searching
from hypothesis import strategies as st

from screener.settings import Settings, SettingsError
from screener.settings.reading import checked

Load = Callable[..., Settings]

WRONG = {
    # values
    "[limits]\nbp_first_sys = 150": "[limits] bp_first_sys is 150, it must be between 120 and 140",
    "[limits]\nbp_first_sis = 130": (
        "[limits] bp_first_sis is not a limit, did you mean bp_first_sys?"
    ),
    "[limits]\nbp_first_sys = 130.5": (
        "[limits] bp_first_sys is 130.5, it must be a whole number without quotes"
    ),
    '[limits]\nbp_first_sys = "130"': (
        '[limits] bp_first_sys is "130", it must be a whole number without quotes'
    ),
    "[limits]\nbp_first_sys = true": (
        "[limits] bp_first_sys is true, it must be a whole number without quotes"
    ),
    "[limits]\nbp_first_sys_65 = 125": (
        "[limits] bp_first_sys (140) must be at most bp_first_sys_65 (125); change one of the two"
    ),
    "[retention]\ndraft_hours = 0": "[retention] draft_hours is 0, it must be between 1 and 72",
    "[retention]\ncoded_draft_days = 365": (
        "[retention] coded_draft_days is 365, it must be between 1 and 90"
    ),
    '[sending]\noffered = "yes"': (
        '[sending] offered is "yes", it must be true or false, without quotes'
    ),
    '[sending]\nname = "optional"': (
        '[sending] name is "optional", it must be "needed", "asked" or "no"'
    ),
    "[sending]\nphone = true": (
        '[sending] phone is true, it must be text between quotes, like "this"'
    ),
    '[sending]\nphone = "no"\nemail = "no"': (
        '[sending] phone and email are both "no", one of them must be "asked" or "needed"'
        " while sending is offered"
    ),
    '[sending]\nanswered = "soon"': (
        "[sending] answered is not a setting, did you mean answered_within?"
    ),
    "[server]\ntrusted_proxies = -1": (
        "[server] trusted_proxies is -1, it must be between 0 and 5"
    ),
    '[clinic]\nname = " "': "[clinic] name is empty, it must be at least one letter",
    "[clinic]\nname = 5": '[clinic] name is 5, it must be text between quotes, like "this"',
    "[clinic]\nname = 2026-11-22": (
        '[clinic] name is a date or a time, it must be text between quotes, like "this"'
    ),
    '[clinic]\nname = ["a"]': (
        '[clinic] name is a list, it must be text between quotes, like "this"'
    ),
    f'[clinic]\nname = "{"x" * 61}"': (
        f'[clinic] name is "{"x" * 40}…", it must be 60 characters or less, and it has 61'
    ),
    '[clinic]\nhours = "9 to 5\\nMonday"': (
        '[clinic] hours is "9 to 5\\nMonday",'
        " it must be one line of plain text, without line breaks"
    ),
    '[clinic]\nname = "My clinic\\u202e"': (
        '[clinic] name is "My clinic\\u202e",'
        " it must be plain text, without hidden signs that turn it around"
    ),
    '[clinic]\ncolour = "teal"': (
        '[clinic] colour is "teal", it must be "#" and six of 0-9 and a-f, like "#1b5753"'
    ),
    '[clinic]\nphone = "call us"': (
        '[clinic] phone is "call us", it must be a phone number, like "+1 555 010 0199"'
    ),
    '[clinic]\ncountry = "UK"': (
        '[clinic] country is "UK", it must be a country code of two letters, like "US"'
        ' (the United Kingdom is "GB")'
    ),
    '[clinic]\ncountry = "Germany"': (
        '[clinic] country is "Germany", it must be a country code of two letters, like "US"'
    ),
    '[clinic]\ntime_zone = "Europe/Dubln"': (
        '[clinic] time_zone is "Europe/Dubln", it must be the name of a time zone,'
        ' like "Europe/Dublin"; did you mean "Europe/Dublin"?'
    ),
    '[clinic]\ntime_zone = "our own"': (
        '[clinic] time_zone is "our own", it must be the name of a time zone, like "Europe/Dublin"'
    ),
    '[clinic]\nwebsite = "clinic.example"': (
        '[clinic] website is "clinic.example", it must be a web address,'
        ' like "https://clinic.example"'
    ),
    '[leave]\naddress = "http://weather.example"': (
        '[leave] address is "http://weather.example", it must be a web address that begins with'
        ' https://, like "https://weather.example"'
    ),
    '[leave]\naddress = ""': (
        "[leave] address is empty, it must be a web address that begins with https://,"
        ' like "https://weather.example"'
    ),
    '[server]\npublic_url = "http://forms.clinic.example"': (
        '[server] public_url is "http://forms.clinic.example", it must be an https:// address:'
        " http:// sends answers that others can read"
    ),
    '[server]\npublic_url = "https://clinic.example/forms"': (
        '[server] public_url is "https://clinic.example/forms", it must be the address alone,'
        ' like "https://forms.clinic.example"'
    ),
    # names and shapes
    '[clinic]\nnmae = "x"': "[clinic] nmae is not a setting, did you mean name?",
    '[leave]\nwhere = "x"': "[leave] where is not a setting: there is address",
    "[clinics]\n": "[clinics] is not a section, did you mean [clinic]?",
    "[zzz]\n": (
        "[zzz] is not a section: there is [clinic], [limits], [retention], [sending],"
        " [privacy], [leave], [notices], [server]"
    ),
    'name = "x"': "name stands outside a section: write it below one, such as [clinic]",
    "clinic = 5": "[clinic] is 5, it must be a section with names and values below it",
}

SYNTAX = {
    "[clinic]\nname = Clinic": "clinic.toml:2:8: invalid value",
    "[clinic\nname = 1": "clinic.toml:1:8: expected ']' at the end of a table declaration",
    '[clinic]\nname = "a"\nname = "b"': "clinic.toml:3: cannot overwrite a value",
    '[clinic]\n\nname = "a': "clinic.toml:3: unterminated string",
}


@pytest.mark.parametrize(("text", "said"), WRONG.items())
def test_a_wrong_setting_says_what_to_write(load: Load, text: str, said: str) -> None:
    with pytest.raises(SettingsError) as refused:
        load(text)

    assert f"clinic.toml: {said}" == str(refused.value)


@pytest.mark.parametrize(("text", "said"), SYNTAX.items())
def test_a_slip_in_the_writing_names_the_line(load: Load, text: str, said: str) -> None:
    with pytest.raises(SettingsError) as refused:
        load(text)

    assert f"{said}; write name = value, with text between quotes" == str(refused.value)


def test_every_wrong_value_is_said_at_once(load: Load) -> None:
    with pytest.raises(SettingsError) as refused:
        load(
            '[clinic]\ncolour = "red"\nphone = "?"\nlogo = "gone.png"\n'
            "[limits]\nbp_first_sys = 1\nbmi_high = 99\n[server]\ntrusted_proxies = 9"
        )

    places = [line.split(" is ")[0] for line in refused.value.lines]
    assert [
        "clinic.toml: [clinic] colour",
        "clinic.toml: [clinic] phone",
        "clinic.toml: [server] trusted_proxies",
        "clinic.toml: [clinic] logo",
        "clinic.toml: [limits] bp_first_sys",
        "clinic.toml: [limits] bmi_high",
    ] == places


def test_a_file_that_is_not_text_or_not_there_is_said(load: Load, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"clinic\.toml:2: is not UTF-8 text"):
        load(b'[clinic]\nname = "\xff"')
    with pytest.raises(SettingsError, match=r"none\.toml: cannot be read: No such file"):
        Settings.load(tmp_path / "none.toml", tmp_path, environment={})
    with pytest.raises(SettingsError, match="is too long"):
        load("#" * 100_001)


values = st.one_of(st.text(max_size=40), st.integers(), st.booleans(), st.floats(), st.none())


@searching(deadline=None)
@given(st.dictionaries(st.sampled_from(["name", "phone", "website", "country"]), values))
def test_any_value_is_read_or_refused_with_a_line(values: dict[str, object]) -> None:
    _, lines = checked({"clinic": values}, {}, "clinic.toml")

    assert all(line.startswith("clinic.toml: [clinic] ") for line in lines)
