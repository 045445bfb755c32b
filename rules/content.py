"""The content: everything that a clinician reads and signs, read and frozen."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from rules.catalogue.definitions import read_definitions
from rules.catalogue.helplines import Helplines, read_helplines
from rules.catalogue.limits import Limits, as_names, read_limits
from rules.catalogue.medicines import Medicine, read_medicines
from rules.catalogue.rules import Rule, RuleFile, read_rules
from rules.catalogue.sources import Source, read_sources
from rules.catalogue.words import Words, read_words
from rules.compiler import Decide, compile_rules
from rules.conditions.names import Names
from rules.conditions.tree import Condition
from rules.faults import Faults, Place, refuse
from rules.fields import Fields
from rules.path import Route
from rules.questions.load import StepFile, read_questionnaire
from rules.questions.model import Questionnaire
from rules.questions.parts import Surroundings
from rules.questions.words import read_step_words
from rules.reader import Mapping as MappingNode
from rules.reader import read

SHIPPED = Path(__file__).parent / "content"
DEFINITIONS = "0_definitions.yaml"


@dataclass(frozen=True, slots=True)
class Content:
    """All content in one language.

    Attributes:
        version: the human version, a plus, and the first 12 digits of the folder's hash.
        reviewed_by: who signed this content; empty when nobody has.
        route: all ways through the questionnaire; see ``engine.walk``.
        definitions: the conditions that have a name; see ``engine.holds``.
        decide: the generated function; see ``engine.evaluate``.
    """

    version: str
    reviewed_by: str
    language: str
    questionnaire: Questionnaire
    rules: tuple[Rule, ...]
    limits: Limits
    sources: Mapping[str, Source]
    medicines: tuple[Medicine, ...]
    helplines: Helplines
    words: Words
    definitions: Mapping[str, Condition]
    route: Route
    decide: Decide


def load(language: str = "en", folder: Path | None = None) -> Content:
    """Read a content folder; the one that comes with the program when none is given.

    Raises:
        ContentError: one line for each thing that is wrong, with its place.
    """
    return _Folder(folder or SHIPPED, language).content()


class _Folder:
    """A folder of content, read in the order in which its parts lean on each other."""

    def __init__(self, folder: Path, language: str) -> None:
        self._folder, self._language = folder, language
        self._text = f"text/{language}"
        if not (folder / self._text).is_dir():
            refuse(Place(self._text), f"there is no text in the language '{language}'")

    def content(self) -> Content:
        words = read_words(self._read(f"{self._text}/common.yaml"))
        sources = read_sources(self._read("sources.yaml"))
        cited = frozenset(sources)
        limits = read_limits(*self._pair("limits.yaml"), words.units, cited)
        medicines = read_medicines(*self._pair("medicines.yaml"))
        helplines = read_helplines(*self._pair("helplines.yaml"))
        names = tuple((medicine.token, medicine.name) for medicine in medicines)
        around = Surroundings(dict(words.options), names, dict(words.units), cited)
        questionnaire = read_questionnaire(self._steps(), around, as_names(limits))
        known = self._defined(Names(questionnaire.by_id, as_names(limits)))
        rules = self._rules(known, sources)
        version, reviewed_by = self._version()
        return Content(
            version=version,
            reviewed_by=reviewed_by,
            language=self._language,
            questionnaire=questionnaire,
            rules=rules,
            limits=limits,
            sources=sources,
            medicines=medicines,
            helplines=helplines,
            words=words,
            definitions=known.conditions(),
            route=Route(questionnaire, medicines),
            decide=compile_rules((rule.when for rule in rules), limits),
        )

    def _read(self, name: str) -> MappingNode:
        return read(self._folder / name, name)

    def _pair(self, name: str) -> tuple[MappingNode, MappingNode]:
        return self._read(name), self._read(f"{self._text}/{name}")

    def _files(self, part: str) -> list[str]:
        """The files of a part, in order; a language has the same ones."""
        names = sorted(path.name for path in (self._folder / part).glob("*.yaml"))
        if not names:
            refuse(Place(part), f"the folder '{part}' holds no .yaml file")
        texts = {path.name for path in (self._folder / self._text / part).glob("*.yaml")}
        if extra := sorted(texts - set(names)):
            what = "there is no logic file of this name"
            refuse(Place(f"{self._text}/{part}/{extra[0]}"), what, f"see {part}/")
        return names

    def _steps(self) -> list[StepFile]:
        found, faults = [], Faults()
        for name in self._files("questions"):
            with faults.gathered():
                logic, words = self._pair(f"questions/{name}")
                found.append(StepFile(logic, read_step_words(words)))
        faults.settle()
        return found

    def _defined(self, names: Names) -> Names:
        if DEFINITIONS not in self._files("rules"):
            return names
        return read_definitions(self._read(f"rules/{DEFINITIONS}"), names)

    def _rules(self, names: Names, sources: Mapping[str, Source]) -> tuple[Rule, ...]:
        topics = [name for name in self._files("rules") if name != DEFINITIONS]
        pairs = [RuleFile(*self._pair(f"rules/{name}")) for name in topics]
        return read_rules(pairs, names, sources)

    def _version(self) -> tuple[str, str]:
        given = Fields(self._read("version.yaml"), "the version", ("version", "reviewed_by"))
        return f"{given.text('version')}+{fingerprint(self._folder)}", given.maybe("reviewed_by")


def fingerprint(folder: Path) -> str:
    """The first 12 hex digits of a hash over every content file and its name."""
    digest = hashlib.sha256()
    files = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*.yaml")}
    for relative, path in sorted(files.items()):
        name, content = relative.encode(), path.read_bytes()
        content = content.replace(b"\r\n", b"\n")  # the same content, checked out on Windows
        digest.update(b"%d:%s%d:" % (len(name), name, len(content)) + content)
    return digest.hexdigest()[:12]
