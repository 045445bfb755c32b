"""Whether a form may be sent to the clinic, besides being printed or saved."""

from screener.store import StoreUnavailable
from screener.web.parts import parts


def offered() -> bool:
    """Say whether patients may send: the clinic wants it, and somebody there could read it."""
    if not parts().settings.sending.offered:
        return False
    try:
        return parts().store.takes_forms()
    except StoreUnavailable:
        # Pages that need no draft still open. "Only if you send it" is true either way.
        return True
