"""What must hold for every patient, as it stands beside a content (``promises.yaml``).

``rules.proof`` proves it; the sheet that a clinician signs prints it.
"""

from rules.promises.model import Promise, Promises, Silent
from rules.promises.reading import read_promises

__all__ = ["Promise", "Promises", "Silent", "read_promises"]
