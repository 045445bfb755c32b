"""Sources: the texts that rules and questions lean on."""

from dataclasses import dataclass

from rules.faults import Faults, refuse
from rules.fields import Fields
from rules.reader import Mapping

# Background texts were read to understand; a rule may not lean on them.
BACKGROUND = "BG"


@dataclass(frozen=True, slots=True)
class Source:
    """One text; ``verified`` says whether somebody compared us with it."""

    id: str
    title: str
    publisher: str
    year: str
    verified: bool
    note: str

    @property
    def background(self) -> bool:
        """Whether this was read as background only."""
        return self.id.startswith(BACKGROUND)


def read_sources(file: Mapping) -> dict[str, Source]:
    """Read the sources, in order."""
    found: dict[str, Source] = {}
    faults = Faults()
    for node in Fields(file, "the file of sources", ("sources",)).items("sources"):
        with faults.gathered():
            keys = ("id", "title", "publisher", "year", "verified", "note", "background")
            given = Fields(node, "a source", keys)
            name = given.text("id")
            if name in found:
                refuse(node.place, f"the source '{name}' stands here twice", "keep one")
            words = (given.text("title"), given.maybe("publisher"), given.maybe("year"))
            found[name] = Source(name, *words, given.yes("verified"), given.maybe("note"))
    faults.settle()
    return found
