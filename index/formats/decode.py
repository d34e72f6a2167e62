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
# Eight-bit encodings of French and English text; a short text may fit several, the first is likeliest.
_EIGHT_BITS = ("cp1252", "mac_roman", "cp850", "cp1250", "latin_1")
_SAMPLE = 100_000


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
    if b"\x00" in data or len(_CONTROL.findall(sample)) > len(sample) / 20:
        raise FormatError("not a text file.", "Export its text as UTF-8.", "not_text")
    for candidate in ("utf-8", declared, *_likely(data)):
        text = _try(data, candidate)
        if text is not None:
            return text, None if candidate == "utf-8" else f"read as {_shown(candidate or '')}"
    raise FormatError("its encoding is not known.", "Save it as UTF-8.", "not_text")


def _likely(data: bytes) -> list[str]:
    """Eight-bit encodings, the one that reads most like language first."""
    from charset_normalizer import from_bytes

    # A sample may end inside a character of a longer encoding; these have none.
    found = from_bytes(data[:_SAMPLE], cp_isolation=list(_EIGHT_BITS), threshold=0.5).best()
    best = [found.encoding] if found else []
    # Where both fit, what text calls Latin-1 most often is Windows-1252.
    return [*(encoding for encoding in best if encoding != "latin_1"), *_EIGHT_BITS]


def _try(data: bytes, encoding: str | None) -> str | None:
    if not encoding:
        return None
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError, ValueError):
        return None


def _shown(encoding: str) -> str:
    return {"cp1252": "Windows-1252", "mac_roman": "Mac Roman", "latin_1": "Latin-1"}.get(encoding, encoding)
