"""What a patient sends: sealed so that only the clinic can open it, and opened again there."""

import secrets
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import Row

from screener.store import sealing
from screener.store.clinic_keys import ClinicKeys, seal_for_clinic
from screener.store.sealing import Broken

Part = dict[str, Any]
BESIDE = "beside"  # in a headline: what the plain columns of its row say


@dataclass(frozen=True)
class Parcel:
    """A form that is sent.

    Attributes:
        rank: the summary's level as a number: 0 now, 1 first, 2 discuss, 3 info.
        headline: what the queue shows: who, and why.
        contents: the answers, the summary as it was made, and how to reach the person.
        content_version: of the questions and rules that made the summary.
    """

    rank: int
    content_version: str
    headline: Part = field(repr=False)
    contents: Part = field(repr=False)


def bound(parcel: Parcel, beside: Part) -> Parcel:
    """Put into a headline what stands beside it in plain columns, to be held against them."""
    told = {"rank": parcel.rank, "content_version": parcel.content_version, **beside}
    return replace(parcel, headline={**parcel.headline, BESIDE: told})


def unbound(headline: Part, row: Row[Any]) -> Part:
    """Take it out again.

    Raises:
        Broken: the columns say something else by now. (Forms of earlier versions say nothing.)
    """
    rest = {name: told for name, told in headline.items() if name != BESIDE}
    told = headline.get(BESIDE, {})
    if any(row._mapping.get(name) != value for name, value in told.items()):  # noqa: SLF001 - SQLAlchemy's public name
        raise Broken
    return rest


def sealed(parcel: Parcel, public: bytes) -> dict[str, Any]:
    """Seal a parcel for the clinic: the columns of a new submission that hold it."""
    submission_id, key = secrets.token_hex(16), sealing.new_key()
    return {
        "id": submission_id,
        "rank": parcel.rank,
        "turn": parcel.rank,
        "content_version": parcel.content_version,
        "sealed_key": seal_for_clinic(public, key, about(submission_id, "key")),
        "headline": seal_part(key, submission_id, "headline", parcel.headline),
        "contents": seal_part(key, submission_id, "contents", parcel.contents),
    }


def record_key(keys: ClinicKeys, row: Row[Any]) -> bytes:
    """Open the key of a submission's row; Broken when it was changed or moved."""
    return keys.unseal(row.key_version, row.sealed_key, about(row.id, "key"))


def seal_part(key: bytes, submission_id: str, name: str, part: Part) -> bytes:
    """Seal one part of a submission with the submission's own key."""
    return sealing.seal(key, sealing.pack(part), about(submission_id, name))


def unseal_part(key: bytes, submission_id: str, name: str, part: bytes) -> Part:
    """Open one part of a submission; Broken when it is anything else."""
    return sealing.unpack(sealing.unseal(key, part, about(submission_id, name)))


def about(submission_id: str, name: str) -> str:
    """Say what is sealed, so that it cannot be moved to another place unnoticed."""
    return f"submission {submission_id} {name}"
