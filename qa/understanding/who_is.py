"""Questions that ask who a person is whom they name, or what a body is.

« Qui est Paul Roy ? » wants an office, a trade or a kinship; « qui est élu ? » wants somebody.
What asks it in a roundabout way ("Ann Lee job title") is looked up in the plain one: an answer
holds the name, and seldom the word "job".
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from index.annotation.actors import load
from index.lexical import words
from qa.tables import read_table
from qa.understanding.capitals import NAMES
from qa.understanding.thesaurus import known

# « N'Dré », but of "Lee's job" the name alone.
_WORD = r"[^\W\d_](?:[\w-]|['’](?!s\b))*"
_WHOM = rf"(?P<whom>{_WORD}(?: {_WORD}){{0,4}}?)"
_MARKS = r"[ ?!.]*"


def asks_who(text: str) -> bool:
    """Whether `text` asks plainly who or what it is that it names."""
    asked = _pattern(_table()["plain"]).fullmatch(text)
    return bool(asked and (_capitals(asked["whom"]) or _is_name(asked["whom"])))


def who_is(text: str) -> str | None:
    """The plain question for one that asks it in other words; None for any other."""
    for plain, lines in _table()["otherwise"].items():
        for line in lines:
            if (asked := _pattern(line).fullmatch(text)) and _is_name(asked["whom"]):
                return str(plain.format(asked["whom"]))
    return None


def _is_name(text: str) -> bool:
    """Whether `text` is somebody's name: "Roman Polanski", and neither "White House" nor "France"."""
    told = [known(word) for word in words(text)]
    return not all(told) if _capitals(text) else not any(told) or load().is_proper(text)


def _capitals(text: str) -> bool:
    return bool(not text.isupper() and NAMES.fullmatch(text))


@cache
def _pattern(line: str) -> re.Pattern[str]:
    named = {name: f"(?:{value})" for name, value in _table()["words"].items()} | {"whom": _WHOM}
    while (filled := re.sub(r"\{(\w+)\}", lambda match: named[match[1]], line)) != line:
        line = filled
    return re.compile(line + _MARKS, re.IGNORECASE)


@cache
def _table() -> Mapping[str, Any]:
    return read_table(__file__, "who_is.toml")
