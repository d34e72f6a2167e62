"""Verbs that give a number to who counted: « La police a recensé 300 personnes, les syndicats 900 »."""

from __future__ import annotations

from index.annotation import noun_phrases
from index.annotation.noun_phrases import Range
from index.annotation.verb_groups import FINITE, Verb
from index.annotation.words import Words
from index.cues import Lexicon

COUNTS, _COUNTS_AT = "counts", "counts_at"
_FAR, _FARTHEST = 4, 10  # words behind the verb within which its number stands; behind « à », further
_HOLDER = 12  # words of who counts otherwise


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
    # « n'en a recensé que 31 »
    only = not lexicon.words["restricting"].isdisjoint(words.words[max(0, verb.start - 1) : verb.head])
    first = _past_only(words, verb.head + 1, lexicon) if only else verb.head + 1
    number = _number(words, first, far, lexicon)
    if number is None:
        return False
    if not at:
        # "their families say at least 21", and "the firm said it had closed 21 sites", which is a clause
        return "says_that" not in labels or _bounded(words, verb.head + 1, number, lexicon)
    # "put the kettle on at nine" counts nothing.
    said = next((k for k in range(number - 1, verb.head, -1) if words.words[k] in at), verb.head)
    return said > verb.head and words.words[said - 1] not in lexicon.words["prepositions"] - at


def _bounded(words: Words, start: int, number: int, lexicon: Lexicon) -> bool:
    """Whether nothing but what bounds it stands between word `start` and a number."""
    return all(_bounds(word, lexicon) for word in words.words[start:number])


def _past_only(words: Words, k: int, lexicon: Lexicon) -> int:
    """Past the « que » at word `k` that restricts: « n'en a vu que 31 », « ne recense, elle, que 31 »."""
    k += 3 * (words.words[k : k + 1] == (",",) and words.words[k + 2 : k + 3] == (",",))
    return k + (words.words[k : k + 1] != () and words.words[k] in lexicon.words["that"])


def others(words: Words, verb: Verb, verbs: list[Verb], lexicon: Lexicon) -> list[Range]:
    """Who gives the other numbers of a verb that has one: « le maire parle de 300, les syndicats de 900 »."""
    if _number(words, verb.head + 1, _FARTHEST, lexicon) is None:
        return []
    named, found = lexicon.words, []
    for k in range(verb.head + 2, len(words.words)):
        parted = words.words[k - 1] in ",;" or words.words[k - 1] in named["contrast"]
        opens = words.words[k] in named["determiners"] | named["people"] or words.capital(k)
        number = _number(words, k, _HOLDER, lexicon, behind=named["of"] | named["counts_at"])
        if not parted or not opens or number is None:
            continue
        bound = number
        while bound > k and (words.words[bound - 1] == "," or _bounds(words.words[bound - 1], lexicon)):
            bound -= 1
        places = noun_phrases.after(words, k, verbs, lexicon, stop=bound)
        told = any(k <= v.head < number for v in verbs if v.use in FINITE)
        # « une ONG, Veille citoyenne, d'au moins neuf »
        if len(places) == 1 and _is_apposed(words, places[0][1] + 1, named["of"] | named["counts_at"]):
            places = [(k, bound)]
        whole = len(places) == 1 and places[0] == (k, bound)
        # « …, l'hôpital de 55 »: what the verb governs stands there again.
        again = words.words[bound] in named["of"] | named["counts_at"]
        if whole and not told and (again or noun_phrases.somebody(words, places[0], named)):
            found += places
    return found


def _number(
    words: Words, start: int, far: int, lexicon: Lexicon, behind: frozenset[str] = frozenset()
) -> int | None:
    """The first number from word `start` on, within `far` words and one clause.

    A comma ends the clause but before a word of `behind`: « les assureurs, à 5 millions ».
    """
    spelled = lexicon.figures["numbers"].keys() | lexicon.figures["groups"].keys()
    for k in range(start, min(len(words.words), start + far)):
        word = words.words[k]
        if word == "," and words.words[k + 1 : k + 2] and words.words[k + 1] in behind:
            continue
        if word == "," and _is_apposed(words, k + 1, behind):
            continue
        if word in ",;:.(" or word in lexicon.words["that"] | lexicon.words["relatives"]:
            return None
        if word[0].isdigit() or (word in spelled and word not in lexicon.figures["ones"].split()):
            return k
    return None


def _is_apposed(words: Words, k: int, behind: frozenset[str]) -> bool:
    """Whether a name begins at word `k` and ends at a comma before a word of `behind`."""
    first = k
    while k < len(words.words) and words.words[k][0].isalpha() and (k > first or words.capital(k)):
        k += 1
    return first < k <= first + _HOLDER and words.words[k : k + 1] == (",",) and words.words[k + 1] in behind


def _bounds(word: str, lexicon: Lexicon) -> bool:
    """Whether a word stands before a number only to bound or join it: « de », "at least", "$"."""
    table = lexicon.figures
    if word in lexicon.words["of"] or word in lexicon.words["counts_at"]:
        return True
    phrases = [*table["lower"], *table["upper"], *table["about"], table["between"][0]]
    return word in "$€£" or any(word in phrase.replace("|", " ").split() for phrase in phrases)
