"""How to reach a person, in the many ways in which people type it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screener.wizard import contacts
from screener.wizard.contacts import CannotReach

PHONES = {
    "+1 555 010 0199": "+1 555 010 0199",
    "(555) 010-0199": "(555) 010-0199",
    "  555.010.0199   ext 5": "555.010.0199 ext 5",
    "5550100199x12": "5550100199x12",
    "tel:+15550100": "+15550100",
    "555\u2013010\u20110199": "555-010-0199",
    "555\u00a0010\u202f0199": "555 010 0199",
    "\uff0b\uff11\uff12\uff13\uff14\uff15\uff16\uff17": "+1234567",
    "\u0660\u0661\u0662\u0663\u0664\u0665\u0666": "0123456",
    "\u202d555 010 0199\u202c": "555 010 0199",
}
NO_PHONES = [
    "call me",
    "12345",
    "1" * 16,
    "555 010 0199 or 555 010 0198",
    "1-800-FLOWERS",
    "+",
    "((((((",
    "1/2/3",
    "<script>1234567",
    "\u2460\u2461\u2462\u2463\u2464\u2465\u2466 circles",
]
EMAILS = {
    "jo@example.org": "jo@example.org",
    " Jo.Smith @ example . org ": "Jo.Smith@example.org",
    "<jo@example.org>,": "jo@example.org",
    "mailto:jo@example.org": "jo@example.org",
    "jo@example.org.": "jo@example.org",
    "jo\uff20example.org": "jo@example.org",
    "\u00e9@b\u00fccher.example": "\u00e9@b\u00fccher.example",
    "jo+clinic@mail.example.co.uk": "jo+clinic@mail.example.co.uk",
}
NO_EMAILS = [
    "jo",
    "jo@example",
    "jo smith@example.org",
    "jo@exam ple.org",
    "jo@-x.org",
    "jo@x..org",
    "@x.org",
    "jo@example.org,ann@example.org",
    "jo@example.org?bcc=ann@example.org",
    'jo"@example.org',
    f"{'j' * 65}@example.org",
    f"jo@{'x.' * 130}org",
]
NAMES = {
    "  Jo   Example ": "Jo Example",
    "Zoe\u0308": "Zo\u00eb",
    "Jo\r\nBcc: ann": "Jo Bcc: ann",
    "\u202eelpmaxE oJ": "elpmaxE oJ",
    "Jo\x00\x1b[31m": "Jo[31m",
    "\u674e\u5c0f\u9f99": "\u674e\u5c0f\u9f99",
    "O\u2019Neill-S\u00e1nchez Jr.": "O\u2019Neill-S\u00e1nchez Jr.",
}


@pytest.mark.parametrize(("typed", "read"), PHONES.items())
def test_a_telephone_number_is_read_however_it_is_written(typed: str, read: str) -> None:
    assert read == contacts.phone(contacts.line(typed))


@pytest.mark.parametrize("typed", NO_PHONES)
def test_what_cannot_be_dialled_is_no_telephone_number(typed: str) -> None:
    with pytest.raises(CannotReach):
        contacts.phone(contacts.line(typed))


@pytest.mark.parametrize(("typed", "read"), EMAILS.items())
def test_an_email_address_is_read_however_it_is_pasted(typed: str, read: str) -> None:
    assert read == contacts.email(contacts.line(typed))


@pytest.mark.parametrize("typed", NO_EMAILS)
def test_what_leads_to_no_mailbox_is_no_email_address(typed: str) -> None:
    with pytest.raises(CannotReach):
        contacts.email(contacts.line(typed))


@pytest.mark.parametrize(("typed", "read"), NAMES.items())
def test_a_name_keeps_its_letters_and_loses_what_is_hidden(typed: str, read: str) -> None:
    assert read == contacts.name(contacts.line(typed))


@pytest.mark.parametrize("typed", ["...", "12 34", "\U0001f600", "\u0301", "\u200d"])
def test_a_name_without_a_letter_is_none(typed: str) -> None:
    with pytest.raises(CannotReach):
        contacts.name(contacts.line(typed))


@given(st.text(max_size=300))
def test_whatever_is_typed_is_read_as_one_plain_line_or_refused(typed: str) -> None:
    for read in (contacts.name, contacts.phone, contacts.email):
        try:
            said = read(contacts.line(typed))
        except CannotReach:
            continue

        assert said.strip() == said
        assert not set(said) & set("\r\n\t\x00\u202e\u2066\u2028")
