"""The address of a PostgreSQL database, taken apart once, at the door."""

from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import Annotated
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from pydantic import BeforeValidator

FORM = 'an address like "postgresql://user:password@host/name"'
PORT = 5432
# What an address may say after "?", in the words of PostgreSQL's own library.
OPTIONS = ("host", "sslmode", "sslrootcert", "sslcert", "sslkey")
# "prefer" and "allow" are left out: they fall back to plain text without a word.
MODES = ("disable", "require", "verify-ca", "verify-full")


@dataclass(frozen=True)
class DatabaseAddress:
    """Where a PostgreSQL database is. ``host`` may be the folder of its socket."""

    host: str
    port: int
    name: str
    user: str
    password: str = field(repr=False)
    options: dict[str, str]

    @property
    def shown(self) -> str:
        """Say which database it is, without who opens it."""
        return f"{self.name} at {self.host}:{self.port}"


def read_address(written: object) -> DatabaseAddress | None:
    """Take an address apart; None when it is empty.

    Raises:
        ValueError: it is none. The message completes "it must be …", and never repeats a part of
            the address, which holds a password.
    """
    if isinstance(written, DatabaseAddress) or written is None:
        return written
    if not isinstance(written, str):
        raise ValueError('text between quotes, like "this"')  # noqa: TRY004 - pydantic's sign
    if not written.strip():
        return None
    parts = _parts(written.strip())
    options = _options(parts)
    host = options.pop("host", "") or parts.hostname or ""
    if not host:
        raise ValueError(f"{FORM}: it names no host")
    options.setdefault("sslmode", "prefer" if is_here(host) else "verify-full")
    return DatabaseAddress(
        host=host,
        port=parts.port or PORT,
        name=unquote(parts.path[1:]),
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        options=options,
    )


def is_here(host: str) -> bool:
    """Say whether a host is this machine, so that nothing goes over a wire."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.startswith("/")


def _parts(written: str) -> SplitResult:
    try:
        parts = urlsplit(written)
        port_is_a_number = parts.port is None or parts.port > 0
    except ValueError:
        port_is_a_number = False
    if not port_is_a_number or not written.isprintable():
        raise ValueError(f"{FORM}, with %3A, %2F or %40 for :, / or @ inside a password")
    if parts.scheme != "postgresql":
        raise ValueError(f"{FORM}; leave it out to use SQLite")
    name = parts.path[1:]
    if not name or set(name) & set("/@") or parts.fragment:
        raise ValueError(f"{FORM}, with %2F, %3F or %23 for /, ? or # inside a password")
    return parts


def _options(parts: SplitResult) -> dict[str, str]:
    options = dict(parse_qsl(parts.query, keep_blank_values=True))
    if options.keys() - set(OPTIONS):
        raise ValueError(f"{FORM}; after ? it may say {', '.join(OPTIONS)}")
    if options.get("sslmode", MODES[0]) not in MODES:
        raise ValueError(f"{FORM}; its sslmode may be {', '.join(MODES)}")
    return options


Database = Annotated[DatabaseAddress | None, BeforeValidator(read_address)]
