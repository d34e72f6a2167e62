"""A language's words, read from its folder of TOML and compiled once."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from re import Pattern, compile
from typing import Any

from index.cues import inflect
from index.cues.phrases import Phrases, pattern_of

LANGUAGES = ("fr", "en")
# Words of these sets are never verbs.
_CLOSED = ("interposed", "clitics", "prepositions", "subordinators", "determiners")


@dataclass(frozen=True, slots=True)
class Expression:
    """A verb's companions: « mettre » + « en doute » is of the class doubts.

    `reflexive` asks for « se » before the verb, `pronoun` is « y » or « en » where it needs that too.
    """

    pattern: Pattern[str]
    reflexive: bool
    pronoun: str
    label: str
    source: str


@dataclass(frozen=True)
class Lexicon:
    """All that the stages know of one language.

    `forms` gives the (infinitive, tag) readings of a word; `classes` the classes of
    an infinitive (says, says_that, judges, …); `words` the named sets of grammar.
    """

    language: str
    forms: dict[str, tuple[tuple[str, str], ...]]
    classes: dict[str, tuple[str, ...]]
    expressions: dict[str, tuple[Expression, ...]]
    negated: dict[str, str]
    phrases: Phrases
    words: dict[str, frozenset[str]]
    stems: tuple[str, ...]
    finite_endings: tuple[str, ...]
    past_endings: tuple[str, ...]
    participle_endings: tuple[str, ...]
    not_finite: tuple[str, ...]
    future_endings: tuple[str, ...]
    figures: dict[str, Any]


@lru_cache(maxsize=len(LANGUAGES))
def load(language: str) -> Lexicon:
    """The lexicon of `language`; raises KeyError for one that has no folder."""
    if language not in LANGUAGES:
        raise KeyError(language)
    data: dict[str, Any] = {}
    for path in sorted((Path(__file__).parent / language).glob("*.toml")):
        data |= tomllib.loads(path.read_text("utf-8"))
    return _compile(language, data)


def _compile(language: str, data: dict[str, Any]) -> Lexicon:
    expressions: dict[str, list[Expression]] = {}
    for label, entries in data["expressions"].items():
        for entry in entries:
            lemmas, expression = _expression(entry, label)
            for lemma in lemmas.split("|"):
                expressions.setdefault(lemma, []).append(expression)
    classes: dict[str, tuple[str, ...]] = {}
    not_by = frozenset(data["verbs"].pop("not_by").split())
    for label, verbs in data["verbs"].items():
        for verb in verbs.split():
            classes[verb] = (*classes.get(verb, ()), label)
    grammar = data["grammar"]
    attribution, stance, conditional = data["attribution"], data["stance"], data["conditional"]
    noun_verbs = grammar.get("noun_verbs", "").split()
    every = {*classes, *expressions, *grammar["news_verbs"].split(), *noun_verbs}
    words = {name: frozenset(value.split()) for name, value in grammar.items() if isinstance(value, str)}
    words["not_by"] = not_by
    words["skipped_before_hearer"] = words["determiners"] | words["of"] | words["numbers"]
    words["also_nouns"] |= {form for verb in noun_verbs for form in (verb, inflect.third_person(verb))}
    words["closed"] = frozenset[str]().union(*(words[name] for name in _CLOSED))
    words |= {f"conditional.{k}": frozenset(v.split()) for k, v in conditional.items() if isinstance(v, str)}
    words |= {f"attribution.{k}": frozenset(v.split()) for k, v in attribution.items() if isinstance(v, str)}
    words |= {f"interview.{name}": frozenset(value.split()) for name, value in data["interview"].items()}
    tables = {f"stance.{name}": phrases for name, phrases in stance.items()}
    tables |= {f"attribution.{k}": v for k, v in attribution.items() if isinstance(v, list)}
    tables |= {
        "light": grammar["light"],
        "pseudo": data["pseudo"]["all"],
    }
    forms = _forms(language, every, data["paradigms"])
    for word in words.get("never_verbs", ()):
        forms.pop(word, None)
    return Lexicon(
        language=language,
        forms=forms,
        classes=classes,
        expressions={lemma: tuple(found) for lemma, found in expressions.items()},
        negated={verb: label for label, verbs in data["negated"].items() for verb in verbs.split()},
        phrases=Phrases(tables),
        words=words,
        stems=tuple(conditional["stems"]),
        participle_endings=tuple(grammar["participle_endings"].split()),
        not_finite=tuple(grammar["not_finite"].split()),
        future_endings=tuple(grammar["future_endings"].split()),
        past_endings=tuple(grammar["past_endings"].split()),
        finite_endings=tuple(grammar["finite_endings"].split()),
        figures=data.get("figures", {}),
    )


def _expression(entry: str, label: str) -> tuple[str, Expression]:
    words = entry.replace("s'", "se ", 1).split() if entry.startswith("s'") else entry.split()
    reflexive = words[0] == "se"
    words = words[reflexive:]
    pronoun = words[0] if words[0] in ("y", "en") else ""
    lemma, *rest = words[bool(pronoun) :]
    if rest and rest[-1] == "de":
        rest = [*rest[:-1], "de|d'"]
    # « provided no evidence » is no « provide evidence », and « unconvinced » not « convinced ».
    gap = r"(?:,?\s+(?!(?:no|nothing|little)\b)(?:[«“\"]\s*)?[\w'-]+){0,3}?,?\s*(?:[«“\"]\s*)?(?<!\w)"
    pattern = gap + pattern_of(" ".join(rest).removeprefix("… ")) if rest else ""
    return lemma, Expression(compile(pattern), reflexive, pronoun, label, entry)


def _forms(language: str, verbs: set[str], paradigms: Any) -> dict[str, tuple[tuple[str, str], ...]]:
    forms: dict[str, list[tuple[str, str]]] = {}
    for verb in sorted(verbs):
        if verb.startswith("s'"):
            continue
        pairs = inflect.french(verb, paradigms) if language == "fr" else inflect.english(verb, paradigms)
        for form, tag in pairs:
            readings = forms.setdefault(form, [])
            if (verb, tag) not in readings:
                readings.append((verb, tag))
    return {form: tuple(readings) for form, readings in forms.items()}
