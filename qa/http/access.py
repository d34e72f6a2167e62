"""Who may read and who may write: keys, compared in a time that tells nothing about them."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from typing import TYPE_CHECKING

from index.errors import AccessError

if TYPE_CHECKING:
    from qa.http import shapes


class Access:
    """The keys of a service. Without a key for writing, nobody writes; without one for reading, all read."""

    def __init__(self, writing: str | None = None, reading: str | None = None) -> None:
        self._write = [_digest(writing)] if writing else []
        self._read = [*self._write, _digest(reading)] if reading else []

    @property
    def described(self) -> shapes.Access:
        """What the service says of itself: `writing` is off or key, `reading` is open or key."""
        return {"writing": "key" if self._write else "off", "reading": "key" if self._read else "open"}

    def check_read(self, headers: Mapping[str, str]) -> None:
        """Raises AccessError where reading needs a key that `headers` do not show."""
        if self._read:
            _check(headers, self._read)

    def check_write(self, headers: Mapping[str, str]) -> None:
        """Raises AccessError where writing is off, or `headers` do not show its key."""
        if not self._write:
            raise AccessError(
                "Writing is off: this service has no key for it.",
                "Start it with one: SELON_API_KEY=… selon serve",
                code="writing_off",
            )
        _check(headers, self._write)


def _check(headers: Mapping[str, str], keys: list[bytes]) -> None:
    scheme, _, bearer = headers.get("authorization", "").partition(" ")
    shown = bearer.strip() if scheme.lower() == "bearer" else headers.get("x-api-key", "")
    # Each key is looked at, so that the time is the same whichever fits.
    if not sum(secrets.compare_digest(_digest(shown), key) for key in keys):
        raise AccessError(
            "The key is wrong." if shown else "A key is needed.",
            "Send it as Authorization: Bearer KEY, or as X-API-Key: KEY.",
        )


def _digest(key: str) -> bytes:
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).digest()
