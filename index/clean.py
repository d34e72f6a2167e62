"""Finds page furniture: what a page says around its article, and must never be quoted.

Navigation, section labels, datelines, theme switches, biographies, subscription, consent and
copyright lines, share buttons, photo credits, links to other articles, front matter,
code. The words are in `furniture/*.toml`; only the logic is here. Losing a sentence of
an article is worse than keeping a line of furniture, so what is not sure is kept.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

from index.capitals import CAPITALS
from index.dateline import dateline
from index.layout import front_matter, lines
from index.lexical import fold
from index.types import Span

_FENCE = re.compile(r"(`{3,}|~{3,})")
# Lines of marks only, HTML without text, images, and definitions of links.
_MARKUP = re.compile(
    r"(?:[\W_]+|(?:<[^<>]{0,300}>\s*)+|!\[[^\]]{0,300}\]\([^)]{0,500}\)|\[[^\]]{1,100}\]:\s+\S{1,500}(?:\s.{0,200})?)\Z",
    re.DOTALL,
)
_URL = re.compile(r"<?(?:https?://|www\.)\S{1,2000}>?\Z")
# Rough sentences, good enough to tell the page's voice from the article's.
_CHUNK = re.compile(r"(?<=[.!?…])\s+(?=[«\"“(]?\s?[^\W\d_a-z])")
_SEPARATORS = re.compile(r"[\s|·•/>»›,;:\-–—→✕×]+")
_TRAIL = re.compile(r"\s*[>›»|/]+\s*")
_CAMEL = re.compile(rf"(?<=[^\W\d_{CAPITALS}])(?=[{CAPITALS}])")
_PLAIN = str.maketrans({"‘": "'", "ʼ": "'", "–": "-", "—": "-", "‑": "-"})

# On its own within an article, such a word of the interface may be the article's.
_AMBIGUOUS = {"plus", "x", "more", "top", "live", "et", "and", "accueil"}

_LINE_CHARS, _CHUNK_CHARS = 160, 320
_PROSE_CHARS = 130
_TRAIL_WORDS = 6
# The last lines of a page, where a biography may stand.
_TAIL = 6


@dataclass(frozen=True, slots=True)
class _Rules:
    interface: frozenset[tuple[str, ...]]
    sections: frozenset[tuple[str, ...]]
    homes: frozenset[tuple[str, ...]]
    longest: int  # words of a phrase of the interface or a section
    begins: re.Pattern[str]
    begins_line: re.Pattern[str]
    lines: re.Pattern[str]
    openers: re.Pattern[str]
    biography: tuple[tuple[re.Pattern[str], ...], ...]


def furniture(text: str) -> tuple[Span, ...]:
    """The spans of `text` that are page furniture, in order, without overlap."""
    body, _ = front_matter(text)
    marked, prose = _code(text, list(lines(text, body)))
    top = _top(text, prose)
    days = {span.start for span in dateline(text, body).lines}
    spans = [(0, body), *marked] if body else marked
    kept: list[tuple[int, int]] = []
    under = False
    last = -1
    for start, end in prose:
        line = text[start:end]
        short = end - start <= _LINE_CHARS
        # Above the article and behind furniture, a single word is furniture too.
        around = start < top or bool(spans and spans[-1][1] == last)
        last = end
        if short and _rules().openers.fullmatch(_fold(line).rstrip(" :>")):
            under = True
            spans.append((start, end))
        elif start in days or _is_line(line, above=start < top, around=around) or (under and _lists(line)):
            spans.append((start, end))
        else:
            under = False
            chunks = list(_chunks(text, start, end))
            spans += [chunk for chunk, ours in chunks if ours]
            kept += [chunk for chunk, ours in chunks if not ours]
    spans += _biography(text, kept)
    return tuple(Span.cut(text, start, end) for start, end in sorted(spans))


def _code(text: str, found: list[tuple[int, int]]) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Fenced blocks of code, and the lines outside them; a fence never closed is text."""
    blocks: list[tuple[int, int]] = []
    outside: list[tuple[int, int]] = []
    pending: list[tuple[int, int]] = []
    fence = ""
    for start, end in found:
        mark = _FENCE.match(text, start, end)
        if fence:
            pending.append((start, end))
            if mark and mark.end() == end and mark.group().startswith(fence):
                blocks.append((pending[0][0], end))
                pending, fence = [], ""
        elif mark:
            fence, pending = mark.group(), [(start, end)]
        else:
            outside.append((start, end))
    return blocks, outside + pending


