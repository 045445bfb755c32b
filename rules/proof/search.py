"""Search for a patient of whom something holds; that there is none is a proof."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property

import z3

from rules.content import Content
from rules.kinds import NONE, Kind
from rules.proof.form import Form
from rules.proof.models import holds
from rules.proof.symbols import Symbol

LONGEST = 20_000  # milliseconds for one question
_SEED = 7


class UndecidedError(Exception):
    """z3 found neither a patient nor a proof that there is none."""


@dataclass
class Search:
    """A form, and a solver that knows what can be answered."""

    form: Form

    @property
    def content(self) -> Content:
        """What is proven."""
        return self.form.content

    @cached_property
    def _solver(self) -> z3.Solver:
        solver = z3.SimpleSolver()
        solver.set("random_seed", _SEED)
        solver.set("timeout", LONGEST)
        solver.add(*self.form.domain)
        if not self._check(solver):
            raise UndecidedError("no patient at all can answer this form")
        return solver

    def _check(self, solver: z3.Solver) -> bool:
        verdict = solver.check()
        if verdict == z3.unknown:
            raise UndecidedError(f"z3 gave up: {solver.reason_unknown()}")
        return bool(verdict == z3.sat)

    def find(self, *claims: z3.BoolRef, alone: bool = True) -> z3.ModelRef | None:
        """Find a patient of whom all of this holds; None proves that there is none.

        Args:
            claims: what must hold.
            alone: whether lists hold no entry that stands for itself.
        """
        with self._held(claims, alone=alone) as solver:
            return solver.model() if self._check(solver) else None

    @contextmanager
    def _held(self, claims: Iterable[z3.BoolRef], *, alone: bool) -> Iterator[z3.Solver]:
        """Hold claims for as long as the block lasts."""
        solver = self._solver
        singles = [listed.with_single for listed in self.form.lists.values()] if alone else []
        depth = solver.num_scopes()
        solver.push()
        try:
            solver.add(*claims, *map(z3.Not, singles))
            yield solver
        finally:
            solver.pop(solver.num_scopes() - depth)

    def unreached(self, claims: Mapping[str, z3.BoolRef], *, alone: bool = True) -> list[str]:
        """Name the claims that hold for no patient; one patient may meet many of them."""
        if not claims or self.find(*claims.values(), alone=alone) is not None:
            return []
        if len(claims) == 1:
            return list(claims)
        listed = list(claims.items())
        half = len(listed) // 2
        parts = (dict(listed[:half]), dict(listed[half:]))
        return [name for part in parts for name in self.unreached(part, alone=alone)]

    @cached_property
    def quiet(self) -> z3.ModelRef:
        """A patient in whom nothing stands out: the one that others are compared with."""
        calm = [z3.Not(level) for level in self.form.picture.levels]
        wishes = [
            wish
            for name, given in self.form.symbols.items()
            for wish in (z3.Implies(self.form.asked[name], z3.Not(given.silent)), _calmest(given))
        ]
        found = self.near([*self._defaults(), *wishes], calm)
        return self.near(self._defaults(), []) if found is None else found

    def _defaults(self) -> list[z3.BoolRef]:
        limits = self.content.limits
        return [at == limits[name].value for name, at in self.form.reading.limits.items()]

    def nearest(self, *claims: z3.BoolRef, alone: bool = True) -> z3.ModelRef | None:
        """Find the patient of whom this holds and who differs least from the quiet one."""
        if self.find(*claims, alone=alone) is None:
            return None
        wishes = [self._as_quiet(parts) for parts in self.parts()]
        return self.near([*self._defaults(), *wishes], claims, alone=alone)

    def near(
        self, wishes: Iterable[z3.BoolRef], claims: Iterable[z3.BoolRef], *, alone: bool = True
    ) -> z3.ModelRef | None:
        """Fulfil each wish that can be fulfilled beside the claims and the wishes before it."""
        with self._held(claims, alone=alone) as solver:
            if not self._check(solver):
                return None
            model = solver.model()
            for wish in wishes:
                if holds(model, wish):
                    solver.add(wish)
                    continue
                solver.push()
                solver.add(wish)
                if self._check(solver):
                    model = solver.model()
                else:
                    solver.pop()
            return model

    def parts(self) -> list[list[z3.ExprRef]]:
        """All that a patient answers, answer by answer; a list by its sorts."""
        found = [given.parts for given in self.form.symbols.values()]
        for listed in self.form.lists.values():
            found.append([sort.count for sort in listed.sorts])
            for exemplar in (*(sort.exemplar for sort in listed.sorts), listed.single):
                found += [given.parts for given in exemplar.symbols.values()]
        return found

    def _as_quiet(self, parts: list[z3.ExprRef]) -> z3.BoolRef:
        quiet = self.quiet
        return z3.And([part == quiet.eval(part, model_completion=True) for part in parts])


def _calmest(given: Symbol) -> z3.BoolRef:
    """The answer that says that there is nothing, where there is one."""
    question = given.question
    for token in ("no", NONE):
        if token in question.tokens:
            return given.is_value((token,) if question.kind is Kind.MANY else token)
    return z3.BoolVal(True)  # noqa: FBT003 - a value
