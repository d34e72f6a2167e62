"""Who a verb of saying or an attribution speaks of: the noun phrase, by its place.

All places are word numbers, ends exclusive. Nothing is guessed where a sentence
gives no subject: the answer is then empty.
"""

from __future__ import annotations

from index.clauses import FINITE, Verb, aside, is_if
from index.cues import Lexicon
from index.words import Words

Range = tuple[int, int]
_LONGEST = 24  # words a holder may have
_FARTHEST = 60  # words a subject may stand before its verb
_HARD = frozenset(";:!?«»“”")


def after(words: Words, i: int, verbs: list[Verb], lexicon: Lexicon, *, single: bool = False) -> list[Range]:
    """The noun phrases that begin at word `i`: one, or several joined by « et »."""
    named, count = lexicon.words, len(words.words)
    if i < count and words.words[i] in named["alone"]:
        return [(i, i + 1)]
    heads = {verb.start for verb in verbs if verb.use in FINITE and verb.start > i}
    k = i
    while k < count and k - i < _LONGEST and k not in heads:
        word = words.words[k]
        if word == "(" and k > i and _close(words, k) is not None:
            k = _close(words, k) or k
            continue
        if word in '«“"' and k > i and not single and words.quoted[k] and _close_quote(words, k) - k <= 6:
            k = _close_quote(words, k)
            continue
        if not word[0].isalnum() and word not in ("'", "&", "-", "."):
            break
        if word == "." and not (k > i and len(words.words[k - 1]) <= 2 and k + 1 < count):
            break
        if word in named["stop_after"] and k > i:
            break
        k += 1
    while k > i and (words.words[k - 1] in named["determiners"] or words.words[k - 1] in named["glue"]):
        k -= 1
    return split(words, i, k, lexicon) if k > i else []


def split(words: Words, start: int, end: int, lexicon: Lexicon) -> list[Range]:
    """A range cut at « et » where what follows is a noun phrase of its own."""
    determiners, named = lexicon.words["determiners"], lexicon.words
    cuts = [start]
    # What follows « tels que » are examples, no holders of their own.
    last = next((k for k in range(start, end) if words.words[k] in named["such"]), end)
    joins = [
        k
        for k in range(start + 1, min(last, end - 1))
        if words.words[k] in named["joins"] or _as_well(words, k, named)
    ]
    joins = [
        k
        for k in joins
        if _as_well(words, k, named) or _opens(words, k + 1, start, determiners) or _many(words, k + 1, named)
    ]
    if not joins:
        return [(start, end)]
    for k in range(start + 1, end - 1):
        comma = words.words[k] == "," and k < joins[-1] and _opens(words, k + 1, start, determiners)
        if comma or k in joins:
            cuts.append(k + 2 if _as_well(words, k, named) else k + 1)
    ranges = []
    for number, cut in enumerate(cuts):
        stop = cuts[number + 1] - 1 if number + 1 < len(cuts) else end
        while stop > cut and (words.words[stop - 1] == "," or words.words[stop - 1] in named["as_well"]):
            stop -= 1
        if stop > cut:
            ranges.append((cut, stop))
    return ranges


def before(words: Words, verb: Verb, verbs: list[Verb], lexicon: Lexicon, depth: int = 0) -> list[Range]:
    """The subject of a finite verb, found to its left."""
    if depth > 3:
        return []
    named = lexicon.words
    previous = _previous(verb, verbs)
    low = previous.head + 1 if previous is not None else 0
    k, floor = verb.start - 1, max(low, verb.start - _FARTHEST)
    while k >= floor:
        word = words.words[k]
        if word == ")":
            k = _open(words, k) - 1
            continue
        if (word in _HARD and not words.quoted[k]) or _full_stop(words, k):
            break
        if words.quoted[k] and not words.quoted[k + 1] and words.quoted[0] and k < verb.start - 1:
            break  # « "It is false," the minister said »: the quotation is over, the subject begins
        if word in named["relatives"]:
            if k == verb.start - 1 or _only_asides(words, k + 1, verb.start, named):
                return antecedent(words, k, verbs, lexicon)
            break
        if word in named["that"] and k and words.words[k - 1] in named["such"] | named["as_well"]:
            k -= 1
            continue
        reflexive = word in named["reflexives"] and not is_if(words, k)
        if reflexive or (word in named["as"] and aside(words, k, lexicon) is not None):
            k -= 1
            continue
        if word in named["subordinators"] and word not in (
            "avant",
            "après",
            "bien",
            "alors",
            "tandis",
            "before",
            "after",
        ):
            break
        k -= 1
    start = k + 1
    if start < verb.start and words.words[verb.start - 1] in named["conjunctions"] and previous is None:
        return []
    if previous is not None and k < low:
        if start >= verb.start or words.words[verb.start - 1] == ",":
            if previous.opener in named["relatives"] or previous.opener in named["that"]:
                outer = _outer(words, previous, verbs, lexicon)
                if outer or start >= verb.start:
                    return outer
            if start >= verb.start:
                return []
        if _closes_relative(words, previous, verb, verbs, named):
            return _outer(words, previous, verbs, lexicon)
        tail = words.words[verb.start - 1]
        if tail in named["conjunctions"] or tail in named["contrast"]:
            shared = _previous(verb, [v for v in verbs if v.opener == verb.opener]) or previous
            return before(words, shared, verbs, lexicon, depth + 1)
        cut = max(
            (
                j + 1
                for j in range(start, verb.start)
                if words.words[j] in named["conjunctions"] or words.words[j] in named["contrast"]
            ),
            default=None,
        )
        if cut is not None and words.words[cut - 1] in named["joins"] and _plural(words, verb, named):
            # « …, le maire et son adjointe ont dit »: both are subjects.
            cut = next((j + 1 for j in range(cut - 2, start, -1) if words.words[j] == ","), cut)
        if cut is None:
            cut = next((j + 1 for j in range(start, verb.start) if words.words[j] == ","), start)
        start = cut
    return subject(words, start, verb.start, lexicon)


