"""What a verb of saying says: the clause, infinitive or quotation that follows it or stands before it."""

from __future__ import annotations

from index.annotation.holders import full_stop
from index.annotation.noun_phrases import is_time, past_time
from index.annotation.speakers import past_hearer, to_infinitive
from index.annotation.verb_groups import FINITE, Verb, restricts
from index.annotation.words import Words
from index.cues import Lexicon

_FARTHEST = 25  # words behind a verb within which what it says begins


def says_clause(words: Words, verb: Verb, rule: str, verbs: list[Verb], lexicon: Lexicon) -> bool:
    """Whether a clause, an infinitive or a quotation follows a verb that needs one."""
    named = lexicon.words
    if (words.quoted[0] and not words.quoted[verb.start]) or _behind_quote(words, verb, verbs, named):
        return True
    if not named["says_it"].isdisjoint(verb.lemmas) and not named["object_clitics"].isdisjoint(
        words.words[verb.start : verb.head]
    ):
        return True  # « Le maire l'a répété »
    if rule != "quoted" and tag_comma(words, verb, verbs, lexicon) is not None:
        return True
    following = verb.head + 1
    near = _past_adverbs(words, following, named)
    if not named["asking"].isdisjoint(words.words[near : near + 1]):
        return True  # « explained how it works »
    if not named["that_only"].isdisjoint(verb.lemmas):
        if restricts(words, verb, named):
            return False
        return _that_follows(words, following, named)
    if not named["claims_to"].isdisjoint(verb.lemmas) and _to_do(words, following, lexicon):
        return True
    if not named["says_alone"].isdisjoint(verb.lemmas) and _speaks_on(words, following, named):
        return True
    last = min(len(words.words), following + _FARTHEST)
    if rule == "quoted":
        return _quotation_follows(words, following, last)
    return _clause_follows(words, verb, verbs, lexicon, last)


def _that_follows(words: Words, k: int, named: dict[str, frozenset[str]]) -> bool:
    """« sait tout simplement que », but « sait ce que », where nothing is said yet."""
    if not named["manner_ends"]:
        return not named["that"].isdisjoint(words.words[k : k + 2])
    k = _past_adverbs(words, k, named)
    return not named["that"].isdisjoint(words.words[k : k + 1])


def _past_adverbs(words: Words, k: int, named: dict[str, frozenset[str]]) -> int:
    """Past « tout simplement » where it begins at word `k`; in English nothing is passed."""
    ends = tuple(named["manner_ends"])
    while ends and k < len(words.words) and words.words[k] not in named["asking"]:
        if words.words[k] not in named["interposed"] and not words.words[k].endswith(ends):
            break
        k += 1
    return k


def _quotation_follows(words: Words, following: int, last: int) -> bool:
    """« bougonne : « Enfin ! » », « snapped, "Enough" »."""
    for k in range(following, last):
        if words.words[k] == ":" or (words.quoted[k] and k <= following + 1):
            return True
        if words.words[k] == ",":
            return k + 1 < last and words.quoted[k + 1]
    return False


def _clause_follows(words: Words, verb: Verb, verbs: list[Verb], lexicon: Lexicon, last: int) -> bool:
    named, past = lexicon.words, 0
    heads = {
        v.head
        for v in verbs
        if v.use in FINITE
        and not (v.head > verb.head and (_apart(words, v, named) or tag_comma(words, v, verbs, lexicon)))
    }
    # « a assuré mardi à l'AFP n'avoir reçu aucune offre »
    heard = past_hearer(words, past_time(words, verb.head + 1, lexicon), named)
    for k in range(_past_pronoun(words, verb.head + 1, named), last):
        word = words.words[k]
        if (opens := _opens(words, verb, k, verbs, heads, last, named)) is not None:
            return opens
        if word in named["relatives"] and words.words[k - 1] == "," and "omits_that" in named["traits"]:
            # « suggests that man, who is wanted, is in Leeds »: an aside parts a subject from its verb.
            past = max(past, next((j for j in range(k, last) if words.words[j] == ","), k))
        if k < past:
            continue
        if word == "," and k > verb.head + 1 and _is_relative(words, verb, named):
            return False  # « Newton's theory, which describes the pull, may be wrong »
        if word in ";." or word in named["relatives"] or k in heads:
            return False
        if word in named["bare"] and words.words[k - 1] in named["to"] and k == verb.head + 2:
            return True  # « claims to have won », « expects to be closed »
        infinitive = any(tag == "infinitive" for _, tag in lexicon.forms.get(word, ()))
        light = (named["interposed"] | named["clitics"] | named["turns"]) - named["of"]
        begins = _past_pronoun(words, heard if heard <= k else verb.head + 1, named)
        if infinitive and all(w in light for w in words.words[begins:k]):
            return True
    return False


