"""Write what a command made: to standard output, or to a file that is there whole or not at all."""

import os
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from screener.cli.faults import BadInputError


def write(output: str, made: bytes) -> None:
    """Write bytes to a file, or to standard output for `-`."""
    if output == "-":
        sys.stdout.buffer.write(made)
        sys.stdout.buffer.flush()
        return
    try:
        replace(Path(output).resolve(), [made])
    except OSError as error:
        raise BadInputError(f"--output {output}: cannot be written: {error.strerror}") from error


def replace(file: Path, pieces: Iterable[bytes]) -> None:
    """Put a file in its place in one step; it holds health answers, so only its owner reads it."""
    if file.exists() and not file.is_file():  # /dev/null and pipes are written to, never replaced
        with file.open("wb") as stream:
            stream.writelines(pieces)
        return
    descriptor, beside = tempfile.mkstemp(dir=file.parent, prefix=".screener-")
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.writelines(pieces)
        Path(beside).replace(file)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise
