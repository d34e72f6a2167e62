"""Whose a verb is: its subject to the left, or what its relative pronoun stands for.

All places are word numbers, ends exclusive. Nothing is guessed where a sentence
gives no subject: the answer is then empty.
"""

from __future__ import annotations

from index.annotation.clauses import aside, exemplifies, is_if
from index.annotation.noun_phrases import LONGEST, Range, is_time, subject
from index.annotation.verb_groups import FINITE, Verb, leaning_adverb, restricts
from index.annotation.words import Words
from index.cues import Lexicon

_FARTHEST = 60  # words a subject may stand before its verb
_HARD = frozenset(";:!?«»“”")


def before(words: Words, verb: Verb, verbs: list[Verb], lexicon: Lexicon, depth: int = 0) -> list[Range]:
    """The subject of a finite verb, found to its left."""
    if depth > 3:
        return []
    named = lexicon.words
    previous = _previous(words, verb, verbs)
    low = previous.head + 1 if previous is not None else 0
    if previous is not None and _then(words, verb, named):
        return before(words, previous, verbs, lexicon, depth + 1)
    k, floor = verb.start - 1, max(low, verb.start - _FARTHEST)
    # « La police n'en compte que trois et nie »
    only = named["that"] if previous is not None and restricts(words, previous, named) else frozenset()
    while k >= floor:
        left = k - 1 if words.words[k] in only else _left_of(words, k, verb, lexicon)
        if left is None:
            break
        k = left
    relative = k >= floor and words.words[k] in named["relatives"]
    # « Ann Lee, whose ward borders the river, said »: no list has the verb in between.
    closed = verb.opener is None and words.words[verb.start - 1] == "," == words.words[k - 1]
    if relative and (k == verb.start - 1 or closed or _only_asides(words, k + 1, verb.start, named)):
        return antecedent(words, k, verbs, lexicon)
    start = _past_opener(words, k + 1, verb, named)
    joined = words.words[verb.start - 1] in named["conjunctions"] | named["contrast"]
    if joined and previous is None and start < verb.start:
        return []
    as_what = k >= low and words.words[k] in named["as"] and "omits_that" in named["traits"]
    if joined and previous is not None and as_what:
        # « The party sees it as a risk and is calling for calm »
        return before(words, previous, verbs, lexicon, depth + 1)
    if previous is None or k >= low:
        return subject(words, start, verb.start, lexicon)
    return _behind(words, verb, previous, start, verbs, lexicon, depth)


def _past_opener(words: Words, start: int, verb: Verb, named: dict[str, frozenset[str]]) -> int:
    """Past « after » in « It fell after the bank said … », a preposition that here opens the clause."""
    if verb.opener not in named["prepositions"] or "omits_that" not in named["traits"]:
        return start
    behind = range(verb.start - 1, start - 1, -1)
    opens = next((j for j in behind if words.words[j] == verb.opener), start - 1)
    # « After the ceremony Ann said », but « after the bank BNP said »
    plain = named["people"] | named["bodies"]
    names = (
        j
        for j in range(opens + 3, verb.start)
        if words.capital(j) and not words.capital(j - 1) and words.words[j - 1].isalpha()
    )
    name = next(names, None)
    return opens + 1 if name is None or words.words[name - 1] in plain else name


def _then(words: Words, verb: Verb, named: dict[str, frozenset[str]]) -> bool:
    """« He ruled it out, then admitted it », « and then admitted it »: whoever did the one did the other."""
    before = words.words[max(0, verb.start - 2) : verb.start]
    joined = len(before) == 2 and before[0] in named["joins"] | {","}
    return joined and before[1] in named["next_verb"]


