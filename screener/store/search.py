"""Finding a name without keeping it: each word of it, through a key of the staff side.

The database holds what the key makes of "garcia", never "garcia". So a word is found whole or not
at all, and the way it was typed must not matter: capitals, accents and full-width letters are left
off on both sides.
"""

import unicodedata
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, Select, literal, select, tuple_

from screener.store import codes
from screener.store.engine import insert
from screener.store.listing import Place
from screener.store.models import search_term
from screener.store.models import submission as submissions
from screener.store.staff_keys import StaffKeys

LONGEST_NAME, LONGEST_WORD, MOST_WORDS = 400, 40, 12

# Signs inside a name that some write and others do not: apostrophes of every kind, the tatweel.
_LEFT_OFF = str.maketrans("", "", "'\u2019\u2018\u02bc`\u00b4\u0640")
# Letters that are typed as others where the keyboard lacks them, and that Unicode does not take
# apart.
_SPELT = str.maketrans(
    {"\u0131": "i", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe"}
)


def words(name: str) -> tuple[str, ...]:
    """Take a name apart into words that are spelt in one way; each once, in order.

    >>> words("  José  O’Brien-Ng ")
    ('jose', 'obrien', 'ng')
    """
    plain = _folded(name[:LONGEST_NAME].translate(_LEFT_OFF)).translate(_SPELT)
    spaced = "".join(sign if _in_a_word(sign) else " " for sign in plain)
    return tuple(dict.fromkeys(word[:LONGEST_WORD] for word in spaced.split()))[:MOST_WORDS]


def terms(keys: StaffKeys, name: str) -> list[bytes]:
    """Give what stands in the database for each word of a name."""
    return [keys.mac("name", word) for word in words(name)]


def remember(
    connection: Connection, submission_id: str, arrived_at: int, found: Iterable[bytes]
) -> None:
    """Let a submission be found by these terms; once, however often it is said."""
    same = {"submission_id": submission_id, "arrived_at": arrived_at}
    rows = [{"term": term, **same} for term in found]
    if rows:
        connection.execute(insert(connection, search_term).values(rows).on_conflict_do_nothing())


def found(
    connection: Connection, keys: StaffKeys, typed: str, after: Place | None, most: int
) -> list[Place]:
    """Find forms by a reference, or by words of the name; the newest first, closed ones too.

    Args:
        connection: reads.
        keys: those that made the terms.
        typed: as a person typed it. All words must be in the name.
        after: where the page before ended.
        most: so many at the most.
    """
    reference = codes.read_reference(typed)
    if reference and (places := _places(connection, _with(reference), after, most)):
        return places
    wanted = terms(keys, typed)
    return _places(connection, _named(wanted), after, most) if wanted else []


def _with(reference: str) -> Select[Any]:
    columns = submissions.c.arrived_at, submissions.c.id
    return select(*columns).where(submissions.c.reference == reference)


def _named(wanted: list[bytes]) -> Select[Any]:
    """Walk the forms with the first word, from the newest, and look for the others in each."""
    first = search_term.alias()
    statement = select(first.c.arrived_at, first.c.submission_id).where(first.c.term == wanted[0])
    for term in wanted[1:]:
        other = search_term.alias()
        here = (other.c.arrived_at == first.c.arrived_at) & (other.c.term == term)
        same = other.c.submission_id == first.c.submission_id
        statement = statement.where(select(literal(1)).where(here, same).exists())
    return statement


def _places(
    connection: Connection, statement: Select[Any], after: Place | None, most: int
) -> list[Place]:
    columns = list(statement.selected_columns)
    if after:
        before = tuple_(literal(after.arrived_at), literal(after.id))
        statement = statement.where(tuple_(*columns) < before)
    newest = statement.order_by(*(column.desc() for column in columns)).limit(most)
    # The order is not that of the queue, so that the turn tells nothing.
    return [Place(0, *row) for row in connection.execute(newest)]


def _folded(text: str) -> str:
    """Leave off capitals, widths and accents, in any script."""
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return "".join(sign for sign in apart if unicodedata.category(sign) != "Mn")


def _in_a_word(sign: str) -> bool:
    """Letters and digits; and the vowel signs that belong to the letter before them."""
    return unicodedata.category(sign)[0] in "LNM"
