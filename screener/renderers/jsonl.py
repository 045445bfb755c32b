"""Records as JSON Lines: one JSON object a line, in ASCII, for other programs."""

import json
from collections.abc import Iterable, Iterator

from screener.renderers.exported import Exported
from screener.renderers.json import as_object


def as_jsonl(records: Iterable[Exported]) -> Iterator[bytes]:
    """Write records, a line at a time: what was answered, and the summary as the person saw it.

    A question that was asked has the answer or the kind of silence; one that was not asked is
    left out.
    """
    for record in records:
        made = {
            **record.frame,
            "readable": record.summary is not None,
            "contact": dict(record.contact),
            "answers": record.told,
            "summary": as_object(record.summary) if record.summary else None,
        }
        yield json.dumps(made, separators=(",", ":")).encode("ascii") + b"\n"
