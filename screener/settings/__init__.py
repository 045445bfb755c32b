"""What the program is told from outside: one clinic file, the environment, the command line."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

import rules
from screener.settings.checks import LOCAL
from screener.settings.database import DatabaseAddress
from screener.settings.faults import SettingsError
from screener.settings.limits import wrong_limits
from screener.settings.model import Clinic, ClinicFile, Logo, Privacy, Retention, Section, Sending
from screener.settings.notices import Notices, notices
from screener.settings.reading import checked, from_environment, logo, read_table
from screener.settings.sending import unreachable

__all__ = [
    "Clinic",
    "DatabaseAddress",
    "Logo",
    "Notices",
    "Privacy",
    "Retention",
    "Sending",
    "Settings",
    "SettingsError",
]

DEFAULT_DATA = Path("screener-data")
KEYS = "keys"


class Settings(Section):
    """Everything that may differ from one clinic to the next, checked and frozen."""

    clinic: Clinic
    limits: dict[str, int]
    retention: Retention
    sending: Sending
    privacy: Privacy
    notices: Notices
    public_url: str
    trusted_proxies: int
    database: DatabaseAddress | None
    data: Path
    keys: Path

    @classmethod
    def load(
        cls,
        clinic_file: Path | None = None,
        data: Path | None = None,
        *,
        limits: "rules.Limits | None" = None,
        environment: Mapping[str, str] | None = None,
        **overrides: str | int,
    ) -> Self:
        """Read and check all settings. Without a file a neutral clinic runs.

        Args:
            clinic_file: the clinic's TOML file; else the one that SCREENER_CLINIC names.
            data: the folder to keep drafts in; else SCREENER_DATA, else ./screener-data. The keys
                are in its folder ``keys``, unless ``[server] keys`` names another.
            limits: the bounds to hold the clinic's limits against; else the shipped content's.
            environment: stands in for the process's environment.
            overrides: what stands under ``[server]``, stronger than file and environment.

        Raises:
            SettingsError: one line for each thing to put right.
        """
        around = os.environ if environment is None else environment
        file = clinic_file or _path(around, "SCREENER_CLINIC")
        outside = from_environment(around)
        outside |= {("server", name): (name, value) for name, value in overrides.items()}
        name = file.name if file else "settings"
        read, lines = checked(read_table(file) if file else {}, outside, name)
        drawn, more = logo(read.clinic.logo, file.parent if file else Path(), name)
        told, unsent = notices(read.notices, around, name)
        lines += more + unsent + unreachable(read.sending, name)
        if read.limits:
            lines += wrong_limits(read.limits, limits or rules.load().limits, name)
        if lines:
            raise SettingsError(lines)
        # A path in the file starts at the file; one from outside where the command was typed.
        start = Path() if ("server", "keys") in outside or not file else file.parent
        kept = data or _path(around, "SCREENER_DATA") or DEFAULT_DATA
        return cls._from(read, drawn, told, kept.expanduser().resolve(), start)

    @property
    def blanks(self) -> tuple[str, ...]:
        """List what patients must be told before the form is public; ``serve`` refuses without."""
        if urlsplit(self.public_url).hostname in LOCAL:
            return ()
        told = {f"[privacy] {name}": text for name, text in self.privacy.model_dump().items()}
        told["[clinic] phone"] = self.clinic.phone
        if self.sending.offered:
            told["[sending] answered_within"] = self.sending.answered_within
        return tuple(
            f"{place} is empty, and {self.public_url} is public: patients must be able to read it"
            for place, text in told.items()
            if not text
        )

    @classmethod
    def _from(
        cls, read: ClinicFile, drawn: Logo | None, told: Notices, data: Path, start: Path
    ) -> Self:
        keys = start / Path(read.server.keys).expanduser() if read.server.keys else data / KEYS
        face = read.clinic.model_dump(exclude={"logo"})
        return cls(
            clinic=Clinic(**face, leave_to=read.leave.address, logo=drawn),
            limits=read.limits,
            retention=read.retention,
            sending=read.sending,
            privacy=read.privacy,
            notices=told,
            public_url=read.server.public_url,
            trusted_proxies=read.server.trusted_proxies,
            database=read.server.database,
            data=data,
            keys=keys.resolve(),
        )


def _path(environment: Mapping[str, str], name: str) -> Path | None:
    return Path(environment[name]) if environment.get(name) else None
