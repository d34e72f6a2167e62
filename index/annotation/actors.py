"""Actors under their many names: « Kiev », « le président ukrainien », "the Ukrainian government".

The tables are data (`cues/actors.toml`, `cues/offices.toml`). Names are matched without case,
accents or articles, whole words only.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

_CUES = Path(__file__).parents[1] / "cues"
_ARTICLE = re.compile(r"^(?:le|la|les|l'|un|une|des|du|the|a|an)\b\s*'?\s*")
# Characters that hold the longest name with its article.
_OPENING = 60
# No "a": « à », once its accent is dropped, would be taken for it.
_DEFINITE = re.compile(r"^(?:(?:le|la|les|the)\s|l'\s?)")


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
        parts = (name for actor in actors.values() for name in actor.names if actor.of and not _acronym(name))
        self._proper = {_spaced(name) for name in parts if all(word[0].isupper() for word in name.split())}
        names = sorted(self._by_name, key=len, reverse=True)
        self._words = _any_of(name for name in names if not _acronym(name))
        self._acronyms = _any_of(name for name in names if _acronym(name))

    # One table serves a whole process, and a search by voice asks for the same names again and again.
    @lru_cache(maxsize=4096)  # noqa: B019
    def resolve(self, name: str) -> str | None:
        """The id of the actor a name stands for, or None: « le Kremlin » gives russia.

        A longer phrase resolves by the name that is its head, alone or with an office (« le
        président ukrainien Volodymyr Zelensky » gives ukraine). Who only has to do with an
        actor is not that actor (« les alliés de Kiev », « un expert du Kremlin »), and where a
        phrase names another actor besides, it is not told which of them is meant: None.
        """
        whole = _ARTICLE.sub("", plain(name))
        if whole in self._by_name:
            return self._by_name[whole]
        bare = _bare(name)
        found = self._found(bare)
        if not found or not _around().is_head(bare[: found[0].start()], found[0][0], bare[found[0].end() :]):
            return None
        head, *others = (self._by_name[match[0]] for match in found)
        if not all(self.related(head, other) for other in others):
            return None
        # « le porte-parole du Kremlin, Dmitri Peskov »: right behind an office stands who has it.
        held = others and _around().holds.fullmatch(bare[found[0].end() : found[1].start()].lower())
        return others[0] if held and self._belongs(others[0], head) else head

    def find(self, text: str) -> tuple[str, ...]:
        """The ids of all actors that a text names, in order, each once."""
        return tuple(dict.fromkeys(actor_id for actor_id, _ in self.mentions(text)))

    def mentions(self, text: str) -> tuple[tuple[str, str], ...]:
        """The id of each actor that a text names, with the words it is named by, plain."""
        return tuple((self._by_name[match[0]], match[0].lower()) for match in self._found(_bare(text)))

    def opening(self, text: str) -> str | None:
        """The id of the actor that a text begins with: « L'ONU veut … »; None where none does."""
        head = text[:_OPENING]
        first = next(iter(self.mentions(head)), None)
        return first[0] if first and _DEFINITE.sub("", plain(head)).startswith(first[1]) else None

    def names(self, actor_id: str) -> tuple[str, ...]:
        """Every name of an actor, and of those that belong to it; empty for an unknown id."""
        parts = (actor for actor in self._actors.values() if self._belongs(actor.actor_id, actor_id))
        own = (self._actors[actor_id],) if actor_id in self._actors else ()
        return tuple(dict.fromkeys(name for actor in (*own, *parts) for name in actor.names))

    def is_proper(self, name: str) -> bool:
        """Whether `name`, in whatever capitals, is that of one who belongs to an actor: "kim jong un"."""
        return _spaced(name) in self._proper

    def same(self, one: str, other: str) -> bool:
        """Whether two names stand for the same actor, or one for a part of the other."""
        a, b = self.resolve(one), self.resolve(other)
        if a is None or b is None:
            return plain(one) == plain(other)
        return self.related(a, b)

    def related(self, a: str, b: str) -> bool:
        """Whether two ids are one actor's, or one belongs to the other."""
        return a == b or self._belongs(a, b) or self._belongs(b, a)

    def _belongs(self, part: str, whole: str) -> bool:
        of = self._actors[part].of
        return of is not None and (of == whole or self._belongs(of, whole))

    def _found(self, bare: str) -> list[re.Match[str]]:
        found = [*self._words.finditer(bare.lower()), *self._acronyms.finditer(bare)]
        return sorted(found, key=lambda match: match.start())


@dataclass(frozen=True, slots=True)
class _Around:
    """What may stand before and behind a name that is the head of its phrase, compiled."""

    before: re.Pattern[str]
    behind: re.Pattern[str]
    office: re.Pattern[str]
    holds: re.Pattern[str]

    def is_head(self, before: str, name: str, behind: str) -> bool:
        if not self.before.fullmatch(before.lower()):
            return False
        # « le président ukrainien Volodymyr Zelensky »: behind an office stands who has it.
        held = behind[:1] == " " and behind[1:2].isupper() and self.office.search(f"{before}{name}".lower())
        return bool(held or self.behind.match(behind.lower()))


@cache
def _around() -> _Around:
    table = tomllib.loads((_CUES / "offices.toml").read_text("utf-8"))
    office, goes_on = (rf"(?:{'|'.join(table[name].split())})(?!\w)" for name in ("offices", "goes_on"))
    # « un » and "a" only begin it: without accents « à » is an "a" as well.
    return _Around(
        re.compile(
            r"(?:(?:le|la|les|un|une|des|du|the|a|an)\s|l'\s?)?"
            rf"(?:{office}[.,]?\s(?:(?:de|of)\s|d')?(?:(?:le|la|les|des|du|the)\s|l'\s?)?)*"
        ),
        re.compile(rf"\W*\Z|\s?[^\w\s'’]|\s{goes_on}|(?:'s?)?\s{office}"),
        re.compile(rf"(?<!\w){office}"),
        re.compile(rf"\W*(?:(?<!\w){office}\W*)?"),
    )


@cache
def load() -> Actors:
    """The table that comes with Selon."""
    table: dict[str, Any] = tomllib.loads((_CUES / "actors.toml").read_text("utf-8"))
    return Actors(
        {name: Actor(name, tuple(entry["names"]), entry.get("of")) for name, entry in table.items()}
    )


def plain(text: str) -> str:
    """`text` without case and accents, with straight apostrophes and single spaces."""
    return _bare(text).lower()


def _spaced(text: str) -> str:
    return plain(text).replace("-", " ")


def _bare(text: str) -> str:
    letters = unicodedata.normalize("NFD", text.replace("’", "'"))
    return " ".join("".join(c for c in letters if not unicodedata.combining(c)).split())


def _acronym(name: str) -> bool:
    return name.isupper() and len(name) <= 4


def _any_of(names: Iterable[str]) -> re.Pattern[str]:
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, names)) + r")(?!\w)")