def _past_pronoun(words: Words, k: int, named: dict[str, frozenset[str]]) -> int:
    """Past « , lui, » where it begins at word `k`."""
    return (
        k + 3
        if words.words[k : k + 1] == (",",)
        and words.between_commas(k + 1)
        and (words.words[k + 1] in named["alone"])
        else k
    )


def _is_relative(words: Words, verb: Verb, named: dict[str, frozenset[str]]) -> bool:
    """Whether a verb stands right behind its relative pronoun, and a comma before that."""
    parted = words.words[max(0, verb.start - 2) : verb.start]
    return len(parted) == 2 and parted[0] == "," and parted[1] in named["relatives"] & named["questions"]


def _opens(
    words: Words,
    verb: Verb,
    k: int,
    verbs: list[Verb],
    heads: set[int],
    last: int,
    named: dict[str, frozenset[str]],
) -> bool | None:
    """Whether at word `k` begins what a verb says, or something that it does not say; None for neither."""
    word, near = words.words[k], verb.head + 1
    if word == ":" or (words.quoted[k] and k <= near + 3):
        return True
    # « affirme même que le pont tient », but « affirme, même si … »
    close = k == near + 1 and words.words[k - 1] in named["also"]
    if word in named["that"] and restricts(words, verb, named):
        return False
    if word in named["that"] and (close or words.words[k - 1] not in named["compound_that"]):
        if k > near and _governs(words, k + 1, named):
            return False  # « explain each of the steps that have to be taken »
        if any(v.head == k - 1 > verb.head and v.use == "gerund" for v in verbs):
            return False  # « It proved hard, the mayor saying that … »: another verb has the clause
        return not _has_object(words, verb, k, named)
    if word == "," and k + 1 < last and words.quoted[k + 1]:
        return True
    if word == "," and k == near:
        closes = next((j for j in range(k + 1, last - 1) if words.words[j] == ","), None)
        if closes is not None and words.words[closes + 1] in named["that"]:
            return True  # « said, without going into detail, that »
    ends = k == near and (word == "," or (word == "." and verb.opener not in named["that"]))
    if "omits_that" in named["traits"] and (k in heads or ends):
        # « the bridge fell, officials said, and … » and « officials said the bridge fell »
        # « which critics claim is costly »
        within = k in heads and verb.opener in named["relatives"]
        return k > near or within or any(head < verb.head for head in heads)
    return None


def _behind_quote(words: Words, verb: Verb, verbs: list[Verb], named: dict[str, frozenset[str]]) -> bool:
    """« It was late: "We lost," she said on Friday »: right before the speaker a quotation ends."""
    k = verb.start - 1
    while k > 1 and not words.quoted[k] and words.words[k][0].isalnum():
        k -= 1
    k -= words.words[k] == ","
    ends = 0 < k < verb.start - 1 and words.quoted[k] and words.words[k] in '"”»'
    # « It was late: "We lost" she said »
    led = ends and words.words[words.quotation(k)[0] - 1] == ":"
    if not ends or (words.words[k - 1] not in ",!?" and not led):
        return False
    # « Though the text spoke of "friendship," the mayor said little »
    whole = any(v.use in FINITE and words.quotation(k)[0] <= v.head < k for v in verbs)
    return whole or words.words[0] not in named["subordinators"]


def _governs(words: Words, k: int, named: dict[str, frozenset[str]]) -> bool:
    """Whether an English verb follows « that » at once, which then is a relative pronoun."""
    return "omits_that" in named["traits"] and not named["sure_verbs"].isdisjoint(words.words[k : k + 1])


def _to_do(words: Words, k: int, lexicon: Lexicon) -> bool:
    """« claims to own it », « claimed not to know »: an infinitive is what is claimed."""
    return to_infinitive(words, k + (words.words[k : k + 1] in (("not",), ("only",), ("never",))), lexicon)


def _apart(words: Words, verb: Verb, named: dict[str, frozenset[str]]) -> bool:
    """Whether a verb begins no clause that is said: a conjunction adds it, or "since" opens it."""
    if "omits_that" not in named["traits"]:
        return False
    added = words.words[max(0, verb.start - 1)] in named["conjunctions"] | named["contrast"]
    return added or verb.opener not in (None, *named["that"])


def _speaks_on(words: Words, k: int, named: dict[str, frozenset[str]]) -> bool:
    """« Police say gunmen stormed the school »: after « say » three words or more are what is said."""
    times = named["weekdays"] | named["time_nouns"] | named["time_adjectives"]
    while k < len(words.words) and words.words[k] in times:
        k += 1
    said = [word for word in words.words[k:] if word[0].isalnum()]
    return len(said) > 2 and said[0] not in named["prepositions"] | named["says_nothing"]


