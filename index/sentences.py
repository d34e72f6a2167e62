"""Where a sentence ends: a linear scan, deciding at every mark that could end one.

The words that decide are in `sentences.toml`; only the logic is here. A quotation or
a bracket that stands within a sentence is kept whole inside it; one that stands alone
is cut like any other text.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache
from importlib import resources

# A mark, the marks that repeat it, and whatever closes after it.
_MARK = re.compile(r"[.!?…。！？‽]+(?:[ \u00a0\u202f\u2009]?[»]|[”\"’'\)\]*_]|\[\d{1,3}\])*")
_STOP = re.compile(r"[.!?…。！？‽]+")
_OPENERS = "«\"“‘'([*_¿¡—–-•"
_TOKEN = re.compile(r"[^\s«»“”\"()\[\]]*\Z")
_SINGLE_LETTERS = re.compile(r"(?:[^\W\d_]\.-?)*[^\W\d_]\Z")
_ENUMERATOR = re.compile(r"[(]?(?:\d{1,3}|[A-Za-z]|[IVXLC]{1,5})\Z")
_WORD = re.compile(r"[^\W\d_]+")
_PAIRS = {"«": "»", "“": "”", "(": ")", "[": "]"}
_CLOSERS = {close: open_ for open_, close in _PAIRS.items()}

# A quotation or bracket longer than this is cut inside, so that no passage is a page.
_KEPT_WHOLE = 700
_LOOK_BACK = 32
# Marks and white space skipped to find the letter a next sentence would begin with.
_LOOK_AHEAD = 12


@cache
def _words() -> dict[str, frozenset[str]]:
    data = tomllib.loads(resources.files("index").joinpath("sentences.toml").read_text("utf-8"))
    return {name: frozenset(words) for name, words in data.items()}


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each sentence of one paragraph, without the white space around it.

    Everything but white space is covered; linear in the length of `text`.
    """
    start = 0
    for end in _ends(text):
        part = text[start:end]
        if any(char.isalnum() for char in part):
            yield start + len(part) - len(part.lstrip()), start + len(part.rstrip())
            start = end
    rest = text[start:]
    if rest.strip():
        yield start + len(rest) - len(rest.lstrip()), start + len(rest.rstrip())


def _ends(text: str) -> Iterator[int]:
    """Offsets at which a sentence ends, in order; the last one is not among them."""
    wholes = _wholes(text)
    starts = [start for start, _ in wholes]
    sentence = 0
    for mark in _MARK.finditer(text):
        end = mark.end()
        if end >= len(text):
            return
        number = bisect_right(starts, mark.start()) - 1
        whole = wholes[number] if number >= 0 and wholes[number][1] > end else None
        if whole and not _stands_alone(text, sentence, whole):
            continue
        if _is_end(text, sentence, mark.start(), end):
            yield end
            sentence = end


def _wholes(text: str) -> list[tuple[int, int]]:
    """Quotations and brackets, the outermost of those short enough, in order.

    Straight quotes open after white space and close after anything else; marks
    without a partner (news sites lose and turn them) are ignored.
    """
    stack: list[tuple[str, int]] = []
    open_at: dict[str, int] = {}
    found: list[tuple[int, int]] = []
    for at, char in enumerate(text):
        if char in _PAIRS:
            stack.append((char, at))
            open_at[char] = open_at.get(char, 0) + 1
        elif char in _CLOSERS and open_at.get(_CLOSERS[char]):
            while stack:
                opener, start = stack.pop()
                open_at[opener] -= 1
                if opener == _CLOSERS[char]:
                    found.append((start, at + 1))
                    break
        elif char == '"':
            opens = at == 0 or text[at - 1].isspace() or text[at - 1] in _PAIRS
            if opens and not open_at.get(char):
                stack.append((char, at))
                open_at[char] = 1
            elif open_at.get(char) and not opens:
                while stack:
                    opener, start = stack.pop()
                    open_at[opener] -= 1
                    if opener == char:
                        found.append((start, at + 1))
                        break
    merged: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if end - start <= _KEPT_WHOLE and (not merged or start >= merged[-1][1]):
            merged.append((start, end))
    return merged


def _stands_alone(text: str, sentence: int, whole: tuple[int, int]) -> bool:
    """Whether a quotation or bracket is a sentence, or several, of its own."""
    start, end = whole
    if any(char.isalnum() for char in text[sentence:start]) and sentence <= start:
        return False
    before_close = text[max(start, end - 4) : end - 1].rstrip()
    if not before_close or not _STOP.match(before_close[-1]):
        return False
    first = _first(text, end)
    return first is None or not text[first].islower()


def _first(text: str, end: int) -> int | None:
    """Where the next letter or digit after `end` stands, past opening marks and space."""
    at, limit = end, min(len(text), end + _LOOK_AHEAD)
    while at < limit and (text[at].isspace() or text[at] in _OPENERS or text[at] in ".…"):
        at += 1
    while at == limit and at < len(text) and text[at].isspace():
        at, limit = at + 1, limit + 1
    return at if at < len(text) else None


def _is_end(text: str, sentence: int, start: int, end: int) -> bool:
    words = _words()
    first = _first(text, end)
    if first is None:
        return True
    marks = _STOP.match(text, start)
    mark = marks.group() if marks else ""
    following = _WORD.match(text, first)
    begins = following is not None and following.group() in words["starters"]
    token = _token(text, sentence, start)
    if not text[end].isspace():
        # No space at all: only a plain word, then a word that begins sentences.
        plain = len(token) > 2 and token.isalpha() and token.islower()
        return (
            first == end and begins and plain and text[first + len(following.group())].isspace()
            if (following is not None and first + len(following.group()) < len(text))
            else False
        )
    if text[first].islower():
        return False
    if start > 0 and text[start - 1] in "([" and end > start + len(mark):
        # « (…) », "[?]": an aside, not an end.
        return False
    if mark != ".":
        return token not in words["after_name"] or begins
    return _full_stop_ends(
        token, text[first], begins, at_start=not text[sentence : start - len(token)].strip()
    )


def _token(text: str, sentence: int, mark: int) -> str:
    """The word that the mark follows, without an elided article (« l'art. »)."""
    found = _TOKEN.search(text[max(sentence, mark - _LOOK_BACK) : mark])
    token = found.group() if found else ""
    return re.split(r"['’]", token)[-1].lstrip("*_-–—")


def _full_stop_ends(token: str, first: str, begins: bool, *, at_start: bool) -> bool:
    words = _words()
    if not token:
        return True
    if at_start and _ENUMERATOR.match(token):
        return False
    if token in words["before_name"]:
        return False
    if token in words["before_number"]:
        return not first.isdigit()
    if token in words["may_end"]:
        return not first.isdigit()
    if token in words["after_name"]:
        return begins
    if _SINGLE_LETTERS.match(token) and not token.isdigit():
        return begins
    return True
