import pytest

from screener.store import Intake
from screener.store.staff import Account, Staff
from tests.staff import PASSWORD, hash_quickly


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    hash_quickly(monkeypatch)


@pytest.fixture
def staff(intake: Intake) -> Staff:
    return intake.staff


@pytest.fixture
def sam(staff: Staff) -> Account:
    """Somebody with a password, and no second factor yet."""
    token = staff.accounts.add("Sam Lee", "sam.lee@example.org", "reviewer", "command")
    account = staff.passwords.take_up(token, PASSWORD)
    assert account is not None
    return account
