"""The lines near the headline that say when an article was published, in which paper, and who wrote it.

« La Dépêche du Littoral, 3 février 2025 » is no title, no heading of what stands under it, and nothing
to quote; but it proves the day. Precision first: beside the day nothing but names may stand, so
« Élections du 3 février 2025 » stays a title. A day that can be read in two ways (3/2/2025) is none.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from unicodedata import normalize

from index.layout import lines
from index.types import Span

# So many lines from the top may tell the day; a line longer than this is prose.
_DEPTH, _LONGEST = 6, 130
# Names beside the day, and the words of one.
_NAMES, _WORDS = 4, 6
_MARK = r"[,;:|·•/()\[\]–—-]"
_APART = re.compile(rf"(?:\A|\s){_MARK}+(?=\s|\Z)|{_MARK}(?=\s|\Z)|[()\[\]|]")
_TIME = re.compile(
    r"(?:\b(?:à|at)\s+)?\b\d{1,2}(?:\s?[:h.]\s?\d{0,2})?(?:\s?[ap]\.?m\b\.?|(?<=[:h.\d]))(?:\s[A-Z]{2,4}\b)?"
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_DASH = re.compile(r"\s[–—-]{1,2}\s")
_STOPS = re.compile(r"[.!?…][»”\"’)*_]*\Z")
_ELISION = re.compile(r"\A[ldLD]['’](?=\w)")


@dataclass(frozen=True, slots=True)
class Dateline:
    """The ISO day, None where no line proves one, and the lines that tell nothing else, in order."""

    day: str | None
    lines: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class _Words:
    days: tuple[re.Pattern[str], ...]
    months: dict[str, int]
    published: re.Pattern[str]
    by: re.Pattern[str]
    before: re.Pattern[str]
    small: frozenset[str]
    article: frozenset[str]


def dateline(text: str, start: int = 0) -> Dateline:
    """What the first lines of `text[start:]` tell of the day of publication, the paper and the author."""
    found = [*lines(text, start)]
    near = [text[first:last] for first, last in found[:_DEPTH]]
    day, dated = _day([*near, *(text[first:last] for first, last in found[_DEPTH:])])
    told = {place for place, line in enumerate(near) if place and _is_byline(line)}
    if dated is not None:
        told |= {dated, *(place for place in (dated - 1, dated + 1) if _is_paper(near, place))}
    return Dateline(day, tuple(Span.cut(text, *found[place]) for place in sorted(told)))


def _day(found: list[str]) -> tuple[str | None, int | None]:
    """The day that one of the first lines proves, and which of them tells it alone."""
    for place, line in enumerate(found[:_DEPTH]):
        later, alone = found[place + 1 :], _told(line)
        # Above the first line there is no headline, so one has to follow.
        headed = not alone or place or not _is_prose(next(iter(later), ""))
        if headed and (day := alone or _told(_opening(line))):
            # A chronicle has one day after another; none of them is that of its publication.
            days = (other for other in later if _told(other) or _told(_opening(other)))
            if not all(map(_says_published, days)):
                return None, None
            return day, place if alone else None
        if len(line) > _LONGEST:
            break
    return None, None


def _is_paper(near: list[str], place: int) -> bool:
    """Whether a line below the headline is a name with its article, as of a paper: « Le Progrès »."""
    if not 0 < place < len(near):
        return False
    words = _ELISION.sub("le ", _bare(near[place])).split()
    led = len(words) > 1 and words[0].lower() in _words().article
    return led and _is_name(words) and not _STOPS.search(near[place])


def _is_byline(line: str) -> bool:
    bare = _bare(line)
    if len(line) > _LONGEST or _STOPS.search(bare) or not (opens := _words().by.match(bare)):
        return False
    names = [part.split() for part in _APART.split(bare[opens.end() :]) if part.strip()]
    # A single word is no author's name: « Par Lyon ».
    return bool(names) and len(names[0]) > 1 and len(names) <= _NAMES and all(map(_is_name, names))


def _opening(line: str) -> str:
    """What stands before the dash of « PARIS, 3 fév 2025 (AFP) – Le ministre … »; "" where nothing does."""
    head, *rest = _DASH.split(line[:_LONGEST], maxsplit=1)
    return head if rest and not _words().before.match(f"{head.split(' ')[0]} ") else ""


def _is_prose(line: str) -> bool:
    return not line or len(line) > _LONGEST or bool(_STOPS.search(line))


def _says_published(line: str) -> bool:
    return bool(_words().published.match(_bare(line)))


def _bare(line: str) -> str:
    return normalize("NFC", line).strip("*_ \t")


def _told(line: str) -> str | None:
    """The day in a line that says it was published then, or that holds beside it names alone."""
    if len(line) > _LONGEST or not _YEAR.search(line):
        return None
    words, bare = _words(), _bare(line)
    matches = [found for pattern in words.days if (found := pattern.search(bare))]
    if not matches or _STOPS.search(bare):
        return None
    found = min(matches, key=re.Match.start)
    lead, rest = words.before.sub("", bare[: found.start()]), _TIME.sub("", bare[found.end() :])
    runs_on = (lead.strip() and not re.search(rf"{_MARK}\s*\Z", lead)) or re.match(r"\s*\w", rest)
    names = [part.split() for side in (lead, rest) for part in _APART.split(side) if part.strip()]
    if _says_published(bare) or (not runs_on and len(names) <= _NAMES and all(map(_is_name, names))):
        return _iso(found)
    return None


def _is_name(words: list[str]) -> bool:
    """Whether each word has a capital, or is one that joins names.

    What begins with an article and a name may close with another word: « L'Observatoire des rumeurs ».
    """
    bare = [_ELISION.sub("", word).strip("'’\"«»“”") for word in words]
    small = _words().small
    led = bare[1:] if bare and words[0].lower() in _words().article else bare if bare != words else []
    named = bare[:-1] if len(led) > 1 and led[0][:1].isupper() else bare
    return len(words) <= _WORDS and all(
        not word[:1].isalpha() or word[0].isupper() or word in small for word in named
    )


def _iso(found: re.Match[str]) -> str | None:
    part = found.groupdict()
    month = _words().months.get(part["month"].lower()) or int(part["month"])
    with suppress(ValueError):
        return date(int(part["year"]), month, int(part["day"])).isoformat()
    return None


@cache
def _words() -> _Words:
    data = tomllib.loads(resources.files("index").joinpath("dateline.toml").read_text("utf-8"))
    published = "|".join(map(str.strip, data["published"].splitlines()))
    months = {name: n for n, names in enumerate(data["months"], 1) for name in names.split()}
    return _Words(
        days=tuple(re.compile(rf"(?<!\w){day}(?!\w)", re.IGNORECASE) for day in _days(data, months)),
        months=months,
        published=re.compile(published, re.IGNORECASE),
        by=re.compile(rf"(?:{data['by']})\s+(?=\S)", re.IGNORECASE),
        before=re.compile(
            rf"(?<!\w)(?:(?:{published})\s+)?(?:(?:{'|'.join(data['before'].split())})\s+)?\Z", re.IGNORECASE
        ),
        small=frozenset(data["small"].split()),
        article=frozenset(data["article"].split()),
    )


def _days(data: dict[str, str], months: dict[str, int]) -> Iterator[str]:
    """How a day is written, with the groups `day`, `month` and `year`."""
    weekday = rf"(?:(?:{'|'.join(data['weekdays'].split())})\.?,?\s+)?"
    month = rf"(?P<month>{'|'.join(sorted(months, key=len, reverse=True))})\b\.?"
    day, year = r"(?P<day>\d{1,2})(?:er|st|nd|rd|th)?", r"(?P<year>(?:19|20)\d\d)"
    yield rf"{weekday}{day}\s+{month},?\s+{year}"
    yield rf"{weekday}{month}\s+{day},?\s+{year}"
    yield r"(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)"
    # Only where no other part can be the month.
    late, number = r"(?P<day>1[3-9]|2\d|3[01])", r"(?P<month>0?[1-9]|1[0-2])"
    yield rf"{weekday}{late}[/.]{number}[/.]{year}"
    yield rf"{weekday}{number}/{late}/{year}"
