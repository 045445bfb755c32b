"""One request, as the application sees it, and as it goes over the wire."""

from dataclasses import dataclass
from io import BytesIO
from typing import Any
from urllib.parse import unquote_to_bytes

Headers = list[tuple[str, str]]
BARE = {"CONTENT-TYPE", "CONTENT-LENGTH"}


@dataclass(frozen=True)
class Request:
    """A request whose parts may be anything that a server lets through.

    ``path`` and ``query`` are percent-encoded; ``headers`` are Latin-1, as WSGI wants them.
    """

    method: str
    path: str
    query: str
    headers: Headers
    body: bytes

    @property
    def shown(self) -> str:
        """The request, short enough for a report."""
        kind = next((value for name, value in self.headers if name == "Content-Type"), "")
        start = f"{self.method} {self.path[:120]}?{self.query[:80]}"
        return f"{start} {kind[:40]!r} {len(self.body)} bytes: {self.body[:160]!r}"

    def environ(self, scheme: str) -> dict[str, Any]:
        """Return the request as a WSGI server gives it to the application."""
        environ: dict[str, Any] = {
            "REQUEST_METHOD": self.method,
            "SCRIPT_NAME": "",
            "PATH_INFO": unquote_to_bytes(self.path).decode("latin-1"),
            "QUERY_STRING": self.query,
            "SERVER_NAME": "127.0.0.1",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "CONTENT_LENGTH": str(len(self.body)),
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": scheme,
            "wsgi.input": BytesIO(self.body),
            "wsgi.input_terminated": True,
            "wsgi.errors": BytesIO(),
            "wsgi.multithread": True,
            "wsgi.multiprocess": False,
            "wsgi.run_once": False,
        }
        for name, value in self.headers:
            key = name.upper().replace("-", "_")
            key = key if name.upper() in BARE else f"HTTP_{key}"
            environ[key] = f"{environ[key]}, {value}" if key in environ else value
        return environ

    def raw(self) -> bytes:
        """Return the request as it goes over the wire."""
        target = f"{self.path}?{self.query}" if self.query else self.path
        lines = [f"{self.method} {target} HTTP/1.1"]
        lines += [f"{name}: {value}" for name, value in self.headers]
        lines += [f"Content-Length: {len(self.body)}", "Connection: close", "", ""]
        return "\r\n".join(lines).encode("latin-1") + self.body
