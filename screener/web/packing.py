"""Long pages travel packed, where nothing of what was asked stands on them."""

import gzip

from flask import Response, request

LEVEL = 6
BLOCK = 1024
HAS_A_NAME = b"\x08"  # RFC 1952: FNAME, a name behind the ten bytes of the header
HEADER = slice(4, 10)


def packed(html: str) -> Response:
    """Send a page packed, to a browser that says it can unpack it.

    Only for a page that repeats nothing of its request. Where a stranger can have words of theirs
    repeated beside a secret, the length of what is packed tells them the secret, letter by letter.
    """
    response = Response(html, mimetype="text/html")
    response.vary.add("Accept-Encoding")
    if request.accept_encodings["gzip"]:
        response.data = filled_up(gzip.compress(html.encode(), LEVEL, mtime=0))
        response.content_encoding = "gzip"
    return response


def filled_up(member: bytes) -> bytes:
    """Give what was packed a name so long that it fills whole KiB: its length tells little."""
    room = -(len(member) + 1) % BLOCK
    name = b"-" * room + b"\0"
    return member[:3] + HAS_A_NAME + member[HEADER] + name + member[HEADER.stop :]