def _closes_relative(
    words: Words, inner: Verb, verb: Verb, verbs: list[Verb], named: dict[str, frozenset[str]]
) -> bool:
    """« Un agent qui connaît le dossier a dit »: between the two verbs stands what the first governs."""
    if verb.opener is not None or inner.opener not in named["relatives"]:
        return False
    if any(v.use in FINITE and v.opener is None and v.head < verb.start for v in verbs):
        return False
    between = words.words[inner.head + 1 : verb.start]
    return not any(w == "," or w in named["conjunctions"] or w in named["contrast"] for w in between)


def subject(words: Words, start: int, end: int, lexicon: Lexicon) -> list[Range]:
    """The last noun phrase between two places that is neither an adverb nor an aside."""
    named = lexicon.words
    pieces: list[Range] = []
    at, k = start, start
    while k < end:
        if words.words[k] == "(" and (close := _close(words, k)) is not None and close <= end:
            k = close
            continue
        if words.words[k] == ",":
            pieces.append((at, k))
            at = k + 1
        k += 1
    pieces.append((at, end))
    best: Range | None = None
    for a, b in reversed(pieces):
        head = phrase_start(words, a, b, lexicon)
        if head is None:
            if best is not None and a < b and not _apposed(words, a, named):
                break
            continue
        if best is None:
            best = (head, b)
        elif head == a or (head - a <= 1 and words.words[a] not in named["prepositions"] | {"a"}):
            best = (head, best[1])
        else:
            break
    if best is None:
        bare = [(a, b) for a, b in pieces if b > a]
        return (
            [bare[-1]]
            if len(bare) == 1 and bare[0][1] - bare[0][0] <= 8 and _nameable(words, bare[0], lexicon)
            else []
        )
    return split(words, best[0], best[1], lexicon)


def phrase_start(words: Words, start: int, end: int, lexicon: Lexicon) -> int | None:
    """Where a noun phrase that can be a subject begins between two places, or None."""
    named = lexicon.words
    k = start
    while k < end and (words.words[k] in named["adverbial"] or words.words[k] in named["conjunctions"]):
        k += 1
    blocked = False
    while k < end:
        word = words.words[k]
        if k == 0 and (word == "a" or word in named["interposed"]) and word not in named["determiners"]:
            blocked = word == "a"
            k += 1
            continue
        opens = (
            word in named["determiners"]
            or word in named["pronouns"]
            or word in named["numbers"]
            or (words.capital(k))
        )
        if word in named["relatives"] or (word in named["gerund_starts"] and k == start):
            return None
        if (
            word in named["prepositions"]
            and not (word in ("des", "du") and k == start)
            and not (word in named["determiners"] and not blocked and k == start)
        ):
            blocked = True
            k += 1
            # What the preposition governs is no subject.
            while k < end and (
                words.words[k] in named["determiners"] or words.words[k] in named["prepositions"]
            ):
                k += 1
            k += 1
            while k < end and words.capital(k) and words.capital(k - 1):
                k += 1
            continue
        if opens and not _is_time(words, k, end, lexicon):
            if (
                blocked
                and word not in named["determiners"]
                and word not in named["pronouns"]
                and not words.capital(k)
            ):
                k += 1
                continue
            return k
        if _is_time(words, k, end, lexicon):
            k += 1
            while k < end and (
                words.words[k] in named["time_nouns"]
                or words.words[k] in named["months"]
                or words.words[k][0].isdigit()
                or words.words[k] in named["weekdays"]
                or words.words[k] in named["time_adjectives"]
            ):
                k += 1
            continue
        if not blocked and k == start and word not in named["people"]:
            return None
        if word in named["people"] and not blocked:
            return k
        k += 1
    return None


