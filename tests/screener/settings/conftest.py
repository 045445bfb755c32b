from collections.abc import Callable
from pathlib import Path

import pytest

from screener.settings import Settings

Load = Callable[..., Settings]


@pytest.fixture
def load(tmp_path: Path) -> Load:
    def load_text(text: str | bytes, **more: object) -> Settings:
        file = tmp_path / "clinic.toml"
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        return Settings.load(file, tmp_path, **{"environment": {}, **more})  # type: ignore[arg-type]

    return load_text
