"""The ear for files and calls hears what the tests of leaks rest on."""

import os
import socket
import tempfile
import threading
from pathlib import Path

from tests.opened import listening


def test_each_way_to_write_a_file_is_heard_and_reading_is_not(tmp_path: Path) -> None:
    there = tmp_path / "there"
    there.write_text("x")

    with listening() as ear:
        there.read_text()
        os.close(os.open(there, os.O_RDONLY))
        (tmp_path / "a").write_text("x")
        with there.open("ab"), there.open("r+b"):
            os.close(os.open(tmp_path / "b", os.O_CREAT | os.O_WRONLY))
    there.write_text("nobody listens any more")

    assert [str(tmp_path / "a"), str(there), str(there), str(tmp_path / "b")] == ear.opened


def test_a_file_that_is_gone_again_and_one_of_a_new_thread_are_heard(tmp_path: Path) -> None:
    def written() -> None:
        with tempfile.TemporaryFile(dir=tmp_path):
            """It has no name."""

    with listening() as ear:
        beside = threading.Thread(target=written)
        beside.start()
        beside.join()

    assert ear.opened
    assert {True} == {str(tmp_path) in name for name in ear.opened}


def test_a_call_is_heard() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, listening() as ear:
        address = server.getsockname()
        socket.create_connection(address).close()

    assert {address} == ear.called
