"""The shape of errors, their codes and HTTP statuses. The README's table is held to this one by a test."""

from __future__ import annotations

from typing import Any

from index.errors import AccessError, SelonError, TooMany

STATUS = {
    "empty_question": 400,
    "question_too_long": 400,
    "bad_limit": 400,
    "unknown_language": 400,
    "unknown_filter": 400,
    "bad_key": 401,
    "writing_off": 403,
    "unknown_document": 404,
    "unknown_version": 404,
    "not_found": 404,
    "method_not_allowed": 405,
    "too_large": 413,
    "bad_host": 421,
    "bad_request": 422,
    "nothing_taken": 422,
    "too_many": 429,
    "internal": 500,
    "no_store": 503,
    "store_error": 503,
    "store_mismatch": 503,
    "store_damaged": 503,
    "store_busy": 503,
    "model_error": 503,
}


def error_json(error: SelonError) -> dict[str, Any]:
    """An error, in the one shape that every part of Selon gives it."""
    return {"error": {"code": error.code, "message": error.message, "hint": error.hint}}


def status_of(error: SelonError) -> int:
    """The HTTP status of an error; 400 for a code that only the command line raises."""
    return STATUS.get(error.code, 400)


def headers_of(error: SelonError) -> dict[str, str]:
    """What its answer says to programs beside the body: how to log in, when to come back."""
    if isinstance(error, TooMany):
        return {"Retry-After": str(error.seconds)}
    if isinstance(error, AccessError) and error.code == "bad_key":
        return {"WWW-Authenticate": "Bearer"}
    return {}
