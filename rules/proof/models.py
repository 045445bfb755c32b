"""Read what z3 found."""

import z3


def holds(model: z3.ModelRef, claim: z3.BoolRef) -> bool:
    """Whether a claim holds in a model; what the model leaves open is taken as no.

    Asked of z3 itself, some hundred thousand times: ``model.eval`` and ``z3.is_true`` wrap each
    answer in an object and look at its shape, which takes ten times as long.
    """
    context, found = model.ctx.ref(), (z3.Ast * 1)()
    done = z3.Z3_model_eval(context, model.model, claim.as_ast(), True, found)  # noqa: FBT003 - completed
    return bool(done and z3.Z3_get_bool_value(context, found[0]) == z3.Z3_L_TRUE)


def whole(model: z3.ModelRef, number: z3.ArithRef) -> int:
    """A whole number in a model."""
    return int(model.eval(number, model_completion=True).as_long())
