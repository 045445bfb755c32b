import pytest

import rules
from tests.rules.tinies import TINY


@pytest.fixture(scope="session")
def content() -> rules.Content:
    return rules.load()


@pytest.fixture(scope="session")
def tiny() -> rules.Content:
    return rules.load(folder=TINY)
