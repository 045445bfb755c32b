"""Read what z3 found."""

import z3


def holds(model: z3.ModelRef, claim: z3.BoolRef) -> bool:
    """Whether a claim holds in a model; what the model leaves open is taken as no.

    Asked of z3 itself: ``z3.is_true`` looks at the shape of the answer, ten times as slowly.
    """
    value = model.eval(claim, model_completion=True)
    return bool(z3.Z3_get_bool_value(value.ctx_ref(), value.as_ast()) == z3.Z3_L_TRUE)


def whole(model: z3.ModelRef, number: z3.ArithRef) -> int:
    """A whole number in a model."""
    return int(model.eval(number, model_completion=True).as_long())
