"""Every form of a verb, from an infinitive and a table of endings.

The table is data: each paradigm is named after the end of the infinitives it
serves (« er », « prendre ») and lists what stands in that end's place. English
verbs follow three regular rules and a table of their own.
"""

from __future__ import annotations

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
    """The (form, tag) pairs of an English verb; `irregular` gives « past participle »."""
    yield infinitive, "finite"
    yield infinitive, "infinitive"
    if infinitive.endswith(("s", "sh", "ch", "x", "o")):
        yield infinitive + "es", "finite"
    elif infinitive[-1] == "y" and infinitive[-2] not in "aeiou":
        yield infinitive[:-1] + "ies", "finite"
    else:
        yield infinitive + "s", "finite"
    stem = infinitive[:-1] if infinitive[-1] == "e" and infinitive[-2:] != "ee" else infinitive
    yield stem + "ing", "gerund"
    if infinitive in irregular:
        past, _, participle = irregular[infinitive].partition(" ")
        yield past, "finite"
        yield participle or past, "participle"
        return
    if infinitive[-1] == "y" and infinitive[-2] not in "aeiou":
        stem = infinitive[:-1] + "i"
    yield stem + "ed", "finite"
    yield stem + "ed", "participle"


# « révéler, révèle »: the accent turns before a mute ending.
_MUTE = frozenset({"e", "ent", "ge", "gent", "ce", "cent"})


def _closed(stem: str) -> bool:
    """Whether the last vowel of the stem is « é » before one or two consonants."""
    at = stem.rfind("é")
    rest = stem[at + 1 :]
    return at >= 0 and len(rest) <= 2 and not any(c in "aeiouyéèê" for c in rest)
