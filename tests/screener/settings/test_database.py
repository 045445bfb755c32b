"""The address of a PostgreSQL database: read once, never shown."""

from collections.abc import Callable
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screener.settings import DatabaseAddress, Settings, SettingsError
from screener.settings.database import MODES, is_here, read_address

Load = Callable[..., Settings]
SECRET = "s3cr3t"


def read(address: str) -> DatabaseAddress:
    found = read_address(address)
    assert found is not None
    return found


def test_without_an_address_there_is_none(load: Load) -> None:
    assert load("").database is None
    assert load('[server]\ndatabase = ""', environment={"SCREENER_DATABASE": ""}).database is None


def test_an_address_is_taken_apart() -> None:
    found = read("postgresql://nurse%40hill:s%2F3%40%3F%23@db.example:6432/screener")

    assert ("nurse@hill", "s/3@?#") == (found.user, found.password)
    assert ("db.example", 6432, "screener") == (found.host, found.port, found.name)
    assert "screener at db.example:6432" == found.shown


def test_the_environment_is_stronger_than_the_file(load: Load) -> None:
    around = {"SCREENER_DATABASE": "postgresql://me@db.example/around"}

    settings = load('[server]\ndatabase = "postgresql://me@db.example/file"', environment=around)

    assert settings.database is not None
    assert "around" == settings.database.name


@pytest.mark.parametrize(
    ("host", "mode"),
    [
        ("db.example", "verify-full"),
        ("10.0.0.7", "verify-full"),
        ("[2001:db8::1]", "verify-full"),
        ("localhost.example", "verify-full"),
        ("localhost", "prefer"),
        ("127.0.0.1", "prefer"),
        ("127.1.2.3", "prefer"),
        ("[::1]", "prefer"),
    ],
)
def test_a_server_elsewhere_must_prove_itself_unless_the_address_says_otherwise(
    host: str, mode: str
) -> None:
    plain = f"postgresql://me@{host}/screener"

    assert mode == read(plain).options["sslmode"]
    assert "require" == read(f"{plain}?sslmode=require").options["sslmode"]


def test_a_socket_is_named_by_its_folder() -> None:
    found = read("postgresql:///screener?host=/run/postgresql")

    assert ("/run/postgresql", "", "prefer") == (found.host, found.user, found.options["sslmode"])
    assert is_here("/run/postgresql")


def test_a_certificate_may_be_named() -> None:
    found = read("postgresql://me@db.example/screener?sslrootcert=/etc/screener/ca.pem")

    assert {"sslmode": "verify-full", "sslrootcert": "/etc/screener/ca.pem"} == found.options


WRONG = {
    f"sqlite:///{SECRET}.db": "leave it out to use SQLite",
    f"postgres://me:{SECRET}@db.example/screener": "leave it out to use SQLite",
    f"mysql://me:{SECRET}@db.example/screener": "leave it out to use SQLite",
    f"postgresql+psycopg://me:{SECRET}@db.example/screener": "leave it out to use SQLite",
    f"postgresql://me:{SECRET}@/screener": "it names no host",
    f"postgresql://me:{SECRET}@db.example": "with %2F, %3F or %23",
    f"postgresql://me:{SECRET}/3@db.example/screener": "with %3A, %2F or %40",
    f"postgresql://me:{SECRET}#3@db.example/screener": "with %3A, %2F or %40",
    f"postgresql://me:{SECRET}?3@db.example/screener": "with %3A, %2F or %40",
    f"postgresql://me:5/{SECRET}@db.example/screener": "with %2F, %3F or %23",
    f"postgresql://me:{SECRET}@db.example:abc/screener": "with %3A, %2F or %40",
    f"postgresql://me:{SECRET}@db.example:99999/screener": "with %3A, %2F or %40",
    f"postgresql://me:{SECRET}@[db.example/screener": "with %3A, %2F or %40",
    f"postgresql://me:{SECRET}@db.example/screener?sslmode=prefer": ", ".join(MODES),
    f"postgresql://me:{SECRET}@db.example/screener?options=-csynchronous_commit%3Doff": (
        "after ? it may say host, sslmode"
    ),
}


@pytest.mark.parametrize("address", WRONG)
def test_what_cannot_be_is_refused_and_its_password_never_shown(load: Load, address: str) -> None:
    said = []
    for text, around in (
        (f"[server]\ndatabase = '{address}'", {}),
        ("", {"SCREENER_DATABASE": address}),
    ):
        with pytest.raises(SettingsError) as why:
            load(text, environment=around)
        said.append(str(why.value))

    in_the_file, around_it = said
    assert in_the_file.startswith("clinic.toml: [server] database is not shown here, it must be")
    assert around_it.startswith("SCREENER_DATABASE is not shown here, it must be an address like")
    assert WRONG[address] in in_the_file
    assert SECRET not in "".join(said)


def test_a_number_is_no_address(load: Load) -> None:
    with pytest.raises(SettingsError, match="text between quotes"):
        load("[server]\ndatabase = 5")


def test_the_password_does_not_show_when_settings_are_printed(load: Load) -> None:
    address = f"postgresql://me:{SECRET}@db.example/screener"

    settings = load("", environment={"SCREENER_DATABASE": address})

    assert "db.example" in repr(settings)
    assert SECRET not in repr(settings) + str(settings)


@given(st.text() | st.from_regex(r"postgresql://[^ ]*", fullmatch=True))
def test_no_text_breaks_the_reading(written: str) -> None:
    found = None

    with suppress(ValueError):
        found = read_address(written)

    assert found is None or (found.host and found.name)
