import math
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from hypothesis import given, settings
from hypothesis import strategies as st

from screener.store import Opened, Store, Throttled
from screener.store.codes import ALPHABET, new_code, read_code
from screener.store.derived import derive
from screener.store.drafts import TRIES, TRIES_OF_ALL
from screener.store.keys import CodeKeys
from screener.store.throttle import prefix

HERE = "192.0.2.1"


def coded(store: Store) -> tuple[str, str]:
    token = store.drafts.begin().token
    store.drafts.save(token, lambda state: {**state, "answers": {"age_years": 44}})
    return token, store.drafts.give_code(token)


def test_a_code_holds_76_bits_and_no_symbol_that_is_misread() -> None:
    code = new_code()

    assert [4, 4, 4, 4] == [len(group) for group in code.split("-")]
    codes = [new_code() for _ in range(300)]
    assert 300 == len(set(codes))
    assert {*ALPHABET, "-"} == set("".join(codes))
    assert 76.9 == round(16 * math.log2(len(set(ALPHABET))), 1)
    assert not set(ALPHABET) & set("AEIOU01L")


@settings(deadline=None)
@given(st.text())
def test_reading_a_code_never_fails_and_gives_a_code_or_nothing(typed: str) -> None:
    code = read_code(typed)

    assert code is None or (len(code) == 16 and set(code) <= set(ALPHABET))


@pytest.mark.parametrize(
    "typed",
    [
        "BCDF-GHJK-MNPQ-RSTV",
        "bcdfghjkmnpqrstv",
        " bcdf ghjk\u00a0mnpq\u2013rstv\n",
        "BCDF - GHJK - MNPQ - RSTV",
        "\uff22\uff23\uff24\uff26GHJKMNPQRSTV",
    ],
)
def test_case_spaces_and_dashes_make_no_difference(typed: str) -> None:
    assert read_code(typed) == "BCDFGHJKMNPQRSTV"


@pytest.mark.parametrize("typed", ["", "BCDF", "BCDF-GHJK-MNPQ-RSTA", "BCDF-GHJK-MNPQ-RSTVW"])
def test_what_cannot_be_a_code_is_none(typed: str) -> None:
    assert read_code(typed) is None


def test_a_code_opens_the_draft_on_another_device_and_closes_it_here(store: Store) -> None:
    token, code = coded(store)

    there = store.drafts.resume(code.lower().replace("-", " "), HERE)

    assert there is not None
    assert {"age_years": 44} == there.draft.state["answers"]
    assert there.draft == store.drafts.open(there.token)
    assert store.drafts.open(token) is None


def test_a_code_survives_later_saves_and_many_uses(store: Store) -> None:
    token, code = coded(store)
    store.drafts.save(token, lambda state: {**state, "answers": {"age_years": 45}})

    first = store.drafts.resume(code, HERE)
    assert first is not None
    store.drafts.save(first.token, lambda state: {**state, "answers": {"age_years": 46}})
    second = store.drafts.resume(code, HERE)

    assert second is not None
    assert {"age_years": 46} == second.draft.state["answers"]


def test_a_new_code_ends_the_old_one(store: Store) -> None:
    token, old = coded(store)

    new = store.drafts.give_code(token)

    assert store.drafts.resume(old, HERE) is None
    assert isinstance(store.drafts.resume(new, HERE), Opened)


def test_a_wrong_an_expired_and_a_deleted_code_get_the_same_answer(
    store: Store, clock: Any
) -> None:
    _, expired = coded(store)
    clock.turn(days=31)
    token, deleted = coded(store)
    store.drafts.delete(token)

    said = [store.drafts.resume(code, HERE) for code in (new_code(), expired, deleted, "nonsense")]

    assert [None] * 4 == said