def _top(text: str, found: Iterable[tuple[int, int]]) -> int:
    """Where the article's first sentence starts: section labels stand above it."""
    for start, end in found:
        if end - start > _PROSE_CHARS or (end - start > 50 and text[end - 1] in ".!…"):
            return start
    return 0


def _is_line(line: str, *, above: bool, around: bool) -> bool:
    if _URL.match(line) or (len(line) <= 2_000 and _MARKUP.match(line)):
        return True
    if len(line) > _LINE_CHARS:
        return False
    rules, folded = _rules(), _fold(line)
    if rules.lines.fullmatch(folded):
        return folded[:3] not in ("par", "by ") or _names_somebody(line)
    words = _words(line)
    if _made_of(words, rules.interface):
        return around or len(words) > 1 or words[0] not in _AMBIGUOUS
    trail = _TRAIL.split(line)
    if len(trail) > 1 and tuple(_words(trail[0])) in rules.homes:
        return all(len(_words(part)) <= _TRAIL_WORDS for part in trail)
    run_together = bool(_CAMEL.search(line)) or any(mark in line for mark in ">›|")
    return (above or run_together) and _made_of(words, rules.sections | rules.interface)


def _names_somebody(line: str) -> bool:
    """Whether « Par … » goes on with capitalised names: a byline, not a sentence."""
    names = re.split(r"\s*[,|(]|\s[-–—]\s", line)[0].split()[1:]
    return all(name[0].isupper() or name in {"et", "and", "avec", "with", "de", "du"} for name in names)


def _lists(line: str) -> bool:
    """Whether a line under « Lire aussi » can be another article's title."""
    return len(line) <= _LINE_CHARS and line[-1] not in ".!…;"


def _chunks(text: str, start: int, end: int) -> Iterator[tuple[tuple[int, int], bool]]:
    """Rough sentences of a line, each with whether it is the page that speaks."""
    rules = _rules()
    position = start
    for gap in [*_CHUNK.finditer(text, start, end), None]:
        stop = gap.start() if gap else end
        folded = _fold(text[position:stop]) if stop - position <= _CHUNK_CHARS else ""
        if end - position <= _CHUNK_CHARS and rules.begins_line.match(folded):
            yield (position, end), True
            return
        # « … selon Santé publique. Lire la suite »: the link behind a teaser.
        link = gap is None and position > start and len(_words(folded)) > 1
        ours = rules.begins.match(folded) or (link and _made_of(_words(folded), rules.interface))
        yield (position, stop), bool(ours)
        position = gap.end() if gap else end


def _biography(text: str, kept: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The author's own lines at the end of the page, last first."""
    for start, end in reversed(kept[-_TAIL:]):
        chunk = text[start:end]
        folded = _fold(chunk) if end - start <= _CHUNK_CHARS else ""
        quoted = any(mark in chunk for mark in '«»“”"')
        if quoted or not any(all(part.search(folded) for part in group) for group in _rules().biography):
            return
        yield start, end


def _words(line: str) -> list[str]:
    return [word for word in _SEPARATORS.split(_fold(_CAMEL.sub(" ", line))) if word]


def _made_of(words: list[str], phrases: frozenset[tuple[str, ...]]) -> bool:
    """Whether the words are one phrase after another, with nothing left over."""
    reached = {0}
    for at in range(len(words)):
        if at in reached:
            ends = range(at + 1, at + 1 + _rules().longest)
            reached |= {end for end in ends if tuple(words[at:end]) in phrases}
    return bool(words) and len(words) in reached


def _fold(text: str) -> str:
    """A copy to compare: as `lexical.fold` has it, with plain marks and single spaces."""
    return " ".join(fold(text.translate(_PLAIN)).split())


@cache
def _rules() -> _Rules:
    folder = resources.files("index").joinpath("furniture")
    data = [tomllib.loads(folder.joinpath(f"{name}.toml").read_text("utf-8")) for name in ("fr", "en")]

    def either(name: str) -> re.Pattern[str]:
        return re.compile("|".join(f"(?:{pattern})" for words in data for pattern in words[name]))

    def phrases(name: str) -> frozenset[tuple[str, ...]]:
        return frozenset(tuple(_words(phrase)) for words in data for phrase in words[name])

    interface, sections = phrases("interface"), phrases("sections")
    return _Rules(
        interface=interface,
        sections=sections,
        homes=phrases("homes"),
        longest=max(map(len, interface | sections)),
        begins=either("begins"),
        begins_line=either("begins_line"),
        lines=either("lines"),
        openers=either("openers"),
        biography=tuple(
            tuple(re.compile(part) for part in group) for words in data for group in words["biography"]
        ),
    )
