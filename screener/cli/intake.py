"""Give a command the staff side of the store. The server may run meanwhile, or not."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import Any

import click

from screener.cli.check import load
from screener.cli.faults import BadSettingsError
from screener.cli.settings import installation, read_settings
from screener.settings import Settings
from screener.store import Intake, StoreUnavailable


def with_intake(command: Callable[..., None]) -> click.Command | Callable[..., None]:
    """Give a command the staff side of the store, and the settings."""

    @installation
    @wraps(command)
    def opened(
        *,
        clinic: Path | None,
        data: Path | None,
        keys: Path | None,
        **given: Any,  # noqa: ANN401
    ) -> None:
        settings = read_settings(load(), clinic, data, keys)
        with opened_intake(settings) as intake:
            command(intake, settings, **given)

    return opened


@contextmanager
def opened_intake(settings: Settings) -> Iterator[Intake]:
    """Open the staff side for a while; what cannot be used ends the program with one line."""
    try:
        intake = Intake.open(settings)
        try:
            yield intake
        finally:
            intake.close()
    except StoreUnavailable as error:
        raise BadSettingsError(str(error)) from error
