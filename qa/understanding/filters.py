"""What a reader restricts the search to, checked against what the index holds."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import date
from functools import lru_cache
from typing import Any

from index.annotation.actors import load
from index.engine import Records
from index.errors import InputError, shown
from index.lexical import acronym_term, acronyms, words
from index.types import Passage, Stance, Voice
from qa.question import HALF, says_something
from qa.types import Filters
from qa.understanding.speakers import name_of

# What each filter is called on the command line, in a link and in the contract.
NAMES = tuple(Filters.__dataclass_fields__)
LONGEST_VOICE = 200
_LISTED = 12
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def read_filters(raw: Mapping[str, Any]) -> Filters:
    """Filters as sent by a program, their form checked; raises InputError naming the value."""
    unknown = sorted(set(raw) - set(NAMES))
    if unknown:
        raise _bad("filter", unknown[0], NAMES)
    stances = _list(raw.get("stance"), "stance")
    for stance in stances:
        if stance not in list(Stance):
            raise _bad("stance", stance, list(Stance))
    voice = raw.get("voice")
    if voice is not None and not _is_name(voice):
        wanted = f"a name of at most {LONGEST_VOICE} characters, with a letter or a digit"
        raise _garbled("voice", voice, wanted)
    return Filters(
        stance=tuple(Stance(stance) for stance in stances),
        voice=voice,
        document=_list(raw.get("document"), "document"),
        publisher=_list(raw.get("publisher"), "publisher"),
        after=_day(raw.get("after"), "after"),
        before=_day(raw.get("before"), "before"),
    )


def admits(filters: Filters, corpus: Records) -> Callable[[Passage], bool]:
    """A test for passages; raises InputError for a document or publisher that nothing has."""
    shelf = corpus.shelf()
    for doc_id in filters.document:
        if doc_id not in shelf:
            raise _bad("document", doc_id, shelf)
    publishers = {publisher for publisher, _ in shelf.values() if publisher}
    for publisher in filters.publisher:
        if publisher not in publishers:
            raise _bad("publisher", publisher, sorted(publishers))
    admitted = {doc_id for doc_id, known in shelf.items() if _admits_document(filters, doc_id, *known)}

    def test(passage: Passage) -> bool:
        return (
            passage.doc_id in admitted
            and (not filters.stance or passage.stance in filters.stance)
            and (filters.voice is None or is_heard(filters.voice, passage))
        )

    return test


def is_heard(name: str, passage: Passage) -> bool:
    """Whether one known under `name` takes a position in `passage`, under any of its names.

    `name` finds its longer forms, word by word: « Durand » finds « Paul Durand » and no « Durandal ».
    """
    return any(goes_by(name, voice) for voice in passage.heard)


def goes_by(name: str, voice: Voice) -> bool:
    """Whether a voice is known under `name`, as in `is_heard`."""
    wanted, actors = _in_words(name), load()
    heard = (name_of(voice), voice.holder.text)
    return any(
        wanted in _in_words(one) or actors.same(name, one) or acronym_term(name) in acronyms(one)
        for one in heard
    )


def speaks_uncounted(name: str, passages: Sequence[Passage]) -> bool:
    """Whether one known under `name` takes a position in `passages`, whose figures count no such people."""
    units = [figure.unit.text for passage in passages for figure in passage.figures if figure.unit]
    counted = any(_in_words(name) in _in_words(unit) for unit in units)
    return not counted and any(is_heard(name, passage) for passage in passages)


# A filtered search reads the same names in passage after passage.
@lru_cache(maxsize=4096)
def _in_words(name: str) -> str:
    """The words of a name, between spaces, so that one name is found inside another only in whole words."""
    return f" {' '.join(words(name))} "


def check_voice(filters: Filters, corpus: Records) -> None:
    """Raises InputError, with the voices most often heard, for a voice that nobody in the index has.

    It reads every passage: to be asked only where a search has found nothing.
    """
    if filters.voice is None:
        return
    heard: Counter[str] = Counter()
    for document, _ in corpus.documents():
        for passage in corpus.passages_of(document.doc_id):
            if is_heard(filters.voice, passage):
                return
            heard.update(name_of(voice) for voice in passage.heard)
    raise _bad("voice", filters.voice, [name for name, _ in heard.most_common()])


def _admits_document(filters: Filters, doc_id: str, publisher: str | None, published: str | None) -> bool:
    if filters.document and doc_id not in filters.document:
        return False
    if filters.publisher and publisher not in filters.publisher:
        return False
    if not filters.after and not filters.before:
        return True
    if published is None:
        return False
    return (filters.after or "") <= published <= (filters.before or "9999-12-31")


def _is_name(value: Any) -> bool:
    fits = isinstance(value, str) and len(value) <= LONGEST_VOICE
    return fits and says_something(value) and not HALF.search(value)


def _list(value: Any, name: str) -> tuple[str, ...]:
    if value is None:
        return ()
    values = [value] if isinstance(value, str) else value
    if not isinstance(values, list | tuple) or not all(isinstance(item, str) for item in values):
        raise _garbled(name, value, "a text or a list of texts")
    return tuple(values)


def _day(value: Any, name: str) -> str | None:
    if value is None:
        return None
    if isinstance(value, str) and _DAY.fullmatch(value):
        with suppress(ValueError):  # a day that no month has
            return date.fromisoformat(value).isoformat()
    raise _garbled(name, value, "a day as in 2024-12-16")


def _garbled(name: str, value: Any, wanted: str) -> InputError:
    return InputError(
        f"The filter {name!r} cannot be {shown(value)}.", f"It is {wanted}.", code="unknown_filter"
    )


def _bad(name: str, value: Any, known: Iterable[Any]) -> InputError:
    values = [str(item) for item in known]
    more = f" and {len(values) - _LISTED} more" if len(values) > _LISTED else ""
    hint = f"Known: {', '.join(values[:_LISTED])}{more}." if values else "Nothing in the index has one."
    return InputError(f"The {name} {shown(value)} is unknown.", hint, code="unknown_filter")
