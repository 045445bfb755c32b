import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as searching
from hypothesis import strategies as st
from pydantic import ValidationError

import rules
from screener.settings import Settings, SettingsError
from screener.settings.reading import checked

EXAMPLE = Path(__file__).parents[2] / "clinic.example.toml"
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
        "[zzz] is not a section: there is [clinic], [limits], [retention], [privacy], [leave],"
        " [server]"
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


@pytest.fixture
def load(tmp_path: Path) -> Load:
    def load_text(text: str | bytes, **more: object) -> Settings:
        file = tmp_path / "clinic.toml"
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        return Settings.load(file, tmp_path, **{"environment": {}, **more})  # type: ignore[arg-type]

    return load_text


def test_without_a_file_a_neutral_clinic_runs(tmp_path: Path) -> None:
    settings = Settings.load(None, tmp_path, environment={})

    assert ("Your clinic", "", "", None) == (
        settings.clinic.name,
        settings.clinic.phone,
        settings.clinic.country,
        settings.clinic.logo,
    )
    assert (24, 30) == (settings.retention.draft_hours, settings.retention.coded_draft_days)
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


def test_settings_cannot_be_changed_afterwards(load: Load) -> None:
    settings = load("")

    with pytest.raises(ValidationError):
        settings.trusted_proxies = 3  # type: ignore[misc]


def test_a_public_clinic_must_tell_patients_who_it_is(load: Load) -> None:
    told = '[clinic]\nphone = "555"\n[privacy]\ncontact = "a"\naddress = "b"\ncomplaint = "c"\n'
    address = '[server]\npublic_url = "https://forms.hill.example"\n'

    assert len(load(address).blanks) == 5
    assert [line.split(" is ")[0] for line in load(told + address).blanks] == ["[privacy] staff"]
    assert load(told + 'staff = "d"\n' + address).blanks == ()
    assert load("").blanks == ()


PNG = b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR" + bytes(13) + b"\0\0\0\0" + b"\0\0\0\0IEND\xaeB`\x82"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">{}</svg>'

BAD_SVG = {
    "<script>x</script>": "holds <script>",
    "<g><foreignObject/></g>": "holds <foreignObject>",
    '<image href="https://x.example/a.png"/>': "holds <image>",
    "<style>@import url(//x.example)</style>": "holds <style>",
    '<a href="https://x.example"><path/></a>': "holds <a>",
    '<path onclick="x()"/>': "onclick",
    '<use xlink:href="https://x.example/a.svg#b"/>': "href",
    '<use href="//x.example#b"/>': "href",
    '<use href="a.svg#b"/>': "href",
    '<use href="data:image/svg+xml,x"/>': "href",
    '<path fill="url(https://x.example/#a)"/>': "fill",
    "<path style=\"fill:url( '//x.example/a')\"/>": "style",
    '<path style="fill:u\\72l(//x.example)"/>': "style",
    '<set attributeName="href" to="javascript:x"/>': "holds <set>",
    "<animate/>": "holds <animate>",
    '<h:script xmlns:h="http://www.w3.org/1999/xhtml"/>': "holds <script>",
    "<path": "a PNG or SVG picture",
}


def with_logo(load: Load, folder: Path, content: bytes | str, name: str = "logo.svg") -> Settings:
    (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    return load(f'[clinic]\nlogo = "{name}"')


def test_a_small_png_is_taken_as_it_is(load: Load, tmp_path: Path) -> None:
    logo = with_logo(load, tmp_path, PNG, "logo.png").clinic.logo

    assert logo is not None
    assert (PNG, "image/png") == (logo.content, logo.mime)


def test_an_svg_keeps_what_draws_and_loses_what_its_editor_wrote(
    load: Load, tmp_path: Path
) -> None:
    drawn = SVG.format(
        '<metadata>by Ann</metadata><title>Hill &amp; Co</title><path id="p" d="M0 0" '
        'style="fill:#123456;stroke:none" e:label="x" xmlns:e="http://editor.example"/>'
        '<use xlink:href="#p"/><rect fill="url(#p)"/>'
    )

    logo = with_logo(load, tmp_path, f"<?xml version='1.0'?>{drawn}").clinic.logo

    assert logo is not None
    assert (
        '<svg xmlns="http://www.w3.org/2000/svg"><title>Hill &amp; Co</title>'
        '<path id="p" d="M0 0" fill="#123456" stroke="none" />'
        '<use href="#p" /><rect fill="url(#p)" /></svg>'
    ) == logo.content.decode()
    assert logo.mime == "image/svg+xml"


@pytest.mark.parametrize(("part", "said"), BAD_SVG.items())
def test_an_svg_that_acts_or_reaches_out_is_refused(
    load: Load, tmp_path: Path, part: str, said: str
) -> None:
    with pytest.raises(
        SettingsError, match=r"^clinic\.toml: \[clinic\] logo is .*it must be"
    ) as no:
        with_logo(load, tmp_path, SVG.format(part))

    assert said in str(no.value)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"GIF89a" + bytes(50), "a PNG or SVG picture"),
        (b"", "a PNG or SVG picture"),
        (b"<html/>", "a PNG or SVG picture"),
        (b'<!DOCTYPE svg [<!ENTITY a "b">]><svg/>', "an SVG without DOCTYPE"),
        ('<?xml version="1.0" encoding="utf-16"?><svg/>'.encode("utf-16"), "a PNG or SVG picture"),
        (PNG + zlib.compress(b"x") * 2000, "a file of 10240 bytes or less"),
    ],
)
def test_what_is_no_small_picture_is_refused(
    load: Load, tmp_path: Path, content: bytes, said: str
) -> None:
    with pytest.raises(SettingsError) as refused:
        with_logo(load, tmp_path, content)

    assert said in str(refused.value)


def test_a_logo_that_is_not_there_is_said(load: Load, tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as refused:
        load('[clinic]\nlogo = "none.svg"')

    assert (
        'clinic.toml: [clinic] logo is "none.svg", it must be a file that can be read,'
        f" and {tmp_path / 'none.svg'} cannot"
    ) == str(refused.value)


values = st.one_of(st.text(max_size=40), st.integers(), st.booleans(), st.floats(), st.none())


@searching(deadline=None)
@given(st.dictionaries(st.sampled_from(["name", "phone", "website", "country"]), values))
def test_any_value_is_read_or_refused_with_a_line(values: dict[str, object]) -> None:
    _, lines = checked({"clinic": values}, {}, "clinic.toml")

    assert all(line.startswith("clinic.toml: [clinic] ") for line in lines)