def _has_object(words: Words, verb: Verb, that: int, named: dict[str, frozenset[str]]) -> bool:
    """« found a planet that orbits its star »: « that » stands for what was found."""
    if named["finds"].isdisjoint(verb.lemmas):
        return False
    k = verb.head + 1
    while k < that and (words.words[k] in named["interposed"] or words.words[k].endswith("ly")):
        k += 1
    # « found no sign that the firm knew » says so.
    others = named["prepositions"] | named["negators"]
    return k < that and words.words[k] not in others and words.words[k][0].isalnum()


def tag_comma(words: Words, verb: Verb, verbs: list[Verb], lexicon: Lexicon) -> int | None:
    """The comma of « Twelve people died, officials said on Monday »: a clause, who said so, and no object.

    At the end of it no verb need be read before: « Twelve dead in fire, police say ».
    """
    named = lexicon.words
    if "says_last" not in named["traits"] or verb.opener is not None or verb.use not in FINITE:
        return None
    # « …, the mayor, Joan Pryce, said »: the comma before the verb only closes her name.
    comma = next((k for k in range(verb.start - 2, -1, -1) if words.words[k] == ","), None)
    if comma is None or words.quoted[comma]:
        return None
    # « a source close to him said », « officials briefed on it said »: what hangs on them is no clause.
    closed = words.words[verb.start - 1] == ","
    if any(
        comma < v.head < verb.start
        and (closed or v.use in FINITE or (v.start == comma + 1 and _hangs(words, v, named)))
        for v in verbs
    ):
        return None
    if all(_adverb(words.words[k], named) for k in range(comma + 1, verb.start - closed)):
        return None  # « The mayor, however, also brushed off the plan »
    parts = named["conjunctions"] | named["contrast"]
    if words.words[comma + 1] in parts | named["prepositions"] or words.words[verb.start - 1] in parts:
        return None
    if any(full_stop(words, k, named["titles"]) for k in range(comma + 1, verb.start)):
        return None
    k = verb.head + 1
    # « Taxes will rise, the opposition claims; the government says no. »
    closes = words.words[k : k + 1] == (";",) or ends(words, k, named["titles"])
    if closes or (not closed and _goes_on(words, k, lexicon)):
        return comma
    earlier = any(v.use in FINITE and v.opener is None and v.head < comma for v in verbs)
    if not earlier and not _unread_clause(words, verb, comma, verbs, named):
        return None
    told = not named["takes_hearer"].isdisjoint(verb.lemmas)
    told = told or words.words[k] in named["prepositions"] | named["interposed"]
    return comma if told or is_time(words, k, lexicon) else None


def _hangs(words: Words, verb: Verb, named: dict[str, frozenset[str]]) -> bool:
    """Whether behind a comma begins what says more of a noun, and no « leaked report says »."""
    noun = words.words[verb.head + 1]
    modifies = verb.use == "participle" and noun in named["people"] | named["papers"]
    return verb.use != "infinitive" and not modifies


def _goes_on(words: Words, k: int, lexicon: Lexicon) -> bool:
    """« The bridge, officials said on Monday, is unsafe »: behind a comma the clause goes on."""
    if words.words[k] in lexicon.words["at_day"]:
        k += 1
    k = past_time(words, k, lexicon)
    return words.words[k : k + 1] == (",",) and not words.quoted[k + 1 if k + 1 < len(words.words) else k]


def _adverb(word: str, named: dict[str, frozenset[str]]) -> bool:
    ends = word.endswith(tuple(named["adverb_ends"])) and word not in named["no_adverbs"]
    return ends or word in named["adverbs"] | named["adverbial"] or word == ","


def _unread_clause(
    words: Words, verb: Verb, comma: int, verbs: list[Verb], named: dict[str, frozenset[str]]
) -> bool:
    """Whether what stands before the comma may be a clause whose verb is not known."""
    opening = words.words[0]
    fronted = named["prepositions"] | named["subordinators"] | named["adverbial"] | named["gerund_starts"]
    if comma < 3 or opening in fronted or opening.endswith(("ing", "ed", "ly")):
        return False
    if words.words[verb.start - 1] == "," or not named["that"].isdisjoint(words.words[verb.head :]):
        return False
    return not any(v.use in FINITE and v.head > verb.head for v in verbs)


def ends(words: Words, k: int, titles: frozenset[str]) -> bool:
    return words.words[k:] in ((), (".",)) or full_stop(words, k, titles)
