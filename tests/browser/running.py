"""The real thing: `screener serve` as a process of its own, and a neutral site to leave for."""

import http.server
import os
import re
import ssl
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from screener.settings import Settings
from screener.store import Intake
from tests.certificates import certificate

HOUSE = Path(__file__).parent.parent.parent
ELSEWHERE = "neutral.example"
TELLING = "tests.browser.telling"
CLINIC = f"""
[clinic]
name = "River Clinic"
phone = "+1 555 010 0199"
hours = "Monday to Friday, 9 am to 5 pm"
country = "US"
[sending]
answered_within = "within 2 working days"
[leave]
address = "https://{ELSEWHERE}/"
[privacy]
contact = "privacy@clinic.example"
address = "1 Example Street, Springfield"
complaint = "the Office for Civil Rights"
staff = "the nurse and the doctor you see"
"""


@contextmanager
def served(folder: Path, program: str = "screener") -> Iterator[str]:
    """Serve on a free port, with its data in this folder; yield the address."""
    clinic, log = folder / "clinic.toml", folder / "log.txt"
    clinic.write_text(CLINIC, "utf-8")
    command = [sys.executable, "-m", program, "serve", "--port", "0"]
    command += ["--data", str(folder / "data"), "--clinic", str(clinic)]
    calm = {key: value for key, value in os.environ.items() if not key.startswith("SCREENER_")}
    with (
        log.open("wb") as said,
        subprocess.Popen(command, cwd=HOUSE, env=calm, stdout=subprocess.PIPE, stderr=said) as app,
    ):
        try:
            assert app.stdout is not None
            first = app.stdout.readline().decode()
            address = re.search(r"http://\S+", first)
            assert address, f"the server did not start: {first}{log.read_text('utf-8')}"
            yield address[0].rstrip("/")
        finally:
            app.terminate()


def take_forms(folder: Path) -> None:
    """Let the clinic that is served from this folder take forms, as its first account does."""
    intake = Intake.open(Settings.load(folder / "clinic.toml", folder / "data", environment={}))
    intake.need_clinic_key()
    intake.close()


def invite(folder: Path, name: str, role: str) -> str:
    """Add somebody to the staff of the clinic that is served from this folder; give the link."""
    intake = Intake.open(Settings.load(folder / "clinic.toml", folder / "data", environment={}))
    email = f"{name.lower().replace(' ', '.')}@example.org"
    token = intake.staff.accounts.add(name, email, role, "command")
    intake.close()
    return f"/staff/invitation/{token}"


@dataclass
class Neutral:
    """A site that has nothing to do with us, and notes what a browser tells it."""

    port: int = 0
    referrers: list[str | None] = field(default_factory=list)


@contextmanager
def neutral_site(folder: Path) -> Iterator[Neutral]:
    """Serve a plain page over https."""
    site = Neutral()

    class Weather(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path == "/":
                site.referrers.append(self.headers.get("Referer"))
            page = b"<!doctype html><title>Weather</title><link rel=icon href=data:,><h1>Sunny</h1>"
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Length", str(len(page)))
            self.end_headers()
            self.wfile.write(page)

        def log_message(self, *_ignored: object) -> None:
            """Say nothing."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Weather)
    secure = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    secure.load_cert_chain(certificate(folder, ELSEWHERE))
    # Hands are shaken in the thread of each visit: one who comes and says nothing keeps nobody out.
    server.socket = secure.wrap_socket(
        server.socket, server_side=True, do_handshake_on_connect=False
    )
    site.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield site
    server.shutdown()
    thread.join()
    server.server_close()
