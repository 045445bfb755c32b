"""The code that a camera reads: the address of a page's reference, as one path."""

import io

import segno

from screener.summary import Summary

MARGIN = 4  # modules, as the standard asks for


def qr_svg(summary: Summary) -> str:
    """Draw the reference code as an SVG; nothing when the app has no public address.

    Upper case keeps the code small (alphanumeric mode), and hosts and our own path read the same
    in either case.
    """
    if not summary.code_url:
        return ""
    out = io.BytesIO()
    segno.make(summary.code_url.upper(), error="m", micro=False).save(
        out, kind="svg", border=MARGIN, xmldecl=False, svgns=True, omitsize=True, lineclass=None
    )
    return out.getvalue().decode()
