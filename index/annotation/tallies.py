"""Verbs that give a number to who counted: « La police a recensé 300 personnes, les syndicats 900 »."""

from __future__ import annotations

from index.annotation import noun_phrases
from index.annotation.noun_phrases import Range
from index.annotation.verb_groups import FINITE, Verb
from index.annotation.words import Words
from index.cues import Lexicon

COUNTS, _COUNTS_AT = "counts", "counts_at"
_FAR, _FARTHEST = 4, 10  # words behind the verb within which its number stands; behind « à », further
_HOLDER = 6  # words of who counts otherwise


def gives_number(words: Words, verb: Verb, lexicon: Lexicon) -> bool:
    """Whether a verb of counting has a number behind it, so that its subject gives that number.

    « La ville compte 300 habitants » counts nobody: French says so of who counted in the past, or of
    what was named before (« la police en compte 300 »).
    """
    labels = {label for lemma in verb.lemmas for label in lexicon.classes.get(lemma, ())}
    if labels.isdisjoint((COUNTS, _COUNTS_AT)) or verb.use == "passive":
        return False
    own = verb.start == verb.head and words.words[verb.start - 1] not in lexicon.words["of_them"]
    if own and not lexicon.words["owns_so_many"].isdisjoint(verb.lemmas):
        return False
    far, at = (_FAR, frozenset[str]()) if COUNTS in labels else (_FARTHEST, lexicon.words["counts_at"])
    number = _number(words, verb.head + 1, far, lexicon)
    if number is None or not at:
        return number is not None
    # "put the kettle on at nine" counts nothing.
    said = next((k for k in range(number - 1, verb.head, -1) if words.words[k] in at), verb.head)
    return said > verb.head and words.words[said - 1] not in lexicon.words["prepositions"] - at


def others(words: Words, verb: Verb, verbs: list[Verb], lexicon: Lexicon) -> list[Range]:
    """Who gives the other numbers of a verb that `gives_number`: « …, les syndicats 900 »."""
    found: list[Range] = []
    stop = min((v.start for v in verbs if v.use in FINITE and v.start > verb.head), default=len(words.words))
    for k in range(verb.head + 2, stop):
        if words.words[k - 1] not in ",;" and words.words[k - 1] not in lexicon.words["contrast"]:
            continue
        opens = words.words[k] in lexicon.words["determiners"] or words.capital(k)
        number = _number(words, k, _HOLDER, lexicon)
        if not opens or number is None or number == k:
            continue
        bound = number
        while bound > k and _bounds(words.words[bound - 1], lexicon):
            bound -= 1
        places = noun_phrases.after(words, k, verbs, lexicon, stop=bound)
        if len(places) == 1 and places[0][1] == bound:
            found += places
    return found


def _number(words: Words, start: int, far: int, lexicon: Lexicon) -> int | None:
    """The first number from word `start` on, within `far` words and one clause."""
    spelled = lexicon.figures["numbers"].keys() | lexicon.figures["groups"].keys()
    for k in range(start, min(len(words.words), start + far)):
        word = words.words[k]
        if word in ",;:.(" or word in lexicon.words["that"] | lexicon.words["relatives"]:
            return None
        if word[0].isdigit() or (word in spelled and word not in lexicon.figures["ones"].split()):
            return k
    return None


def _bounds(word: str, lexicon: Lexicon) -> bool:
    """Whether a word stands before a number only to bound it: « entre », « plus de », "at least", "$"."""
    table = lexicon.figures
    phrases = [*table["lower"], *table["upper"], *table["about"], table["between"][0]]
    return word in "$€£" or any(word in phrase.replace("|", " ").split() for phrase in phrases)
