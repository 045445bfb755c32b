"""Take the README's pictures from the running product: `.venv/bin/python -m docs.pictures.make`."""

import io
import json
import tempfile
import time
from base64 import b64encode
from datetime import UTC, datetime
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, ViewportSize, sync_playwright

import rules
from screener import demo
from screener.demo.staff import code
from screener.settings import Settings
from tests.browser.patient import Patient
from tests.browser.running import served
from tests.machine import CHROMIUM_FLAGS, find_chromium

HERE = Path(__file__).parent
CASES = HERE.parent.parent / "tests" / "cases"
PHONE = ViewportSize(width=375, height=760)
SHEET = ViewportSize(width=794, height=1123)  # A4 at 96 dots an inch
QUESTIONS = "/form/blood-pressure"
SAID = {
    "bp_dx": "yes",
    "bp_meds": "yes",
    "bp_above_goal": "not_sure",
    "bp_crisis_hx": "no",
    "bp_known": "yes",
    "bp_systolic": 150,
    "bp_diastolic": 88,
    "bp_when": "past_week",
}
STAGE_SIZE = ViewportSize(width=1400, height=748)
DESK = ViewportSize(width=1280, height=860)
COLOURS = 64
STAGE = """<body style="margin:0;display:flex;gap:28px;align-items:flex-start;padding:24px;
width:max-content;background:#e9e4da">{}</body>"""
SHOT = '<img style="height:700px;box-shadow:0 3px 14px #0003;border-radius:6px" src="{}">'


def answers() -> dict[str, object]:
    """Return somebody with a little to report, nothing urgent."""
    base: dict[str, object] = json.loads((CASES / "base.json").read_text("utf-8"))
    return base | SAID


def photographs(browser: Browser, address: str) -> list[bytes]:
    """Walk as a patient, and photograph a question, the summary and its printed page."""
    context = browser.new_context(viewport=PHONE, device_scale_factor=2, bypass_csp=True)
    page = context.new_page()
    patient = Patient(page, rules.load(), address).go("/").begin()
    patient.walk(answers(), until=QUESTIONS)
    page.check("#bp_dx-0")
    taken = [page.screenshot()]
    patient.walk(answers()).press("Make my summary")
    taken.append(page.screenshot())
    page.set_viewport_size(SHEET)
    patient.go("/summary/print?copy=patient&paper=a4")
    page.emulate_media(media="print")
    page.add_style_tag(content="html {padding: 14mm; box-sizing: border-box; background: #fff}")
    taken.append(page.screenshot())
    context.close()
    return taken


def staged(browser: Browser, taken: list[bytes]) -> bytes:
    """Lay the photographs side by side."""
    sources = [f"data:image/png;base64,{b64encode(shot).decode()}" for shot in taken]
    page = browser.new_page(viewport=STAGE_SIZE)
    page.set_content(STAGE.format("".join(SHOT.format(source) for source in sources)))
    made = page.locator("body").screenshot()
    page.close()
    return made


def queue(browser: Browser, address: str, folder: Path) -> bytes:
    """Sign in as the lead of a clinic of made-up people, and photograph the queue."""
    settings = Settings.load(folder / "clinic.toml", folder / "data", environment={})
    _reviewer, lead, _admin = demo.fill(settings, rules.load(), datetime.now(UTC))
    page = browser.new_page(viewport=DESK)
    page.goto(f"{address}/staff/sign-in")
    page.fill("#email", lead.email)
    page.fill("#password", lead.password)
    page.click("main button")
    page.fill("#code", code(lead.app_secret, time.time()))
    page.click("main button")
    page.click("text=Show new forms")
    page.goto(f"{address}/staff/queue")
    taken = page.screenshot()
    page.close()
    return taken


def main() -> None:
    """Write screener.png and clinic.png beside this file."""
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as top:
        browser = playwright.chromium.launch(
            executable_path=find_chromium(), args=list(CHROMIUM_FLAGS)
        )
        patients, clinic = Path(top, "patients"), Path(top, "clinic")
        for folder in (patients, clinic):
            folder.mkdir()
        with served(patients) as address:
            keep("screener", staged(browser, photographs(browser, address)))
        with served(clinic) as address:
            keep("clinic", queue(browser, address, clinic))
        browser.close()


def keep(name: str, made: bytes) -> None:
    """Write a picture in few colours."""
    picture = Image.open(io.BytesIO(made)).convert("RGB").quantize(COLOURS)
    picture.save(HERE / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
