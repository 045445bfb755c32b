"""What the content says about ages, for what is no rule: help lines, and the limit of a reading.

The ages themselves stand in rules/content alone, under ``define:``.
"""

import rules
from rules import Content, Value

AGE, UNDER_AGE, OLDER = "age_years", "under_age", "older"


def under_age(content: Content, age: Value) -> bool | None:
    """Whether somebody is too young to be an adult; None when the age is not known."""
    return rules.holds(content, UNDER_AGE, {AGE: age})


def older(content: Content, age: Value) -> bool:
    """Whether the limit for older people counts: only when the age is known."""
    return rules.holds(content, OLDER, {AGE: age}) is True
