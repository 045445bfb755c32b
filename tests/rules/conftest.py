import pytest

import rules


@pytest.fixture(scope="session")
def content() -> rules.Content:
    return rules.load()
