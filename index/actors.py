"""Actors under their many names: « Kiev », « le président ukrainien », "the Ukrainian government".

The table is data (`cues/actors.toml`). Names are matched without case, accents or articles,
whole words only.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

_TABLE = Path(__file__).parent / "cues" / "actors.toml"
_ARTICLE = re.compile(r"^(?:le|la|les|l'|un|une|des|du|the|a|an)\b\s*'?\s*")


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who speaks or acts. `of` is the id of the actor it belongs to, or None."""

    actor_id: str
    names: tuple[str, ...]
    of: str | None = None


class Actors:
    """A table of actors, ready to be asked."""

    def __init__(self, actors: Mapping[str, Actor]) -> None:
        self._actors = dict(actors)
        self._by_name: dict[str, str] = {}
        for actor in actors.values():
            for name in actor.names:
                # Capitals tell « UN », "US", "WHO" from words.
                key = _bare(name) if _acronym(name) else plain(name)
                self._by_name.setdefault(key, actor.actor_id)
        names = sorted(self._by_name, key=len, reverse=True)
        self._words = _any_of(name for name in names if not _acronym(name))
        self._acronyms = _any_of(name for name in names if _acronym(name))

    def resolve(self, name: str) -> str | None:
        """The id of the actor a name stands for, or None: « le Kremlin » gives russia.

        A longer phrase resolves by the name inside it that says most (« le président
        ukrainien Volodymyr Zelensky » gives ukraine).
        """
        whole = _ARTICLE.sub("", plain(name))
        if whole in self._by_name:
            return self._by_name[whole]
        found = self.find(name)
        return found[0] if found else None

    def find(self, text: str) -> tuple[str, ...]:
        """The ids of all actors that a text names, in order, each once."""
        bare = _bare(text)
        found = [*self._words.finditer(bare.lower()), *self._acronyms.finditer(bare)]
        return tuple(dict.fromkeys(self._by_name[m[0]] for m in sorted(found, key=lambda m: m.start())))

    def mentions(self, text: str) -> tuple[tuple[str, str], ...]:
        """The id of each actor that a text names, with the words it is named by, plain."""
        bare = _bare(text)
        found = [*self._words.finditer(bare.lower()), *self._acronyms.finditer(bare)]
        return tuple((self._by_name[m[0]], m[0].lower()) for m in sorted(found, key=lambda m: m.start()))

    def names(self, actor_id: str) -> tuple[str, ...]:
        """Every name of an actor, and of those that belong to it; empty for an unknown id."""
        own = self._actors.get(actor_id)
        if own is None:
            return ()
        parts = (name for actor in self._actors.values() if actor.of == actor_id for name in actor.names)
        return tuple(dict.fromkeys((*own.names, *parts)))

    def same(self, one: str, other: str) -> bool:
        """Whether two names stand for the same actor, or one for a part of the other."""
        a, b = self.resolve(one), self.resolve(other)
        if a is None or b is None:
            return plain(one) == plain(other)
        return a == b or self._actors[a].of == b or self._actors[b].of == a


@cache
def load() -> Actors:
    """The table that comes with Selon."""
    table: dict[str, Any] = tomllib.loads(_TABLE.read_text("utf-8"))
    return Actors(
        {name: Actor(name, tuple(entry["names"]), entry.get("of")) for name, entry in table.items()}
    )


def plain(text: str) -> str:
    """`text` without case and accents, with straight apostrophes and single spaces."""
    return _bare(text).lower()


def _bare(text: str) -> str:
    letters = unicodedata.normalize("NFD", text.replace("’", "'"))
    return " ".join("".join(c for c in letters if not unicodedata.combining(c)).split())


def _acronym(name: str) -> bool:
    return name.isupper() and len(name) <= 4


def _any_of(names: Iterable[str]) -> re.Pattern[str]:
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, names)) + r")(?!\w)")