def _left_of(words: Words, k: int, verb: Verb, lexicon: Lexicon) -> int | None:
    """The word at which to go on left of word `k`; None where the clause of `verb` begins behind `k`."""
    named, word = lexicon.words, words.words[k]
    if word == ")":
        return words.bracket(k) - 1
    if (word in _HARD and not words.quoted[k]) or full_stop(words, k, named["titles"]):
        return None
    if _dash(words, k) and not words.quoted[k]:
        # « PARIS (AFP) — Le ministre a dit » opens there; « le maire – un ancien – a dit » does not.
        opening = next((j for j in range(k - 1, -1, -1) if _dash(words, j)), None)
        if opening is not None:
            return opening - 1
        if word != "-" or not words.text[words.starts[k] - 1].isalnum():
            return None
    ends = words.quoted[k] and not words.quoted[k + 1] and k < verb.start - 1
    if ends and (words.quoted[0] or (words.words[k + 1] == "," and all(words.quoted[max(0, k - 5) : k]))):
        return None  # « "It is false," the minister said »: the quotation is over, the subject begins
    if word in named["of_which"] and _is_number(words, k + 1, named):
        return k - 1  # « demandent une prime, dont dix euros tout de suite, et réclament … »
    if word in named["of_which"] and words.words[k - 1] == words.words[verb.start - 1] == ",":
        return k - 1  # « Plusieurs élus, dont Anne Roy, demandent … »: no verb stands behind « dont »
    if word in named["among"] and words.words[k - 2] == words.words[verb.start - 1] == ",":
        return k - 2  # « Ses détracteurs, parmi lesquels deux maires, jugent … »
    if word in named["relatives"] | named["that_which"]:
        return None
    exemplified = k and words.words[k - 1] in named["such"] | named["as_well"] and exemplifies(word, named)
    if exemplified or words.between_commas(k):
        return k - 1
    reflexive = word in named["reflexives"] and not is_if(words, k)
    # « the vote, which made it stand as the first party, shows »: no verb comes for this « as »
    as_what = k > 0 and words.words[verb.start - 1] == "," and "omits_that" in named["traits"]
    # « l'élue, citée comme témoin, a dit »
    held = words.words[verb.start - 1] == "," and k > 0
    held = held and any(tag == "participle" for _, tag in lexicon.forms.get(words.words[k - 1], ()))
    as_what = word in named["as"] and (as_what or held or aside(words, k, lexicon) is not None)
    opens = word in named["subordinators"] and word not in named["may_govern"]
    # "which has been examining it since Friday, is not convinced"
    dated = word in named["prepositions"] and k + 1 < verb.start
    dated = dated and (is_time(words, k + 1, lexicon, verb.start) or words.words[k + 1][0].isdigit())
    # "He disputes that and says …"
    points = word in named["that"] and words.words[k + 1] in named["joins"]
    opens = opens and not dated and not points
    return k - 1 if reflexive or as_what or not opens else None


def _behind(
    words: Words, verb: Verb, previous: Verb, start: int, verbs: list[Verb], lexicon: Lexicon, depth: int
) -> list[Range]:
    """The subject of a verb where nothing parts it, from word `start` on, from the verb before it."""
    named, tail = lexicon.words, words.words[verb.start - 1]
    if start >= verb.start or tail == ",":
        previous = _joined_to(words, previous, verbs, named)
        if previous.opener in named["relatives"] or previous.opener in named["that"]:
            outer = _outer(words, _outmost(words, previous, verbs, named), verbs, lexicon)
            if outer or start >= verb.start:
                return _named_behind(words, outer, verb.start)
        if start >= verb.start:
            return []
        # « …, say, Lyon » is nobody's word.
        inserted = words.words[verb.head + 1 : verb.head + 2] == (",",)
        parted_once = not inserted and words.words[start : verb.start].count(",") == 1
        if parted_once and (main := _past_aside(words, previous, verbs, lexicon)):
            return main
    if _closes_relative(words, previous, verb, verbs, named):
        return _outer(words, previous, verbs, lexicon)
    parting = named["conjunctions"] | named["contrast"]
    if tail in parting:
        shared = _previous(words, verb, [v for v in verbs if v.opener == verb.opener]) or previous
        return before(words, shared, verbs, lexicon, depth + 1)
    last = words.bracket(verb.start - 1) if tail == ")" else verb.start
    parted = [j + 1 for j in range(start, last) if words.words[j] in parting]
    commas = [j + 1 for j in range(start, last) if words.words[j] == ","]
    cut = parted[-1] if parted else commas[0] if commas else start
    if parted and words.words[cut - 1] in named["joins"]:
        # « …, le maire et son adjointe ont dit », "but residents and a charity said": both are subjects.
        if len(parted) > 1 and words.words[parted[-2] - 1] in named["contrast"]:
            cut = parted[-2]
        elif _plural(words, verb, named):
            cut = next((j for j in reversed(commas) if start + 1 < j < cut), cut)
    found = subject(words, cut, verb.start, lexicon)
    if not found and depth and tail == "," and verb.start < verb.head:
        return before(words, previous, verbs, lexicon, depth + 1)  # « X est venu, a chanté et a dit … »
    return found


def _named_behind(words: Words, places: list[Range], end: int) -> list[Range]:
    """« The firm that runs it, AlertCo, said »: behind the relative clause a name of its own tells who."""
    comma = next((k for k in range(end - 2, -1, -1) if words.words[k] == ","), None)
    if len(places) != 1 or comma is None or words.words[end - 1] != ",":
        return places
    name = all(words.words[k][0].isalpha() and words.capital(k) for k in range(comma + 1, end - 1))
    start = places[0][0]
    return [(start, end - 1)] if name and end - 1 > comma + 1 and end - start <= LONGEST else places


