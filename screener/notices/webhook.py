"""A notice to another system: one signed POST, as the Standard Webhooks describe it.

Whoever gets it checks the signature, refuses an old time, and remembers the id: a call may come
twice. No redirect is followed, and no answer is read beyond its status.
"""

import base64
import hmac
import http.client
import json
import ssl
import time
from urllib.parse import urlsplit

from screener.settings.notices import Webhook, secret_bytes

PATIENCE = 10.0  # seconds for each step of the conversation
TAKEN = range(200, 300)


def send(how: Webhook, notice_id: str, clinic: str, queue: str) -> str:
    """Call the address; return why the notice did not arrive, in a word, or nothing."""
    body = json.dumps({"type": "urgent_form_waits", "clinic": clinic, "queue": queue}).encode()
    place = urlsplit(how.address)
    path = f"{place.path or '/'}{f'?{place.query}' if place.query else ''}"
    connection = _connection(place.scheme, place.hostname or "", place.port)
    try:
        connection.request("POST", path, body, headers(how, notice_id, int(time.time()), body))
        status = connection.getresponse().status
    except ssl.SSLError:
        return "no_trust"
    except TimeoutError:
        return "timeout"
    except (OSError, http.client.HTTPException):
        return "no_connection"
    finally:
        connection.close()
    return "" if status in TAKEN else f"status_{status}"


def headers(how: Webhook, notice_id: str, now: int, body: bytes) -> dict[str, str]:
    """Sign a call: its id, its time and its body."""
    signed = b".".join((notice_id.encode(), str(now).encode(), body))
    made = base64.b64encode(hmac.digest(secret_bytes(how.secret), signed, "sha256")).decode()
    return {
        "Content-Type": "application/json",
        "User-Agent": "Screener",
        "webhook-id": notice_id,
        "webhook-timestamp": str(now),
        "webhook-signature": f"v1,{made}",
    }


def _connection(scheme: str, host: str, port: int | None) -> http.client.HTTPConnection:
    if scheme == "https":
        trust = ssl.create_default_context()
        return http.client.HTTPSConnection(host, port, timeout=PATIENCE, context=trust)
    return http.client.HTTPConnection(host, port, timeout=PATIENCE)
