"""A sealed file: read whole with the right secret, or not at all."""

import io
import json

import pytest

from screener.store import sealed_file
from screener.store.sealed_file import PIECE, Reader, Secret, Unreadable, Writer

KEY = Secret(key=bytes(range(32)))
WORDS = Secret(passphrase="a row of quiet boats")
LONG = bytes(range(256)) * (PIECE // 100)  # more than two pieces


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a slow hash costs is not what these tests are about."""
    for name, value in {"PASSES": 1, "LANES": 1, "KIB": 8}.items():
        monkeypatch.setattr(sealed_file, name, value)


def written(content: bytes, secret: Secret = KEY) -> bytes:
    stream = io.BytesIO()
    writer = Writer(stream, secret)
    writer.write(content)
    writer.finish()
    return stream.getvalue()


def read(file: bytes, size: int, secret: Secret = KEY) -> bytes:
    reader = Reader(io.BytesIO(file), secret)
    content = reader.read(size)
    assert reader.at_end
    return content


@pytest.mark.parametrize("secret", [KEY, WORDS])
@pytest.mark.parametrize("content", [b"", b"x", b"x" * PIECE, b"x" * (PIECE + 1), LONG])
def test_what_was_written_is_read(content: bytes, secret: Secret) -> None:
    assert content == read(written(content, secret), len(content), secret)


def test_the_same_content_is_another_file_each_time() -> None:
    assert written(b"the same") != written(b"the same")


def test_nothing_of_the_content_stands_in_the_file() -> None:
    assert b"zopiclone" not in written(b"zopiclone" * 100)


@pytest.mark.parametrize(
    ("sealed", "tried", "said"),
    [
        (KEY, Secret(key=bytes(32)), "the secret is wrong"),
        (WORDS, Secret(passphrase="a row of quiet boots"), "the secret is wrong"),
        (KEY, WORDS, "sealed with a key, not with a passphrase"),
        (WORDS, KEY, "sealed with a passphrase, not with a key"),
    ],
)
def test_a_wrong_secret_is_said(sealed: Secret, tried: Secret, said: str) -> None:
    with pytest.raises(Unreadable, match=said):
        read(written(b"x", sealed), 1, tried)


def test_every_flipped_bit_is_noticed() -> None:
    file = written(b"a short secret")

    for place in range(len(file)):
        spoilt = bytearray(file)
        spoilt[place] ^= 1
        with pytest.raises(Unreadable):
            read(bytes(spoilt), 14)


def test_a_file_that_was_cut_anywhere_is_noticed() -> None:
    file = written(b"a short secret")

    for length in range(len(file)):
        with pytest.raises(Unreadable):
            read(file[:length], 14)


def pieces(file: bytes) -> tuple[bytes, list[bytes]]:
    header, _, rest = file.partition(b"\n")
    found = []
    while rest:
        end = 4 + int.from_bytes(rest[:4])
        found.append(rest[:end])
        rest = rest[end:]
    return header + b"\n", found


def test_a_piece_that_was_left_out_moved_or_added_is_noticed() -> None:
    header, (one, two, last) = pieces(written(LONG))

    for changed in ([one, last], [two, one, last], [one, two], [one, two, last, last], [last]):
        with pytest.raises(Unreadable):
            read(header + b"".join(changed), len(LONG))


def test_pieces_of_two_files_do_not_mix() -> None:
    header, (one, two, last) = pieces(written(LONG))
    _, (_, other, _) = pieces(written(LONG))

    with pytest.raises(Unreadable, match="was changed"):
        read(header + one + other + last, len(LONG))
    assert LONG == read(header + one + two + last, len(LONG))


@pytest.mark.parametrize(
    "change", [{"kib": 10**9}, {"passes": 10**6}, {"lanes": 0}, {"kib": "8"}, {"by": "nothing"}]
)
def test_a_file_cannot_ask_for_all_of_the_machine(change: dict[str, object]) -> None:
    header, rest = pieces(written(b"x", WORDS))
    said = json.loads(header.removeprefix(sealed_file.MAGIC)) | change
    forged = sealed_file.MAGIC + json.dumps(said).encode() + b"\n" + b"".join(rest)

    with pytest.raises(Unreadable, match="first line is damaged"):
        read(forged, 1, WORDS)


@pytest.mark.parametrize("file", [b"", b"\n", b"PK\3\4", b"SCREENER BACKUP 1 nonsense\n"])
def test_something_else_is_no_backup(file: bytes) -> None:
    with pytest.raises(Unreadable, match="not a backup"):
        read(file, 1)
