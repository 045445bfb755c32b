"""The summary as an accessible PDF."""

from screener.renderers.pdf.compiler import compiled
from screener.renderers.pdf.data import template_data
from screener.summary import Copy, Paper, Summary

__all__ = ["pdf"]


def pdf(summary: Summary, copy: Copy = "patient", paper: Paper = "a4") -> bytes:
    """Print a summary as PDF/UA-1, for A4 or Letter paper.

    Args:
        summary: what is said.
        copy: for whom; both copies hold the same points at the same levels.
        paper: "a4" or "letter".
    """
    return compiled(template_data(summary, copy, paper), summary.completed)