def _is_number(words: Words, k: int, named: dict[str, frozenset[str]]) -> bool:
    """Whether word `k` is a number, in digits or spelt."""
    return words.words[k][0].isdigit() or words.words[k] in named["numbers"]


def _closes_relative(
    words: Words, inner: Verb, verb: Verb, verbs: list[Verb], named: dict[str, frozenset[str]]
) -> bool:
    """« Un agent qui connaît le dossier a dit »: between the two verbs stands what the first governs."""
    if verb.opener is not None or inner.opener not in named["relatives"]:
        return False
    # « Le pont est fermé car l'agent qui le garde estime … »
    parts = named["contrast"] | frozenset(";:")
    low = next((k for k in range(inner.start - 1, -1, -1) if words.words[k] in parts), 0)
    if any(v.use in FINITE and v.opener is None and low <= v.head < verb.start for v in verbs):
        return False
    between = words.words[inner.head + 1 : verb.start]
    return not any(w == "," or w in named["conjunctions"] or w in named["contrast"] for w in between)


def antecedent(words: Words, relative: int, verbs: list[Verb], lexicon: Lexicon) -> list[Range]:
    """The noun phrase that a relative pronoun stands for, to its left."""
    named = lexicon.words
    end = relative
    while end and words.words[end - 1] == ",":
        end -= 1
    if end and words.words[end - 1] in named["joins"]:
        # « ceux qui sont venus et qui disent … »
        first = next((k for k in range(end - 2, -1, -1) if words.words[k] == words.words[relative]), None)
        if first is not None:
            return antecedent(words, first, verbs, lexicon)
    low = max((v.head + 1 for v in verbs if v.use in FINITE | {"infinitive"} and v.head < end), default=0)
    k = end - 1
    while k >= max(low, end - LONGEST):
        word = words.words[k]
        if word == ")":
            k = words.bracket(k) - 1
            continue
        if word in _HARD or word == "," or word in named["subordinators"] | named["contrast"]:
            break
        governs = word in named["prepositions"] and word not in named["of"]
        if governs and not _of_person(words, k, low, named):
            break
        k -= 1
    start = k + 1
    if start < end and words.words[start] in named["of"] and "omits_that" in named["traits"]:
        start += 1  # "the view of the union, which …"
    light = (named["conjunctions"] | named["adverbial"] | named["also"]) - named["determiners"]
    while start < end and words.words[start] in light:
        start += 1
    if start > low and words.words[start : start + 2] == ("y", "compris"):
        return subject(words, low, start - 1, lexicon)  # « Des élus, y compris ceux qui …, disent »
    if (
        start > low
        and words.words[start - 1] == ","
        and {tag for _, tag in lexicon.forms.get(words.words[start], ())} == {"gerund"}
    ):
        return subject(words, low, start - 1, lexicon)  # « Some residents, including those who …, say »
    start = _office_before(words, start, end, low, named)
    start = _name_before(words, start, low, named)
    # A name in apposition: « l'avocat, Jean Duval, qui … »
    return [(start, end)] if start < end else []


def _of_person(words: Words, k: int, low: int, named: dict[str, frozenset[str]]) -> bool:
    """« a lawyer in Paris who says so »: the preposition at word `k` only adds to the person before it."""
    if words.words[k + 1] in named["relatives"]:
        return False
    comma = next((j for j in range(k - 1, low - 1, -1) if words.words[j] == ","), low - 1)
    before = words.words[max(comma + 1, k - 4) : k]
    place = words.words[k] in named["at_place"] and words.capital(k + 1)
    return not named["people"].isdisjoint(before) or (
        place and any(w in named["determiners"] for w in before)
    )


def _name_before(words: Words, start: int, low: int, named: dict[str, frozenset[str]]) -> int:
    """Where « Tomasz Wilk, an astronomer who … » begins, for the apposition at word `start`."""
    if start - 2 < low or words.words[start - 1] != ",":
        return start
    if not words.capital(start - 2):
        return start
    # « Ann Lee, current head of the agency, who … »: without an article two capitals show the name.
    plain = not words.capital(start) and start - 3 >= low and words.capital(start - 3)
    if words.words[start] not in named["determiners"] | named["people"] and not plain:
        return start
    k = start - 2
    while k > low and words.capital(k - 1):
        k -= 1
    return k


