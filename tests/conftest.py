"""What tests anywhere in the house may ask for."""

from collections.abc import Iterator

import pytest

from tests.postgres import Databases, running


@pytest.fixture(scope="session")
def databases() -> Iterator[Databases]:
    """A PostgreSQL of our own, started when the first test asks for it."""
    with running() as server:
        yield Databases(server)