def test_each_answer_costs_the_same_slow_hash(
    store: Store, clock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, right = coded(store)
    _, expired = coded(store)
    hashed: list[str] = []
    slow = store.keys.from_code

    def counted(code: str) -> CodeKeys:
        hashed.append(code)
        return slow(code)

    monkeypatch.setattr(store.keys, "from_code", counted)

    for code in (right, expired, new_code()):
        clock.turn(days=20)
        store.drafts.resume(code, HERE)

    assert len(hashed) == 3


def test_the_slow_hash_costs_what_owasp_asks_for(store: Store) -> None:
    slow = Argon2id(
        salt=store.keys._code, length=64, iterations=2, lanes=1, memory_cost=19 * 1024
    ).derive(b"BCDFGHJKMNPQRSTV")

    assert derive(slow, "code locator") == store.keys.from_code("BCDFGHJKMNPQRSTV").locator


def used_up(store: Store) -> None:
    """Somebody at the same address has made all the tries but the last."""
    for _ in range(TRIES - 1):
        store.throttle.take("return code", HERE, most=TRIES, most_of_all=TRIES_OF_ALL)


def test_one_try_too_many_in_a_minute_waits_for_the_next(store: Store, clock: Any) -> None:
    used_up(store)
    store.drafts.resume(new_code(), HERE)

    with pytest.raises(Throttled) as stopped:
        store.drafts.resume(new_code(), HERE)
    clock.turn(seconds=stopped.value.retry_after)

    assert stopped.value.retry_after == 50
    assert store.drafts.resume(new_code(), HERE) is None


def test_a_right_code_waits_too(store: Store) -> None:
    _, code = coded(store)
    used_up(store)
    store.drafts.resume(new_code(), HERE)

    with pytest.raises(Throttled):
        store.drafts.resume(code, HERE)


def test_what_cannot_be_a_code_keeps_no_neighbour_out(store: Store) -> None:
    _, code = coded(store)
    used_up(store)

    for slip in ("nonsense", "", code[:-1], f"{code}2", code.replace(code[0], "0")):
        assert store.drafts.resume(slip, HERE) is None

    assert isinstance(store.drafts.resume(code, HERE), Opened)


def test_nobody_uses_up_the_tries_of_a_waiting_room_by_hand() -> None:
    a_hand = 20  # codes in a minute, with the page loaded each time

    assert TRIES > a_hand
    assert TRIES_OF_ALL >= 20 * TRIES
    # A year of it, against 100,000 drafts at once: less than one chance in 10^9.
    assert TRIES_OF_ALL * 60 * 24 * 365 * 100_000 / 28**16 < 1e-9


def test_a_code_is_counted_for_its_address_and_for_all(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted: list[object] = []
    monkeypatch.setattr(store.throttle, "take", lambda *who, **most: counted.append((who, most)))

    store.drafts.resume(new_code(), HERE)

    assert [(("return code", HERE), {"most": 30, "most_of_all": 600})] == counted


def test_other_addresses_may_try_until_the_cap_for_all(store: Store) -> None:
    for number in range(60):
        store.throttle.take("try", f"192.0.2.{number}", most=5, most_of_all=60)

    with pytest.raises(Throttled):
        store.throttle.take("try", "192.0.2.99", most=5, most_of_all=60)
    store.throttle.take("another thing", "192.0.2.99", most=5, most_of_all=60)


def test_tries_by_many_threads_and_two_stores_let_exactly_the_limit_through(
    open_store: Callable[..., Store],
) -> None:
    stores = [open_store(), open_store()]

    def allowed(number: int) -> bool:
        try:
            stores[number % 2].throttle.take("try", HERE, most=10, most_of_all=1000)
        except Throttled:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        let_through = sum(pool.map(allowed, range(200)))

    assert let_through == 10


@pytest.mark.parametrize(
    ("address", "stands_for"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("", "unknown"),
        ("<script>", "unknown"),
    ],
)
def test_an_address_stands_for_a_household(address: str, stands_for: str) -> None:
    assert stands_for == prefix(address)
