import io
import zipfile
from collections.abc import Iterator

from screener.renderers.zips import as_zip


def opened(pieces: list[bytes]) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(b"".join(pieces)))


def test_what_was_packed_is_unpacked() -> None:
    packed = opened(list(as_zip([("a.pdf", b"one"), ("b.pdf", b"two" * 100_000)])))

    assert packed.testzip() is None
    assert {"a.pdf": b"one", "b.pdf": b"two" * 100_000} == {
        name: packed.read(name) for name in packed.namelist()
    }


def test_nothing_is_still_a_zip() -> None:
    assert [] == opened(list(as_zip([]))).namelist()


def test_a_file_is_sent_before_the_next_one_is_made() -> None:
    made: list[str] = []

    def files() -> Iterator[tuple[str, bytes]]:
        for name in ("a.pdf", "b.pdf"):
            made.append(name)
            yield name, b"x" * 1000

    pieces = as_zip(files())

    assert len(next(pieces)) > 1000
    assert ["a.pdf"] == made


def test_two_files_of_one_name_are_both_kept() -> None:
    packed = opened(list(as_zip([("a.pdf", b"one"), ("a.pdf", b"two"), ("a.pdf", b"three")])))

    assert ["a.pdf", "a-2.pdf", "a-3.pdf"] == packed.namelist()
    assert b"two" == packed.read("a-2.pdf")


def test_the_same_files_give_the_same_bytes() -> None:
    files = [("a.pdf", b"one")]

    assert list(as_zip(files)) == list(as_zip(files))