def antecedent(words: Words, relative: int, verbs: list[Verb], lexicon: Lexicon) -> list[Range]:
    """The noun phrase that a relative pronoun stands for, to its left."""
    named = lexicon.words
    end = relative
    while end and words.words[end - 1] == ",":
        end -= 1
    low = max((v.head + 1 for v in verbs if v.use in FINITE and v.head < end), default=0)
    k = end - 1
    while k >= max(low, end - _LONGEST):
        word = words.words[k]
        if word == ")":
            k = _open(words, k) - 1
            continue
        if word in _HARD or word == "," or word in named["subordinators"]:
            break
        if word in named["prepositions"] and word not in named["of"]:
            break
        k -= 1
    start = k + 1
    while start < end and (
        words.words[start] in named["conjunctions"] or words.words[start] in named["adverbial"]
    ):
        start += 1
    # A name in apposition: « l'avocat, Jean Duval, qui … »
    return [(start, end)] if start < end else []


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


def _previous(verb: Verb, verbs: list[Verb]) -> Verb | None:
    earlier = [v for v in verbs if v.use in FINITE and v.head < verb.start]
    return earlier[-1] if earlier else None


def _plural(words: Words, verb: Verb, named: dict[str, frozenset[str]]) -> bool:
    group = words.words[verb.start : verb.head + 1]
    return group[-1].endswith("ent") or any(
        w in named["have"] | named["be"] and w.endswith("nt") for w in group
    )


def _many(words: Words, k: int, named: dict[str, frozenset[str]]) -> bool:
    """« … et de nombreux pays »"""
    return words.words[k] in named["of"] and not named["many"].isdisjoint(words.words[k + 1 : k + 2])


def _opens(words: Words, k: int, start: int, determiners: frozenset[str]) -> bool:
    if k >= len(words.words):
        return False
    return words.words[k] in determiners or (
        words.capital(k) and words.capital(start) and words.words[start] not in determiners
    )


def _only_asides(words: Words, start: int, end: int, named: dict[str, frozenset[str]]) -> bool:
    inside = list(words.words[start:end])
    return len(inside) <= 6 and (
        not inside or inside[0] == "," or all(w in named["interposed"] or w == "," for w in inside)
    )


def _is_time(words: Words, k: int, end: int, lexicon: Lexicon) -> bool:
    named = lexicon.words
    word, following = words.words[k], words.words[k + 1] if k + 1 < end else ""
    if word in named["time_nouns"] or word in named["months"] or word in named["weekdays"]:
        return True
    if word[0].isdigit() and following in named["months"]:
        return True
    return (
        word in named["determiners"]
        and bool(following)
        and (
            (following[0].isdigit() and k + 2 < end and words.words[k + 2] in named["months"])
            or following in named["time_nouns"]
            or following in named["weekdays"]
        )
    )


def _nameable(words: Words, place: Range, lexicon: Lexicon) -> bool:
    first = words.words[place[0]]
    return (
        words.capital(place[0])
        and first not in lexicon.words["prepositions"]
        and first not in lexicon.words["adverbial"]
    )


def _close(words: Words, k: int) -> int | None:
    for j in range(k + 1, min(len(words.words), k + 12)):
        if words.words[j] == ")":
            return j + 1
    return None


def _open(words: Words, k: int) -> int:
    for j in range(k - 1, max(-1, k - 40), -1):
        if words.words[j] == "(":
            return j
    return k


def _close_quote(words: Words, k: int) -> int:
    for j in range(k + 1, len(words.words)):
        if not words.quoted[j]:
            return j
    return len(words.words)


def _apposed(words: Words, k: int, named: dict[str, frozenset[str]]) -> bool:
    """« Martin, ancien maire de Lyon, … »: a bare noun that says who the name before it is."""
    word = words.words[k]
    return word[0].isalpha() and word not in named["prepositions"] and word not in named["gerund_starts"]


def _as_well(words: Words, k: int, named: dict[str, frozenset[str]]) -> bool:
    return (
        words.words[k] in named["as_well"]
        and k + 1 < len(words.words)
        and words.words[k + 1] in named["that"]
    )


def _full_stop(words: Words, k: int) -> bool:
    """A stop inside a passage of two sentences, and no abbreviation."""
    return (
        words.words[k] == "."
        and 0 < k < len(words.words) - 1
        and len(words.words[k - 1]) > 2
        and words.capital(k + 1)
    )
