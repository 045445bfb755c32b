"""Logs for the people who run the server: what happened, when, how long, and nothing about whom.

An allow-list, not a list of what to remove: a key that is not named here is not written, and a text
that does not look like a name of ours is not written either. Messages of other libraries, and the
messages of errors, may repeat what somebody typed; of those only the kind and the place are kept.
"""

import json
import logging
import re
import sys
import traceback
from contextlib import suppress
from datetime import UTC, datetime
from types import TracebackType
from typing import TextIO

# What an event may say beside its name. Nothing that a person typed belongs under any of these.
KEYS = (
    "method",
    "route",  # the rule, such as /form/<page>, never the address that was asked for
    "status",
    "milliseconds",
    "reason",
    "count",
    "version",
    "content_version",
    "host",
    "port",
    "job",
    "way",  # email or webhook
    "head",  # where the trail ends: its number and its code
)
NAME = re.compile(r"[a-z][a-z0-9_]{0,60}")
PLAIN = re.compile(r"[A-Za-z0-9_.:+/<>\-]{1,80}")
LEFT_OUT = "(left out)"
OWN = ("screener", "rules")
DEEPEST = 20


class AllowedOnly(logging.Formatter):
    """Writes one JSON object a line, from what is allowed and nothing else."""

    def format(self, record: logging.LogRecord) -> str:
        """Write a record."""
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "from": record.name,
            "event": event_name(record),
        }
        line |= {key: _value(getattr(record, key)) for key in KEYS if hasattr(record, key)}
        if record.exc_info and record.exc_info[0]:
            line["error"] = record.exc_info[0].__name__
            line["where"] = _where(record.exc_info[2])
        # ASCII only: no line break, real or Unicode, can start a line of its own.
        return json.dumps(line, ensure_ascii=True)


class Console(logging.Handler):
    """Writes to whatever is standard error at the moment of writing."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write a record; a console that is gone stops nothing."""
        with suppress(OSError, ValueError):
            sys.stderr.write(self.format(record) + "\n")


def configure(stream: TextIO | None = None, level: int = logging.INFO) -> None:
    """Send everything that is logged, by us and by others, through the allow-list."""
    out = logging.StreamHandler(stream) if stream else Console()
    out.setFormatter(AllowedOnly())
    root = logging.getLogger()
    root.handlers[:] = [out]
    root.setLevel(logging.WARNING)
    for name in OWN:
        logging.getLogger(name).setLevel(level)
    logging.captureWarnings(capture=True)


def event_name(record: logging.LogRecord) -> str:
    """Give the name of our own event; never the message of another library."""
    own = record.name.partition(".")[0] in OWN
    return record.msg if own and NAME.fullmatch(str(record.msg)) else LEFT_OUT


def _value(value: object) -> object:
    match value:
        case None | bool() | int() | float():
            return value
        case str() if PLAIN.fullmatch(value):
            return value
        case _:
            return LEFT_OUT


def _where(trace: TracebackType | None) -> list[str]:
    """Say where an error came from: file, line and function, without the values."""
    frames = traceback.extract_tb(trace)[-DEEPEST:]
    return [f"{frame.filename}:{frame.lineno}:{frame.name}" for frame in frames]
