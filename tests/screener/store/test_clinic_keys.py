"""Only the clinic opens what was sealed for it."""

import stat
from pathlib import Path

import pytest

from screener.store import StoreUnavailable, clinic_keys
from screener.store.clinic_keys import ClinicKeys, seal_for_clinic
from screener.store.intake import Intake
from screener.store.sealing import Broken

KEY = bytes(range(32))


@pytest.fixture
def keys(tmp_path: Path) -> ClinicKeys:
    return ClinicKeys(tmp_path / "keys")


def test_what_was_sealed_with_the_public_half_opens_with_the_private_one(keys: ClinicKeys) -> None:
    sealed = seal_for_clinic(keys.make(1), b"a key", "form 1")

    assert b"a key" == keys.unseal(1, sealed, "form 1")


def test_sealing_twice_gives_different_bytes(keys: ClinicKeys) -> None:
    public = keys.make(1)

    assert seal_for_clinic(public, b"a key", "x") != seal_for_clinic(public, b"a key", "x")


@pytest.mark.parametrize("place", [0, 1, 40, -1])
def test_a_flipped_bit_is_refused(keys: ClinicKeys, place: int) -> None:
    sealed = bytearray(seal_for_clinic(keys.make(1), b"a key", "form 1"))
    sealed[place] ^= 1

    with pytest.raises(Broken):
        keys.unseal(1, bytes(sealed), "form 1")


def test_what_was_sealed_for_one_record_opens_for_no_other(keys: ClinicKeys) -> None:
    sealed = seal_for_clinic(keys.make(1), b"a key", "form 1")

    with pytest.raises(Broken):
        keys.unseal(1, sealed, "form 2")


def test_the_key_of_another_version_does_not_open_it(keys: ClinicKeys) -> None:
    sealed = seal_for_clinic(keys.make(1), b"a key", "form 1")
    keys.make(2)

    with pytest.raises(Broken):
        keys.unseal(2, sealed, "form 1")


@pytest.mark.parametrize("sealed", [b"", b"\x01", b"\x01" + b"x" * 31, b"\x02" + b"x" * 90])
def test_what_was_never_sealed_is_refused(keys: ClinicKeys, sealed: bytes) -> None:
    keys.make(1)

    with pytest.raises(Broken):
        keys.unseal(1, sealed, "form 1")


def test_the_private_half_is_for_its_owner_only(keys: ClinicKeys) -> None:
    keys.make(1)

    assert "-rw-------" == stat.filemode(keys.file(1).stat().st_mode)


def test_a_private_half_that_others_may_read_is_refused(keys: ClinicKeys, tmp_path: Path) -> None:
    sealed = seal_for_clinic(keys.make(1), b"a key", "form 1")
    keys.file(1).chmod(0o644)

    with pytest.raises(StoreUnavailable, match="chmod 600"):
        ClinicKeys(tmp_path / "keys").unseal(1, sealed, "form 1")


def test_a_private_half_that_is_missing_is_named(keys: ClinicKeys) -> None:
    with pytest.raises(StoreUnavailable, match=r"clinic-1\.key is missing"):
        keys.unseal(1, b"\x01" + b"x" * 60, "form 1")


def test_a_second_first_start_keeps_the_key_of_the_first(keys: ClinicKeys, tmp_path: Path) -> None:
    first = keys.make(1)

    assert first == ClinicKeys(tmp_path / "keys").make(1)


def test_the_first_key_of_a_clinic_is_made_once(intake: Intake) -> None:
    before = intake.clinic_keys.public(1)

    intake.need_clinic_key()

    assert before == intake.clinic_keys.public(1)


def test_what_was_destroyed_opens_nothing_any_more(keys: ClinicKeys) -> None:
    sealed = seal_for_clinic(keys.make(1), b"a key", "form 1")

    keys.destroy(1)

    with pytest.raises(StoreUnavailable):
        keys.unseal(1, sealed, "form 1")


def test_what_the_private_half_sealed_opens_for_it_alone(keys: ClinicKeys) -> None:
    keys.make(1)
    keys.make(2)

    sealed = keys.seal(2, KEY, "form 1")

    assert KEY == keys.unseal(2, sealed, "form 1")
    for version, about in ((1, "form 1"), (2, "form 2")):
        with pytest.raises(Broken):
            keys.unseal(version, sealed, about)
    for place in (1, 20, -1):
        spoilt = bytearray(sealed)
        spoilt[place] ^= 1
        with pytest.raises(Broken):
            keys.unseal(2, bytes(spoilt), "form 1")


def test_both_halves_seal_a_key_to_the_same_length(keys: ClinicKeys) -> None:
    public = keys.make(1)

    assert len(seal_for_clinic(public, KEY, "form 1")) == len(keys.seal(1, KEY, "form 1"))


def test_a_key_that_was_sealed_without_padding_opens_too(
    keys: ClinicKeys, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys.make(1)
    monkeypatch.setattr(clinic_keys, "PADDING", b"")

    before = keys.seal(1, KEY, "form 1")

    assert KEY == keys.unseal(1, before, "form 1")


def test_the_public_half_cannot_seal_as_the_private_one_does(keys: ClinicKeys) -> None:
    forged = seal_for_clinic(keys.make(1), b"a key", "form 1")

    with pytest.raises(Broken):
        keys.unseal(1, b"\x02" + forged[1:], "form 1")
