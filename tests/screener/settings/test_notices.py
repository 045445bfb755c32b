"""Who is told of an urgent form, and the secrets that stand in no file."""

from collections.abc import Callable

import pytest

from screener.settings import Settings, SettingsError

Load = Callable[..., Settings]
LONG = "s" * 32
EMAIL = """
[notices]
email_to = "intake@hill.example"
email_from = "screener@hill.example"
smtp_host = "smtp.hill.example"
"""


def test_without_a_word_nobody_is_told(load: Load) -> None:
    assert () == load("").notices.ways


def test_e_mail_is_sent_with_what_the_section_says(load: Load) -> None:
    around = {"SCREENER_SMTP_PASSWORD": "open sesame"}

    email = load(EMAIL + 'smtp_user = "me"', environment=around).notices.email

    assert email is not None
    assert ("intake@hill.example", "screener@hill.example") == (email.to, email.sender)
    assert ("smtp.hill.example", 587, "starttls") == (email.host, email.port, email.security)
    assert ("me", "open sesame") == (email.user, email.password)


def test_both_ways_may_be_used(load: Load) -> None:
    hook = EMAIL + 'webhook = "https://hook.hill.example/new"'

    notices = load(hook, environment={"SCREENER_WEBHOOK_SECRET": LONG}).notices

    assert ("email", "webhook") == notices.ways


def test_a_secret_is_shown_by_no_accident(load: Load) -> None:
    around = {"SCREENER_WEBHOOK_SECRET": LONG, "SCREENER_SMTP_PASSWORD": "open sesame"}
    text = EMAIL + 'smtp_user = "me"\nwebhook = "https://hook.hill.example/new"'

    shown = repr(load(text, environment=around))

    assert "hook.hill.example" in shown
    assert LONG not in shown
    assert "sesame" not in shown


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('email_to = "nobody"', "one e-mail address"),
        ('email_to = "a@b.example, c@d.example"', "one e-mail address"),
        ('email_to = "a@b.example\\r\\nBcc: c@d.example"', "one line of plain text"),
        ('email_to = "a@b.example"\nsmtp_host = "b.example"', "email_from is empty"),
        ('email_to = "a@b.example"\nemail_from = "a@b.example"', "smtp_host is empty"),
        ('smtp_host = "a b"', "the name of a mail server"),
        ("smtp_port = 0", "between 1 and 65535"),
        ('smtp_security = "ssl"', '"starttls", "tls" or "none"'),
        ('smtp_host = "b.example"\nsmtp_security = "none"', "to another machine"),
        ('smtp_user = "me"', "SCREENER_SMTP_PASSWORD in the environment is not"),
        ('webhook = "http://hook.example/"', "begins with https://"),
        ('webhook = "https://me:pass@hook.example/"', "begins with https://"),
        ('webhook = "https://hook.example/"', "fewer than 32 characters"),
        ('password = "x"', "is not a setting"),
    ],
)  # fmt: skip
def test_what_cannot_work_is_named_in_a_line(load: Load, text: str, said: str) -> None:
    with pytest.raises(SettingsError) as refused:
        load(f"[notices]\n{text}")

    assert 1 == len(refused.value.lines)
    assert said in refused.value.lines[0]
    assert "[notices]" in refused.value.lines[0]


def test_a_hook_on_this_machine_needs_no_https(load: Load) -> None:
    around = {"SCREENER_WEBHOOK_SECRET": LONG}
    hook = load('[notices]\nwebhook = "http://127.0.0.1:9/"', environment=around).notices.webhook

    assert hook is not None
    assert "http://127.0.0.1:9/" == hook.address
