"""How many a request may ask for: what is checked is what is described."""

from __future__ import annotations

from index.errors import InputError

QUOTES = range(1, 51)
USUAL_QUOTES = 5
DOCUMENTS = range(1, 1001)


def check_limit(limit: int, served: range, what: str) -> None:
    """Raises InputError where `limit` is none that is served of `what`, « quotes »."""
    if limit not in served:
        raise InputError(
            f"The limit {limit} is not served.",
            f"Ask for {served[0]} to {served[-1]} {what}.",
            code="bad_limit",
        )
