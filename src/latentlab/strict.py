"""Models for what others may have written: strict, frozen, and cheap however wrong it is."""

from __future__ import annotations

from itertools import islice
from typing import Any

from pydantic import (
    BaseModel,
    ConfigDict,
    ValidationError,
    ValidatorFunctionWrapHandler,
    WrapValidator,
    model_validator,
)


def _ten_at_a_time(value: object, validate: ValidatorFunctionWrapHandler) -> Any:
    """Validate a mapping in parts, so that a million mistakes in it cost no more than ten."""
    if not isinstance(value, dict):
        return validate(value)
    items = iter(value.items())
    result: dict[str, Any] = {}
    while part := dict(islice(items, MOST_MISTAKES)):
        result |= validate(part)
    return result


MOST_MISTAKES = 10
"""Pydantic describes every mistake, at 5 kB each; of more than these only the first is told."""
CountedMistakes = WrapValidator(_ten_at_a_time)
"""Marks a mapping that others may have written."""


class Strict(BaseModel):
    """Fields that are frozen, finite and known by name; unknown ones are refused."""

    # 1e999 is valid JSON, and no number.
    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    @model_validator(mode="before")
    @classmethod
    def _few_surplus(cls, given: object) -> object:
        if not isinstance(given, dict):
            return given
        surplus = islice((key for key in given if key not in cls.model_fields), MOST_MISTAKES)
        known = {key: given[key] for key in cls.model_fields if key in given}
        return known | {key: given[key] for key in surplus}


def first_problem(error: ValidationError) -> str:
    """Say the first problem of a pydantic error in one sentence.

    Parameters
    ----------
    error : ValidationError

    Returns
    -------
    str
        Names the field, what was given (at most 80 characters) and what is wrong.
    """
    problem = error.errors(include_url=False)[0]
    where = ".".join(str(part) for part in problem["loc"]) or "the whole"
    if problem["type"] == "extra_forbidden":
        return f"The setting '{where}' is not known to this version; remove it."
    shown = repr(problem["input"])
    if len(shown) > 80:
        shown = shown[:77] + "..."
    return f"The setting '{where}' cannot be {shown}: {problem['msg']}."
