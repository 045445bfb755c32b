"""Where a request ends must be said once: waitress takes some requests that say it twice.

A proxy in front may read such a request the other way, and take its rest for somebody else's.
"""

from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser, ParsingError
from waitress.server import BaseWSGIServer


class Parser(HTTPRequestParser):  # type: ignore[misc]  # waitress carries no types
    """Reads the head of a request, and refuses with a 400 what has two meanings or none."""

    def parse_header(self, header_plus: bytes) -> None:
        """Read the head of a request.

        Raises:
            ParsingError: waitress then answers 400 and closes the connection.
        """
        try:
            super().parse_header(header_plus)
        except ValueError as error:
            # A length of thousands of digits, an address with half a bracket: waitress would let
            # these end its turn at the socket, without an answer.
            raise ParsingError("Start line or length is invalid") from error
        # "chunked" is taken out of the headers that it was read from, except in HTTP/1.0.
        if self.chunked and "CONTENT_LENGTH" in self.headers:
            raise ParsingError("Content-Length and Transfer-Encoding exclude each other")
        if "TRANSFER_ENCODING" in self.headers:
            raise ParsingError("Transfer-Encoding needs HTTP/1.1")
        # Without a body there is nothing to wait for; waitress would wait, and never answer.
        if self.body_rcv is None:
            self.expect_continue = False


class Channel(HTTPChannel):  # type: ignore[misc]
    """A connection whose requests are read by our parser."""

    parser_class = Parser


def install(server: BaseWSGIServer) -> None:
    """Let a server read its requests by our parser."""
    server.channel_class = Channel
