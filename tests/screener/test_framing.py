"""A request that says twice, or not at all, where it ends gets a 400 and no second reading."""

import pytest
from waitress.adjustments import Adjustments
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser

from screener.framing import Parser

POST = b"POST / HTTP/1.1\r\nHost: x\r\n"
CHUNKED = b"Transfer-Encoding: chunked\r\n"
BAD = {
    "both": POST + b"Content-Length: 5\r\n" + CHUNKED + b"\r\n0\r\n\r\n",
    "both, the other way": POST + CHUNKED + b"Content-Length: 5\r\n\r\n0\r\n\r\n",
    "both, the length 0": POST + b"Content-Length: 0\r\n" + CHUNKED + b"\r\n0\r\n\r\n",
    "chunks before HTTP/1.1": b"POST / HTTP/1.0\r\nHost: x\r\n" + CHUNKED + b"\r\n0\r\n\r\n",
    "two lengths": POST + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\n",
    "a length below 0": POST + b"Content-Length: -5\r\n\r\n",
    "a length of 5,000 digits": POST + b"Content-Length: " + b"9" * 5000 + b"\r\n\r\n",
    "half an address": b"GET http://[x/ HTTP/1.1\r\nHost: x\r\n\r\n",
}


def read(raw: bytes) -> HTTPRequestParser:
    parser = Parser(Adjustments())
    while raw and not parser.completed:
        raw = raw[parser.received(raw) :]
    return parser


@pytest.mark.parametrize("raw", BAD.values(), ids=BAD)
def test_a_request_without_one_clear_end_is_refused(raw: bytes) -> None:
    refused = read(raw)

    assert refused.completed
    assert refused.error is not None
    assert 400 == refused.error.code


@pytest.mark.parametrize(
    "raw", [POST + b"Content-Length: 2\r\n\r\nhi", POST + CHUNKED + b"\r\n2\r\nhi\r\n0\r\n\r\n"]
)
def test_a_request_with_one_end_is_read(raw: bytes) -> None:
    taken = read(raw)

    assert taken.completed
    assert taken.error is None
    assert b"hi" == taken.get_body_stream().read()


def test_a_request_without_a_body_waits_for_none() -> None:
    expecting = b"Expect: 100-continue\r\n\r\n"

    assert read(POST + b"Content-Length: 2\r\n" + expecting).expect_continue
    assert not read(b"GET / HTTP/1.1\r\nHost: x\r\n" + expecting).expect_continue


def test_waitress_reads_its_requests_by_the_class_that_we_replace() -> None:
    # An update that renames it would take our parser away without a word.
    assert HTTPChannel.parser_class is HTTPRequestParser
