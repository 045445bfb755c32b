"""What somebody learns who copies the database, its log, or the server's keys as well."""

import base64
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from screener.settings import Settings
from screener.store import DraftGone, Store
from screener.store.derived import derive
from screener.store.keys import Keys
from screener.store.models import draft
from screener.store.sealing import Broken, new_key, pack, seal, unpack, unseal
from screener.store.states import new_state, seal_state, unseal_state
from tests.postgres import Server

# So long that no four letters of their base64 stand in what was sealed, or elsewhere, by chance.
BEGINS, ENDS = "Marker-of-an-answer-", "-zopiclone-and-amitriptyline"
PURPOSES = ("draft key by token", "draft key by code", "token wrapping", "return code")


def markers() -> list[str]:
    return [f"{BEGINS}{number:03}{ENDS}" for number in range(200)]


def batched(texts: list[str], size: int) -> list[list[str]]:
    return [texts[at : at + size] for at in range(0, len(texts), size)]


def answering(said: list[str]) -> Callable[[dict[str, Any]], dict[str, Any]]:
    return lambda state: {**state, "answers": {**state["answers"], said[0]: said}}


@pytest.fixture
def stolen(kind: str, tmp_path: Path, request: pytest.FixtureRequest) -> Callable[[], bytes]:
    """Copy the files of the database, its log included."""

    def copied() -> bytes:
        if kind == "sqlite":
            files = [file for file in (tmp_path / "data").rglob("*") if file.is_file()]
            return b"".join(file.read_bytes() for file in files if "root.key" != file.name)
        server: Server = request.getfixturevalue("databases").server
        return server.bytes_of_log() + server.bytes_of("one")

    return copied


def forms(text: str) -> set[bytes]:
    """Give the bytes of a text in the forms in which it could lie in a file."""
    shifted = {base64.b64encode(b"x" * shift + text.encode())[4:-4] for shift in range(3)}
    return {text.encode(), text.encode("utf-16-le"), text.encode("utf-16-be"), *shifted}


def test_the_copied_files_show_no_answer_no_token_and_no_code(
    store: Store, stolen: Callable[[], bytes]
) -> None:
    secrets = [BEGINS, ENDS]  # parts of each of the 200
    for some in batched(markers(), 20):
        token = store.drafts.begin().token
        saved = store.drafts.save(token, answering(some[:10]))
        store.drafts.save(token, answering(some[10:]), seen=saved)  # as each page does
        code = store.drafts.give_code(token)
        secrets += [token, code, code.replace("-", "")]

    copy = stolen()

    kept = [row["token_locator"] for row in rows(store)]
    assert [True] * 10 == [locator in copy for locator in kept]  # the right files were copied
    assert [] == [secret for secret in secrets if any(form in copy for form in forms(secret))]


def test_the_search_for_markers_finds_what_is_there() -> None:
    said = markers()[0]
    for before in ("", "a", "ab"):
        plain = f"{before}{said} after"
        for written in (plain.encode(), plain.encode("utf-16"), base64.b64encode(plain.encode())):
            assert any(form in written for form in forms(said))


def test_rows_and_server_keys_together_open_no_draft(store: Store, tmp_path: Path) -> None:
    """Try every secret the server has, and what can be derived from it, on every sealed column."""
    token = store.drafts.begin().token
    store.drafts.save(token, lambda state: {**state, "answers": {"wants": "unspoken"}})
    store.drafts.give_code(token)
    row = rows(store)[0]
    root = bytes.fromhex((tmp_path / "data/keys/root.key").read_text())
    held = [root, *(value for value in vars(store.keys).values() if isinstance(value, bytes))]
    held += [value for value in row.values() if isinstance(value, bytes) and len(value) == 32]
    held += [derive(secret, purpose) for secret in held for purpose in PURPOSES]
    abouts = [
        f"draft {row['id']} {row['version']}",
        f"draft key by token {row['id']}",
        f"draft key by code {row['id']}",
    ]

    opened = 0
    for key in held:
        for sealed in (row["state"], row["key_by_token"], row["key_by_code"]):
            for about in abouts:
                with pytest.raises(Broken):
                    opened += bool(unseal(key, sealed, about))

    assert opened == 0


