"""`python -m screener` is the same program as `screener`."""

from screener.cli import main

main()
