"""Patients made of code: they come to the real server over HTTP, and fill in its real forms."""
