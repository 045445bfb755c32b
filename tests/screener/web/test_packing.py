import gzip
import random

import pytest

from screener.web.packing import BLOCK, filled_up


@pytest.mark.parametrize("size", [0, 1, 600, *range(990, 1030), 5000])
def test_what_is_packed_fills_whole_kib_and_comes_back_the_same(size: int) -> None:
    page = random.Random(size).randbytes(size)

    sent = filled_up(gzip.compress(page, mtime=0))

    assert 0 == len(sent) % BLOCK
    assert len(sent) - len(gzip.compress(page)) <= BLOCK
    assert page == gzip.decompress(sent)
