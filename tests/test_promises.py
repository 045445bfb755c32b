"""The promises that every page is held to can be broken: one way for each of them."""

import pytest

from tests.promises import promises_kept

PAGE = """<!doctype html><html lang="en" dir="ltr"><head><meta charset="utf-8">
<title>Heart – Clinic</title></head>
<body><header><a href="/help">Get help now</a></header><main><h1>Heart</h1>
<form method="post" action="/form/heart"><input type="hidden" name="csrf_token" value="x">
<fieldset class="field" aria-describedby="heart-hint"><legend>Pick one</legend>
<p class="hint" id="heart-hint">Any.</p>
<input type="radio" name="heart" id="heart-0" value="yes"><label for="heart-0">Yes</label>
</fieldset></form></main></body></html>"""

SHEET = '<link rel="stylesheet" href="/x.css">'
BROKEN = {
    "no language": ('lang="en" ', ""),
    "no direction": (' dir="ltr"', ""),
    "two h1": ("<h1>Heart</h1>", "<h1>Heart</h1><h1>Too</h1>"),
    "no h1": ("<h1>Heart</h1>", ""),
    "no help": ("Get help now", "Help"),
    "error title": ("<title>Heart", "<title>Error: Heart"),
    "summary without an error": ("<form", '<div class="sum"></div><form'),
    "no legend": ("<legend>Pick one</legend>", ""),
    "legend elsewhere": ("<legend>Pick one</legend>", "<p>Pick one</p>"),
    "no label": ('<label for="heart-0">Yes</label>', "Yes"),
    "same id twice": ("<main>", '<main id="heart-0">'),
    "hint not named": (' aria-describedby="heart-hint"', ""),
    "described by nothing": ("heart-hint", "heart-hint other", 1),
    "an answer that a browser fills in": ('type="radio"', 'type="radio" autocomplete="name"'),
    "required": ('type="radio"', 'type="radio" required'),
    "no proof": ('<input type="hidden" name="csrf_token" value="x">', ""),
    "no action": (' action="/form/heart"', ""),
    "inline style": ("<h1>", '<h1 style="color:red">'),
    "inline handler": ("<h1>", '<h1 onclick="x()">'),
    "inline script": ("<h1>", "<script>1</script><h1>"),
    "a style": ("</title>", "</title><style>p{}</style>"),
    "a picture from elsewhere": ("<h1>", '<img alt="" src="https://example.org/x.png"><h1>'),
    "a link elsewhere": ("<h1>", '<a href="https://example.org/">x</a><h1>'),
    "a script address": ("<h1>", '<a href="javascript:x()">x</a><h1>'),
    "a heavy page": ("<h1>", f"<p>{' '.join(map(str, range(4000)))}</p><h1>"),
    "many requests": (
        "</head>",
        "".join(f'<script src="/{n}.js"></script>' for n in range(4)) + "</head>",
    ),
    "a second stylesheet": (
        "</head>",
        f'{SHEET}{SHEET}<script src="/x.js"></script>{SHEET}</head>',
    ),
    "not HTML": ("<h1>Heart</h1>", "<h1>Heart</h1></b>"),
}


def test_a_page_that_keeps_them_passes() -> None:
    promises_kept(PAGE, failed=False)


@pytest.mark.parametrize("what", BROKEN)
def test_a_page_that_breaks_one_fails(what: str) -> None:
    old, new, *count = BROKEN[what]
    broken = PAGE.replace(str(old), str(new), *(int(times) for times in count))
    assert broken != PAGE

    with pytest.raises(Exception):  # noqa: B017, PT011 - the parser raises an exception of its own
        promises_kept(broken, failed=False)


def test_an_error_must_have_its_summary_and_its_place() -> None:
    failed = PAGE.replace("<title>", "<title>Error: ").replace(
        "<main>", '<main><div class="sum"><ul><li><a href="#heart-0">Select one</a></li></ul></div>'
    )
    told = failed.replace(
        '<p class="hint" id="heart-hint">Any.</p>',
        '<p class="hint" id="heart-hint">Any.</p><p class="err" id="heart-err">Select one</p>',
    ).replace('describedby="heart-hint"', 'describedby="heart-hint heart-err"')

    promises_kept(told, failed=True)
    for broken in (failed, told.replace('href="#heart-0"', 'href="#other"'), PAGE):
        with pytest.raises(AssertionError):
            promises_kept(broken, failed=True)
