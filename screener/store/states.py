"""What a draft holds, and how that becomes bytes in the database."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from screener.store import sealing

State = dict[str, Any]


@dataclass(frozen=True)
class Draft:
    """A draft, opened. ``state`` is a copy: change it through ``Drafts.save``.

    ``packed`` is the state as it was sealed, and ``key`` is what it was sealed with.
    """

    id: str
    reference: str
    state: State = field(repr=False)  # neither answers nor keys slip into a log by accident
    version: int
    expires_at: datetime
    has_code: bool
    packed: bytes = field(repr=False)
    key: bytes = field(repr=False)


@dataclass(frozen=True)
class Opened:
    """A draft, and the token that opens it from now on."""

    draft: Draft
    token: str = field(repr=False)


def new_state() -> State:
    """Make the state of a patient who has answered nothing."""
    return {
        "answers": {},
        "typed": {},
        "confirmed": {},
        "shown": [],
        "content_version": "",
        "finished": False,
    }


def seal_state(key: bytes, draft_id: str, version: int, packed: bytes) -> bytes:
    """Seal a packed state for one version of one draft."""
    return sealing.seal(key, packed, _about(draft_id, version))


def unseal_state(key: bytes, draft_id: str, version: int, sealed: bytes) -> bytes:
    """Open the state of one version of one draft; Broken when it is anything else."""
    return sealing.unseal(key, sealed, _about(draft_id, version))


def _about(draft_id: str, version: int) -> str:
    return f"draft {draft_id} {version}"
