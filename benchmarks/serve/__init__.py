"""Ours against others over real sockets: how many steps of a form, how fast, and how steady."""
