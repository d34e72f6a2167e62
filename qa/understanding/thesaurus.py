"""Other words for a question's words: those with which an article may tell the same.

`thesaurus.tsv`, ours, is a French and English thesaurus of the news: in each line French words,
a tab, and English ones, which may stand for one another. It holds more than synonyms: « tué »
stands with « mort » and "dead", since news that tell one tell the other. `thesaurus.json` is
what is read, with all stems taken, in a thirtieth of the time. After a change of the first:

  python -m qa.understanding.thesaurus
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path

from index.lexical import stemmed, terms, words
from index.stopwords import ENGLISH, FRENCH
from qa.types import LANGUAGES

WRITTEN = Path(__file__).with_name("thesaurus.tsv")
READ = Path(__file__).with_name("thesaurus.json")
_CACHED_WORDS = 4096

Stems = tuple[str, ...]


@lru_cache(maxsize=_CACHED_WORDS)
def akin(word: str, language: str) -> tuple[Stems, ...]:
    """What may stand for a folded `word` of `language` ("fr", "en"), as stems; its own is not among them.

    A phrase (« perdre la vie ») has several stems. None for a word that the thesaurus does not know.
    """
    table = _table()
    [own] = stemmed([word], language)
    lines = table[language].get(own, "").split()
    found = dict.fromkeys(stems for line in lines for stems in table["lines"][line].split())
    return tuple(tuple(stems.split("+")) for stems in found if stems != own)


def known(word: str) -> bool:
    """Whether a folded word is one of either language, as far as the thesaurus goes: most names are not."""
    return (
        word in FRENCH
        or word in ENGLISH
        or any(stem in _table()[language] for language in LANGUAGES for stem in stemmed([word], language))
    )


def compiled(written: str) -> str:
    """The content of `thesaurus.json` for that of `thesaurus.tsv`.

    The stems of each line by its number, those of a phrase joined by +, and by language the
    lines where a stem stands alone.
    """
    lines: dict[str, str] = {}
    where: dict[str, dict[str, str]] = {language: {} for language in LANGUAGES}
    for number, line in enumerate(written.splitlines()):
        held: dict[str, None] = {}
        for language, column in zip(LANGUAGES, line.split("\t"), strict=True):
            for entry in filter(words, column.split(", ")):
                stems = "+".join(terms(entry, language))
                held[stems] = None
                if "+" not in stems:
                    there = where[language]
                    there[stems] = f"{there.get(stems, '')} {number}".strip()
        lines[str(number)] = " ".join(held)
    return json.dumps({"lines": lines, **where}, separators=(",", ":"), indent=0) + "\n"


@cache
def _table() -> Mapping[str, Mapping[str, str]]:
    table: Mapping[str, Mapping[str, str]] = json.loads(READ.read_text(encoding="utf-8"))
    return table


if __name__ == "__main__":
    READ.write_text(compiled(WRITTEN.read_text(encoding="utf-8")), encoding="utf-8")
