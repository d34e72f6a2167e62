"""A sentence as words with their places, and the quotations of a document."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from index.capitals import NO_PRONOUNS

# "didn't", an elided word (« l' »), a number, a word with its hyphens, or one sign.
_TOKEN = re.compile(
    r"[^\W\d_]+['’](?:(?<=n['’])t(?!\w)|(?=\w))|\d+(?:[.,]\d+)*|[^\W\d_]+(?:[-‑][^\W\d_]+)*|[^\w\s]|_+"
)
# « dit-il », « a-t-il », and as it is often misspelled « at-il ».
_CLITIC = re.compile(r"(a(?=t-)|.+?(?=-))(?:-?t)?-(?:ils?|elles?|on|je|nous|vous|ce)")
# « dit-t'il », « indique t elle »: never right, so read as « -t- ».
_MISTIED = re.compile(r"(?<=\w)[ -]t[' -](?=(?:il|elle)s?\b)")
# It closes a quotation: something stands right before it, and no inches.
_CLOSING = re.compile(r"(?<=[^\s\d(«“\"])[\"»”](?!\w)|(?<=\S[ \u00a0\u202f])»")
_LINES, _FARTHEST = 6, 3000  # lines and characters that a quotation between straight marks may go on over
LONGEST = 1500  # characters that are read as one sentence
# A quotation ends at its own closing mark; straight quotes stay on one line. An apostrophe is none:
# a single mark is opened before a word and closed behind one, « the workers’ » only where no
# stronger end is near. A mark that opens and is never closed holds up to the end of its line.
_APOSTROPHE = r"{mark}(?=\w)|(?<=s){mark}(?=[^{marks}\n]{{0,200}}[,.!?…]{mark})"
_CURLY = _APOSTROPHE.format(mark="’", marks="‘’")
_STRAIGHT = r"(?<=\w)" + _APOSTROPHE.format(mark="'", marks="'")
# A straight mark opened before a word may be closed some lines on, at the end of one of them: who was
# quoted spoke on. A line whose only mark so far closes was opened where nobody sees it.
_OVER_LINES = r"(?<!\S)\"(?=\w)[^\"«»“”„\n]{1,3000}(?:\n[^\"«»“”„\n]{1,1000}){1,8}[.!?,…]\"(?=[\s.,]|\Z)"
_UNOPENED = r"(?m:^)[^\"«»“”„\n]{1,3000}(?:[.!?,…]\"(?=[^\S\n]*(?:\n|\Z))|(?<=[^\W\d_])\"(?=\s\w))"
_QUOTATION = re.compile(
    rf"{_OVER_LINES}|{_UNOPENED}|"
    r"«[^«»]{1,3000}»|“[^“”]{1,3000}”"
    # Who goes on speaking opens each paragraph anew, and closes the last alone.
    r"|(?m:^)(?:«[^«»\n]{1,3000}|“[^“”\n]{1,3000})(?=\n\s*[«“])"
    r"|\"(?:[^\"\n]{1,3000}(?:(?<!\s)\"|\"(?!\w))|(?=\w)[^\"\n]{1,3000}(?=\s\"\w|\n|\Z))"
    rf"|(?<!\w)‘(?:[^‘’\n]|{_CURLY}){{1,3000}}’(?!\w)"
    rf"|(?<!\w)'(?=[^\W\d_])(?:[^'\n]|{_STRAIGHT}){{1,3000}}'(?!\w)"
)


@dataclass(frozen=True, slots=True)
class Words:
    """One sentence. Places in `starts` and `ends` count from its first character.

    `low` is the sentence in lower case with straight apostrophes, of the same length;
    `words` are cut from it, but for « WHO » and the like, which are no pronouns. `quoted` tells
    for every word whether it is quoted.
    """

    text: str
    offset: int
    low: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    words: tuple[str, ...]
    quoted: tuple[bool, ...]

    def capital(self, i: int) -> bool:
        """Whether word `i` begins with a capital."""
        return self.text[self.starts[i]].isupper()

    def hyphened(self, i: int) -> bool:
        """Whether a hyphen ties word `i` to the one before: « dit-il »."""
        return self.low[self.starts[i] - 1] == "-"

    def between_commas(self, i: int) -> bool:
        """« The mayor, though, disagrees »: such a word opens no clause."""
        return self.words[max(0, i - 1)] == "," and self.words[i + 1 : i + 2] == (",",)

    def cased(self) -> bool:
        """Whether capitals tell names apart: in a headline In Capitals they do not."""
        return any(len(word) > 4 and not self.capital(i) for i, word in enumerate(self.words))

    def quotation(self, i: int) -> tuple[int, int]:
        """The quoted words around word `i`, end exclusive."""
        count = len(self.words)
        start = next((k + 1 for k in range(i - 1, -1, -1) if not self.quoted[k]), 0)
        return start, next((k for k in range(i, count) if not self.quoted[k]), count)

    def bracket(self, i: int) -> int:
        """The opening bracket that the closing one at `i` goes with; `i` itself without one."""
        return next((k for k in range(i - 1, max(-1, i - 40), -1) if self.words[k] == "("), i)

    def at(self, place: int) -> int:
        """The word that holds the character at `place`, or the last one before it (0 at least)."""
        return max(0, bisect_right(self.starts, place) - 1)


def lower(text: str) -> str:
    """`text` in lower case, « dit t’il » as « dit-t-il », character for character."""
    low = text.lower()
    if len(low) != len(text):
        low = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return _MISTIED.sub("-t-", low.replace("’", "'").replace("ʼ", "'").replace("‑", "-"))


def pieces(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """`text[start:end]` itself, or, where it is far longer than any sentence, its stretches in order.

    They end at a space where there is one, so that the work stays linear in the text.
    """
    cut = []
    while end - start > LONGEST:
        stop = text.rfind(" ", start + LONGEST // 2, start + LONGEST)
        stop = start + LONGEST if stop < 0 else stop + 1
        cut.append((start, stop))
        start = stop
    return [*cut, (start, end)]


def quotations(text: str) -> list[tuple[int, int]]:
    """Where the quotations of a document lie, marks included, in order."""
    found = [match.span() for match in _QUOTATION.finditer(text)]
    return _over_lines(text, found) if '"' in text or "»" in text or "”" in text else found


def _over_lines(text: str, found: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The same quotations, where one that opens in a line is closed a few lines on.

    A mark that only closes has its quotation from where its line begins.
    """
    kept: list[tuple[int, int]] = []
    ends, at = [*found, (len(text), len(text))], 0
    for start, end in ends:
        for mark in _CLOSING.finditer(text, at, start):
            line = max(text.rfind("\n", at, mark.start()) + 1, at)
            opens, closes = kept[-1] if kept else (mark.start(), mark.end())
            near = mark.start() - closes < _FARTHEST and text[closes - 1] != '"'
            if near and text[opens] == mark[0] == '"' and text.count("\n", closes, mark.start()) <= _LINES:
                kept[-1] = (opens, mark.end())
            elif text[line : mark.start()].count(" ") > 1:
                kept.append((line, mark.end()))
            at = mark.end()
        kept.append((start, end))
        at = end
    return kept[:-1]


def read(text: str, start: int, end: int, quotes: list[tuple[int, int]]) -> Words:
    """Cut `text[start:end]` into words; `quotes` are the document's quotations."""
    sentence = text[start:end]
    low = lower(sentence)
    spans = []
    for match in _TOKEN.finditer(low):
        a, b = match.span()
        if "-" in match[0] and (split := _CLITIC.fullmatch(match[0])):
            spans += [(a, a + len(split[1])), (low.rindex("-", a, b) + 1, b)]
        else:
            spans.append((a, b))
    starts = [a for a, _ in spans]
    cased = not sentence.isupper()
    quoted = [False] * len(spans)
    for q in range(max(0, bisect_right(quotes, (start,)) - 1), len(quotes)):
        opens, closes = quotes[q][0] - start, quotes[q][1] - start
        if opens >= end - start:
            break
        for k in range(bisect_left(starts, opens), bisect_left(starts, closes)):
            quoted[k] = True
    return Words(
        sentence,
        start,
        low,
        tuple(starts),
        tuple(b for _, b in spans),
        tuple(sentence[a:b] if cased and sentence[a:b] in NO_PRONOUNS else low[a:b] for a, b in spans),
        tuple(quoted),
    )
