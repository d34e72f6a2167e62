"""Everything that can go wrong, grouped by what the caller does about it.

    SelonError                 has a code, a message that names the value, a hint that names the cure
    ├── InputError             ask again, differently
    │   ├── UnknownDocument    … with an id that exists
    │   └── UnknownVersion     … with a version that is kept
    ├── DocumentError          mend or leave out this one file; the others go on
    ├── StoreError             build, or choose another store
    │   ├── NoStore            … nothing was built there yet
    │   ├── StoreMismatch      … built by another model, dimension or format
    │   ├── StoreDamaged       … its files do not agree with their checksums
    │   └── StoreBusy          … another process is writing it
    ├── ModelError             choose another model, or mend its files
    ├── AccessError            show a key that may do this
    ├── TooMany                wait `seconds`, then ask again
    └── SettingError           correct a flag or an environment variable

No message carries a traceback, and none is worded as a statement about the news.
"""

from __future__ import annotations

import json

_SHOWN = 200  # characters of a value in a message


class SelonError(Exception):
    """The root. `code` is stable, for programs; `message` and `hint` are for people."""

    code = "error"

    def __init__(self, message: str, hint: str = "", *, code: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        if code is not None:
            self.code = code

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()


def shown(value: object) -> str:
    """A value that somebody gave, as messages name it: a text quoted, else as JSON; cut where it is long."""
    written = repr(value) if isinstance(value, str) else json.dumps(value, default=repr)
    return written if len(written) <= _SHOWN else f"{written[:_SHOWN]}…"


class InputError(SelonError):
    code = "bad_request"


class UnknownDocument(InputError):
    code = "unknown_document"

    @classmethod
    def named(cls, doc_id: str) -> UnknownDocument:
        """No document has the id `doc_id`."""
        return cls(
            f"There is no document {shown(doc_id)}.",
            "selon documents lists the ids, and so does GET /documents.",
        )


class UnknownVersion(InputError):
    code = "unknown_version"


class DocumentError(SelonError):
    code = "bad_document"


class StoreError(SelonError):
    code = "store_error"


class NoStore(StoreError):
    code = "no_store"


class StoreMismatch(StoreError):
    code = "store_mismatch"


class StoreDamaged(StoreError):
    code = "store_damaged"


class StoreBusy(StoreError):
    code = "store_busy"


class ModelError(SelonError):
    code = "model_error"


class AccessError(SelonError):
    code = "bad_key"


class TooMany(SelonError):
    """`seconds` is how long to wait, at least 1."""

    code = "too_many"

    def __init__(self, message: str, hint: str, seconds: int) -> None:
        super().__init__(message, hint)
        self.seconds = seconds


class SettingError(SelonError):
    code = "bad_setting"
