"""A name is found however it is typed, and is nowhere to be read."""

from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screener.store import Intake
from screener.store.models import search_term
from screener.store.search import found, words
from tests.screener.store.arriving import arrive, named, parcel


def wide(text: str) -> str:
    """The full-width letters that keyboards for Chinese and Japanese give."""
    return "".join(chr(ord(letter) + 0xFEE0) for letter in text)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Jo Example", ("jo", "example")),
        ("  JO\u00a0\u3000EXAMPLE ", ("jo", "example")),
        ("José Ångström", ("jose", "angstrom")),
        ("Jose\u0301 A\u030angstrom", ("jose", "angstrom")),
        ("O’Brien, O'Brien", ("obrien",)),
        ("Anna-Lena Groß", ("anna", "lena", "gross")),
        ("Łukasz Sørensen", ("lukasz", "sorensen")),
        ("DİLEK I\u015f\u0131k", ("dilek", "isik")),
        (wide("Jo"), ("jo",)),
        ("王 小明", ("王", "小明")),
        ("Ελένη ΠΑΠΑΔΟΠΟΎΛΟΥ", ("ελενη", "παπαδοπουλου")),
        ("مُحَمَّد", ("محمد",)),
        ("प्रिया शर्मा", ("परिया", "शरमा")),
        ("Nguyễn Thị Mai", ("nguyen", "thi", "mai")),
        ("한지민", ("한지민",)),
        ("", ()),
        ("…!?\0\ud800", ()),
        ("Jo jo JO", ("jo",)),
    ],
)
def test_the_words_of_a_name_are_spelt_in_one_way(name: str, expected: tuple[str, ...]) -> None:
    # A letter and its signs may be written as one character or as several.
    assert tuple(normalize("NFKD", word) for word in expected) == words(name)


@given(st.text(max_size=60))
def test_words_that_are_spelt_in_one_way_stay_as_they_are(name: str) -> None:
    spelt = words(name)

    assert spelt == words(" ".join(spelt))
    assert spelt == words(normalize("NFC", name)) == words(normalize("NFD", name))


def test_a_very_long_name_costs_little() -> None:
    assert 12 == len(words(" ".join(f"name{n}" for n in range(80))))
    assert 40 == len(words("x" * 10_000)[0])


def ids(intake: Intake, typed: str, most: int = 26) -> list[str]:
    with intake.database.reading() as connection:
        return [place.id for place in found(connection, intake.keys, typed, None, most)]


def test_forms_are_found_by_each_word_of_the_name_the_newest_first(intake: Intake) -> None:
    older = arrive(intake, named("María José García"), at=1000)
    newer = arrive(intake, named("Maria Lopez"), at=2000, status="closed")
    intake.receive()

    assert [newer, older] == ids(intake, "maria")
    assert [older] == ids(intake, " GARCIA  maria ")
    assert [] == ids(intake, "maria garcia lopez")
    assert [] == ids(intake, "mari")
    assert [] == ids(intake, " ,. ")


@pytest.mark.parametrize("typed", ["K7QM-4XRT", "k7qm4xrt", " K7QM 4XRT ", wide("K7QM-4XRT")])
def test_forms_are_found_by_their_reference_as_it_was_typed(intake: Intake, typed: str) -> None:
    one = arrive(intake, parcel(), at=1000, reference="K7QM-4XRT")
    other = arrive(intake, parcel(), at=2000, reference="K7QM-4XRT")
    arrive(intake, parcel(), reference="K7QM-4XRV")

    assert [other, one] == ids(intake, typed)


def test_a_name_that_looks_like_a_reference_is_found_too(intake: Intake) -> None:
    form = arrive(intake, named("Brrrdwxz"))
    intake.receive()

    assert [form] == ids(intake, "Brrrdwxz")


def test_the_next_page_goes_on_where_the_last_one_ended(intake: Intake) -> None:
    forms = [arrive(intake, named("Jo Example"), at=1000 + n // 2) for n in range(7)]
    intake.receive()
    seen: list[str] = []
    with intake.database.reading() as connection:
        after = None
        while page := found(connection, intake.keys, "example jo", after, 3):
            seen += [place.id for place in page]
            after = page[-1]

    assert sorted(forms) == sorted(seen)
    assert 7 == len(seen)


def test_no_word_of_a_name_stands_in_the_database(intake: Intake) -> None:
    arrive(intake, named("Marker Zopiclone"))
    intake.receive()
    with intake.database.reading() as connection:
        kept = [bytes(term) for term in connection.execute(search_term.select()).scalars()]

    assert 2 == len(kept)
    assert [32, 32] == [len(term) for term in kept]
    assert sorted(kept) == sorted(intake.keys.mac("name", word) for word in ("marker", "zopiclone"))
