"""Questions: what is asked, read from the content files."""
