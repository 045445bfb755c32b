"""Many patients at once: the same typed trees, run over columns of answers (extra ``[batch]``).

A column holds the answers of all patients to one question. A condition becomes two columns of
yes and no: for whom it surely holds, and for whom it possibly holds. Nothing else is new: the
trees, the questions and their gates are those that ``rules.evaluate`` reads.
"""

from rules.columns.sweep import Decided, Sweep
from rules.columns.table import Table

__all__ = ["Decided", "Sweep", "Table"]