def test_a_token_without_the_servers_key_finds_nothing(
    store: Store, settings_of: Callable[..., Settings], tmp_path: Path
) -> None:
    token = store.drafts.begin().token
    settings = settings_of(tmp_path / "data")

    thief = Store(store.database, Keys(bytes(range(32))), settings, time.time)

    assert thief.drafts.open(token) is None
    assert thief.keys.token_locator(token) != store.keys.token_locator(token)


def rows(store: Store) -> list[dict[str, Any]]:
    with store.database.reading() as connection:
        found = connection.execute(select(draft).order_by(draft.c.id)).mappings()
        return [dict(row) for row in found]


def change(store: Store, draft_id: str, **columns: object) -> None:
    """Change a row behind the program's back."""
    with store.database.writing() as connection:
        where = draft.c.id == draft_id
        assert 1 == connection.execute(update(draft).where(where).values(columns)).rowcount


@pytest.mark.parametrize("column", ["state", "key_by_token"])
def test_a_flipped_bit_is_noticed(store: Store, column: str) -> None:
    token = store.drafts.begin().token
    (row,) = rows(store)
    sealed = bytearray(row[column])
    sealed[-20] ^= 1

    change(store, row["id"], **{column: bytes(sealed)})

    assert store.drafts.open(token) is None
    with pytest.raises(DraftGone):
        store.drafts.save(token, lambda state: state)


def test_a_state_put_back_to_an_older_version_is_noticed(store: Store) -> None:
    token = store.drafts.begin().token
    (older,) = rows(store)
    store.drafts.save(token, lambda state: {**state, "finished": True})

    change(store, older["id"], state=older["state"])

    assert store.drafts.open(token) is None


def test_a_draft_put_into_another_row_is_noticed(store: Store) -> None:
    mine, theirs = store.drafts.begin(), store.drafts.begin()
    (taken,) = [row for row in rows(store) if row["id"] == theirs.draft.id]

    change(store, mine.draft.id, state=taken["state"], key_by_token=taken["key_by_token"])

    assert store.drafts.open(mine.token) is None
    assert store.drafts.open(theirs.token) is not None


@pytest.mark.parametrize(("draft_id", "version"), [("b", 1), ("a", 2)])
def test_a_state_opens_for_its_own_row_and_version_alone(draft_id: str, version: int) -> None:
    key = new_key()
    sealed = seal_state(key, "a", 1, b"said")

    assert b"said" == unseal_state(key, "a", 1, sealed)
    with pytest.raises(Broken):
        unseal_state(key, draft_id, version, sealed)


def test_states_are_whole_kilobytes_so_that_sizes_say_little() -> None:
    sizes = {len(pack({**new_state(), "answers": {"wants": "x" * n}})) for n in range(3000)}

    assert {1024, 2048, 3072, 4096} == sizes


@pytest.mark.parametrize("text", ["", "a\0b", "\ud800", "\u2028", "né", "😀" * 400])
def test_what_is_packed_comes_back(text: str) -> None:
    state = {**new_state(), "answers": {"wants": text, "list": [1, 2.5, None]}}

    assert state == unpack(pack(state))


def test_sealing_the_same_twice_never_looks_the_same() -> None:
    key = new_key()

    assert seal(key, b"same", "about") != seal(key, b"same", "about")
    assert unseal(key, seal(key, b"same", "about"), "about") == b"same"


@pytest.mark.parametrize("sealed", [b"", b"\x01", b"\x02" + bytes(60), b"\x01" + bytes(60)])
def test_bytes_that_were_never_sealed_are_refused(sealed: bytes) -> None:
    with pytest.raises(Broken):
        unseal(new_key(), sealed, "about")
