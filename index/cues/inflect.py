"""Every form of a verb, from an infinitive and a table of endings.

The table is data: each paradigm is named after the end of the infinitives it
serves (« er », « prendre ») and lists what stands in that end's place. English
verbs follow three regular rules and a table of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

Paradigms = Mapping[str, Mapping[str, str]]


def french(infinitive: str, paradigms: Paradigms) -> Iterator[tuple[str, str]]:
    """The (form, tag) pairs of a verb; tags are finite, conditional, participle, gerund, infinitive.

    Raises ValueError where no paradigm ends the infinitive.
    """
    name = max((name for name in paradigms if infinitive.endswith(name)), key=len, default=None)
    if name is None:
        raise ValueError(f"no paradigm in the table ends the verb {infinitive!r}")
    stem = infinitive[: len(infinitive) - len(name)]
    yield infinitive, "infinitive"
    for tag, endings in paradigms[name].items():
        for ending in endings.split():
            yield stem + ending, tag
            if name in ("er", "ger", "cer") and ending in _MUTE and _closed(stem):
                at = stem.rindex("é")
                yield stem[:at] + "è" + stem[at + 1 :] + ending, tag


def english(infinitive: str, irregular: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The (form, tag) pairs of an English verb.

    `irregular` gives « past participle »; what stands behind them are further finite forms.
    """
    yield infinitive, "finite"
    yield infinitive, "infinitive"
    yield third_person(infinitive), "finite"
    past, *others = irregular.get(infinitive, "").split() or [""]
    stems = [past[:-2]] if past[:-2].startswith(infinitive) else _stems(infinitive)
    for stem in stems:
        yield (infinitive[:-2] + "y" if infinitive.endswith("ie") else stem) + "ing", "gerund"
    if past:
        yield past, "finite"
        yield others[0] if others else past, "participle"
        for form in others[1:]:
            yield form, "finite"
        return
    for stem in stems:
        stem = stem[:-1] + "i" if _CONSONANT_Y.search(stem) else stem
        past = stem + ("d" if stem.endswith("e") else "ed")
        yield past, "finite"
        yield past, "participle"


def third_person(infinitive: str) -> str:
    """The English form of « he » and « it »: "says", "reaches", "denies"."""
    if infinitive.endswith(("s", "sh", "ch", "x", "o")):
        return infinitive + "es"
    return infinitive[:-1] + "ies" if _CONSONANT_Y.search(infinitive) else infinitive + "s"


def _stems(infinitive: str) -> list[str]:
    """What -ing and -ed follow; Britain doubles an l where America may not."""
    if _DOUBLES.fullmatch(infinitive):
        return [infinitive + infinitive[-1]]
    if _MAY_DOUBLE.search(infinitive):
        return [infinitive, infinitive + "l"]
    silent = infinitive[-1] == "e" and infinitive != "be" and not infinitive.endswith("ee")
    return [infinitive[:-1] if silent else infinitive]


_CONSONANT_Y = re.compile(r"[^aeiou]y$")
# One syllable with one vowel before one consonant: "stop", "stopped".
_DOUBLES = re.compile(r"(?:[^aeiou]|(?<=q)u)*[aeiou][bdgkmnprt]")
_MAY_DOUBLE = re.compile(r"[^aeiou][aeiou]l$")

# « révéler, révèle »: the accent turns before a mute ending.
_MUTE = frozenset({"e", "ent", "ge", "gent", "ce", "cent"})


def _closed(stem: str) -> bool:
    """Whether the last vowel of the stem is « é » before one or two consonants."""
    at = stem.rfind("é")
    rest = stem[at + 1 :]
    return at >= 0 and len(rest) <= 2 and not any(c in "aeiouyéèê" for c in rest)
