"""The staff side's own secret, and what is derived from it.

The patients' side never holds it: it cannot search names, forge the trail or read a second factor.
"""

from screener.store import sealing
from screener.store.derived import derive, mac


class StaffKeys:
    """Everything that is derived from the staff side's root key, each for one purpose only."""

    def __init__(self, root: bytes) -> None:
        self._root = root
        self.session = derive(root, "staff session cookie")
        self.trail = derive(root, "trail")

    def mac(self, purpose: str, text: str) -> bytes:
        """Stand in for a text, such as a name or a token, that must not be kept."""
        return mac(derive(self._root, f"mac {purpose}"), text)

    def seal(self, purpose: str, plain: bytes, about: str) -> bytes:
        """Seal a secret of the staff side, bound to what it is about."""
        return sealing.seal(derive(self._root, f"seal {purpose}"), plain, about)

    def unseal(self, purpose: str, sealed: bytes, about: str) -> bytes:
        """Open what ``seal`` sealed; Broken when it is anything else."""
        return sealing.unseal(derive(self._root, f"seal {purpose}"), sealed, about)

    def throttled(self, what: str, prefix: str) -> bytes:
        """Stand in for an address: the same each time, and no address in the database."""
        return self.mac("throttle", f"{what}\0{prefix}")
