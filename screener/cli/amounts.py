"""How commands say an amount."""


def forms(count: int) -> str:
    """Say how many forms: "1 form", "2 forms"."""
    return "1 form" if count == 1 else f"{count} forms"