def _office_before(words: Words, start: int, end: int, low: int, named: dict[str, frozenset[str]]) -> int:
    """Where « The mayor, Tom Ashby, who … » begins, for the name at word `start`."""
    if start - 2 < low or words.words[start - 1] != "," or not all(map(words.capital, range(start, end))):
        return start
    opens = next((k for k in range(start - 2, low - 1, -1) if words.words[k] in ",;:"), low - 1) + 1
    office = words.words[opens] in named["determiners"] and not named["people"].isdisjoint(
        words.words[opens : start - 1]
    )
    return opens if office else start


def _outer(words: Words, inner: Verb, verbs: list[Verb], lexicon: Lexicon) -> list[Range]:
    k = inner.start - 1
    named = lexicon.words
    while k >= 0 and words.words[k] not in named["relatives"] and words.words[k] not in named["that"]:
        k -= 1
    if k <= 0:
        return []
    if words.words[k] in named["that"] and words.words[k] not in named["relatives"]:
        # « Un homme que la police cherchait a dit »: what stands before « que » is the subject.
        low = max((v.head + 1 for v in verbs if v.use in FINITE and v.head < k), default=0)
        return subject(words, low, k, lexicon) if low == 0 else []
    return antecedent(words, k, verbs, lexicon)


def _past_aside(words: Words, inner: Verb, verbs: list[Verb], lexicon: Lexicon) -> list[Range]:
    """« The mayor, when he was asked, said no »: the subject stands before the clause between commas."""
    comma = next((k for k in range(inner.start - 1, -1, -1) if words.words[k] == ","), None)
    if inner.opener is None or comma is None or any(v.use in FINITE and v.head < comma for v in verbs):
        return []
    return subject(words, 0, comma, lexicon)


def _outmost(words: Words, inner: Verb, verbs: list[Verb], named: dict[str, frozenset[str]]) -> Verb:
    """« Ann Lee, the man who planned attacks that killed ten, said »: of relative clauses the first."""
    earlier = _previous(words, inner, verbs)
    while earlier is not None and earlier.opener in named["relatives"]:
        if "," in words.words[earlier.head : inner.start]:
            break
        inner, earlier = earlier, _previous(words, earlier, verbs)
    return inner


def _joined_to(words: Words, inner: Verb, verbs: list[Verb], named: dict[str, frozenset[str]]) -> Verb:
    """« Ann Lee, who came second and now leads, said »: of two verbs of a relative clause the first."""
    earlier = _previous(words, inner, verbs)
    if earlier is None or inner.opener is not None or earlier.opener not in named["relatives"]:
        return inner
    between = words.words[earlier.head + 1 : inner.start]
    return inner if "," in between or named["joins"].isdisjoint(between) else earlier


def _previous(words: Words, verb: Verb, verbs: list[Verb]) -> Verb | None:
    """The finite verb before another, past what brackets close between the two."""
    end = verb.start
    for earlier in reversed([v for v in verbs if v.use in FINITE and v.head < verb.start]):
        close = next((k for k in range(end - 1, earlier.head, -1) if words.words[k] == ")"), None)
        if close is None or not earlier.head > words.bracket(close) < close:
            return earlier
        end = words.bracket(close)
    return None


def _plural(words: Words, verb: Verb, named: dict[str, frozenset[str]]) -> bool:
    group = words.words[verb.start : verb.head + 1]
    return group[-1].endswith("ent") or any(
        w in named["have"] | named["be"] and w.endswith("nt") for w in group
    )


def _only_asides(words: Words, start: int, end: int, named: dict[str, frozenset[str]]) -> bool:
    # « which, he pointed out, is »: what stands right before the verb is its subject, and no aside.
    inside = list(words.words[start:end])
    return len(inside) <= 9 and (
        not inside
        or inside[0] == inside[-1] == ","
        or all(w in named["interposed"] or w == "," or leaning_adverb(w, named) for w in inside)
    )


def _dash(words: Words, k: int) -> bool:
    """Whether word `k` is a dash that parts, and no hyphen; of two, « -- », the last."""
    around = words.text[max(0, words.starts[k] - 1) : words.ends[k] + 1]
    apart = around.strip() != around and not around.endswith("-")
    return words.words[k] in "–—" or (words.words[k] == "-" and apart)


def full_stop(words: Words, k: int, titles: frozenset[str]) -> bool:
    """A stop inside a passage of two sentences, and no abbreviation."""
    return (
        words.words[k] == "."
        and 0 < k < len(words.words) - 1
        and len(words.words[k - 1]) > 2
        and words.words[k - 1] not in titles
        and words.capital(k + 1)
    )
