"""Bytes to text: UTF-8 unless the bytes say otherwise, and then it is said what was taken."""

from __future__ import annotations

import codecs
import re

from index.formats.extract import FormatError

# The longer marks first: that of UTF-32 begins as that of UTF-16 does.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
# The eight-bit encodings of French and English text, and the letters and marks such text is made of.
# In another encoding than its own, hardly any of its letters are among these.
_WESTERN = ("cp1252", "mac_roman", "cp850")
_USUAL = frozenset("àâæçéèêëîïôœùûüÿÀÉÊñßáíóúäö«»“”‘’–—…€°\u00a0\u202f")
_MOSTLY = 0.9
_SAMPLE = 100_000
# What pages call Latin-1 or ASCII is Windows-1252: browsers read it so.
_CALLED = {"iso-8859-1": "cp1252", "latin-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252"}


def decode(data: bytes, declared: str | None = None) -> tuple[str, str | None]:
    """The text of `data` without its byte-order mark, and a note where it was not UTF-8.

    `declared` is the encoding that the file says it has. Raises FormatError, code empty or
    not_text, where there is no text in it.
    """
    if not data.strip():
        raise FormatError("the file is empty.", "Write its text, or remove it.", "empty")
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            text = _try(data, encoding)
            if text is None:
                raise FormatError(f"its {encoding.upper()} is damaged.", "Save it as UTF-8.", "not_text")
            return text.removeprefix("\ufeff"), None if encoding == "utf-8" else f"read as {encoding.upper()}"
    sample = data[:65_536]
    # Without a mark, every other byte of French and English in UTF-16 is zero.
    for first, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        if sample[first::2].count(0) > 0.8 * len(sample[first::2]) and 0 not in sample[1 - first :: 2]:
            text = _try(data, encoding)
            if text is not None:
                return text, "read as UTF-16"
    if b"\x00" in data or len(_CONTROL.findall(sample)) > len(sample) / 20:
        raise FormatError("not a text file.", "Export its text as UTF-8.", "not_text")
    mended = data.decode("utf-8", "replace")
    damaged = mended.count("\ufffd")
    if damaged == 0 or sum(char > "\x7f" for char in mended) > 2 * damaged:
        # By chance, hardly two bytes of another encoding are a character of UTF-8.
        return mended, f"{damaged} damaged characters are shown as \ufffd" if damaged else None
    for candidate in filter(None, (declared, _likely(data))):
        encoding = _CALLED.get(candidate.lower(), candidate)
        text = _try(data, encoding)
        if text is not None:
            return text, f"read as {_shown(encoding)}"
    raise FormatError("its encoding is not known.", "Save it as UTF-8.", "not_text")


def _likely(data: bytes) -> str | None:
    """The encoding that reads most like language; None where none does."""
    from charset_normalizer import from_bytes

    sample = data[:_SAMPLE]
    known = max(_WESTERN, key=lambda encoding: _usual(sample, encoding))
    if _usual(sample, known) >= _MOSTLY:
        return known
    found = from_bytes(sample).best()
    return found.encoding if found else None


def _usual(data: bytes, encoding: str) -> float:
    """The share of the letters beyond ASCII that are usual in French and English."""
    beyond = [char for char in data.decode(encoding, "replace") if char > "\x7f"]
    return sum(char in _USUAL for char in beyond) / max(1, len(beyond))


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (LookupError, ValueError):
        return None


def _shown(encoding: str) -> str:
    return {"cp1252": "Windows-1252", "mac_roman": "Mac Roman"}.get(encoding, encoding)
