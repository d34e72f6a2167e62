"""Who says what in a sentence: every verb, noun or preposition that gives words to somebody.

`find` names the facts alone; what they mean for the article (stance) and which of
them are voices is decided by those who read them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from index import holders
from index.clauses import FINITE, Verb
from index.cues import Hit, Lexicon
from index.types import VoiceStance
from index.words import Words

Place = tuple[int, int]

_POSITIONS = {
    "says": VoiceStance.ASSERTS,
    "says_that": VoiceStance.ASSERTS,
    "quoted": VoiceStance.ASSERTS,
    "confirms": VoiceStance.ASSERTS,
    "establishes": VoiceStance.ASSERTS,
    "admits": VoiceStance.ASSERTS,
    "judges": VoiceStance.ASSERTS,
    "distances": VoiceStance.ASSERTS,
    "evidence": VoiceStance.ASSERTS,
    "doubts": VoiceStance.DOUBTS,
    "denies": VoiceStance.DENIES,
    "silent": VoiceStance.SILENT,
}
# Where a verb stands in several classes, the more telling one counts.
_RANK = (
    "distances",
    "denies",
    "doubts",
    "confirms",
    "silent",
    "evidence",
    "establishes",
    "judges",
    "says",
    "admits",
    "says_that",
    "quoted",
)
# How many complements may stand between a verb and the speaker after it.
_COMPLEMENTS = 3
_NEGATABLE = frozenset({"says", "says_that", "quoted", "confirms", "judges", "admits"})


@dataclass(frozen=True, slots=True)
class Speech:
    """Words given to somebody. Places are characters of the sentence, ends exclusive.

    `rule` is the class of the cue; `scope` is main, inside (a subordinate clause),
    aside (a participle) or noun; `content` is where the words given begin.
    """

    rule: str
    stance: VoiceStance
    cue: Place
    holders: tuple[Place, ...]
    scope: str
    content: int


def find(words: Words, verbs: list[Verb], hits: list[Hit], lexicon: Lexicon) -> list[Speech]:
    """Every speech of a sentence, in the order of its cues. Quoted words count for nothing."""
    found = [*_attributions(words, verbs, hits, lexicon), *_nouns(words, verbs, lexicon)]
    for verb in verbs:
        if not _inside_quote(words, verb.head) and (speech := _of_verb(words, verb, verbs, hits, lexicon)):
            found.append(speech)
    if title := _labelled_quote(words, verbs, lexicon):
        found.append(title)
    return sorted(found, key=lambda speech: speech.cue)


def _of_verb(words: Words, verb: Verb, verbs: list[Verb], hits: list[Hit], lexicon: Lexicon) -> Speech | None:
    named = lexicon.words
    rule, end = _class(words, verb, lexicon)
    if rule is None or _switched_off(words, verb, hits):
        return None
    if rule == "establishes" and words.words[verb.head].endswith(lexicon.future_endings):
        return None
    start = verb.start
    if verb.use == "infinitive":
        light = next((h for h in hits if h.table == "light" and 0 <= words.starts[start] - h.end <= 1), None)
        if light is None:
            return None
        start = words.at(light.start)
        host = next((v for v in verbs if v.start <= start <= v.head and v.use in FINITE), None)
        if host is None:
            return None
        verb = replace(verb, start=host.start, opener=host.opener, use="finite")
    found = _holders(words, verb, rule, end, verbs, lexicon)
    if found is None:
        return None
    places, scope = found
    following = words.words[verb.head + 1 : verb.head + 6]
    kept = tuple(p for p in places if _can_speak(words, p, rule, following, lexicon))
    if places and not kept:
        return None
    # « je » outside a quotation is the article, or somebody whose marks were lost: no voice of its own.
    kept = tuple(p for p in kept if words.words[p[0]] not in named["first_person"])
    stance = _position(verb, rule, end, hits, lexicon)
    if verb.negated and rule in _NEGATABLE:
        rule = stance.value if stance is not VoiceStance.ASSERTS else rule
    cue = (words.starts[start], end)
    return Speech(rule, stance, cue, tuple(_place(words, p) for p in kept), scope, end)


def _holders(
    words: Words, verb: Verb, rule: str, end: int, verbs: list[Verb], lexicon: Lexicon
) -> tuple[list[tuple[int, int]], str] | None:
    """The holders of a verb of saying and its scope; None where it gives words to nobody."""
    named = lexicon.words
    clause = rule in ("says_that", "quoted", "establishes")
    if verb.use in ("participle", "passive"):
        if not named["not_by"].isdisjoint(verb.lemmas) or rule in ("doubts", "silent"):
            return None
        agent = _agent(words, verb.head, verbs, lexicon)
        scope = "main" if verb.use == "passive" and verb.opener is None else "aside"
        told = not clause or rule == "says_that"
        return (agent, scope) if agent and told else None
    if verb.use == "gerund":
        # « un courrier indiquant que … »: it says more of the noun right before it.
        previous = words.words[verb.start - 1] if verb.start else ""
        if previous in named["papers"] or previous in named["be"]:
            return None
        if not named["not_by"].isdisjoint(verb.lemmas) or (
            clause and not _says_clause(words, verb, rule, verbs, lexicon)
        ):
            return None
        before = [v for v in verbs if v.use in FINITE and v.head < verb.start]
        host = next((v for v in reversed(before) if v.opener is None), None)
        host = host or next((v for v in verbs if v.use in FINITE and v.opener is None), None)
        if host is None or host.use == "passive":
            return None
        return _subject(words, host, verbs, lexicon, rule)[0], "aside"
    if verb.reflexive and rule in ("says", "says_that", "confirms") and _plain_class(words, verb, lexicon):
        return None
    if verb.use == "conditional" and verb.opener is not None and verb.start == verb.head:
        return None
    places, inverted = _subject(words, verb, verbs, lexicon, rule)
    mute = verb.negated and any(lexicon.negated.get(lemma) == "silent" for lemma in verb.lemmas)
    if clause and not inverted and not mute and not _says_clause(words, verb, rule, verbs, lexicon):
        return None
    if inverted:
        parted = verb.start > 0 and words.words[verb.start - 1] == ","
        attributive = parted or verb.opener in (None, *named["as"]) or _after_quote(words, verb)
        return places, "main" if attributive else "inside"
    if not places and not _impersonal(words, verb, lexicon):
        return None
    return places, "main" if verb.opener is None or not _main(verbs) else "inside"


def _inside_quote(words: Words, k: int) -> bool:
    """Whether a verb is quoted with other words; one alone, « s'est "réjoui" », is the article's own."""
    alone = 0 < k < len(words.words) - 1 and not (words.words[k - 1] + words.words[k + 1]).strip('"«»“”')
    return words.quoted[k] and not alone


def _main(verbs: list[Verb]) -> bool:
    """Whether the sentence has a main clause of its own."""
    return any(v.use in FINITE and v.opener is None for v in verbs)


def _switched_off(words: Words, verb: Verb, hits: list[Hit]) -> bool:
    start, end = words.starts[verb.head], words.ends[verb.head]
    return any(h.table == "pseudo" and h.start < end and start < h.end for h in hits)


def _plain_class(words: Words, verb: Verb, lexicon: Lexicon) -> bool:
    """Whether a verb counts by itself and not through an expression, nor by being reflexive."""
    tail = words.ends[verb.head]
    expressions = (e for lemma in verb.lemmas for e in lexicon.expressions.get(lemma, ()))
    if any(e.reflexive and e.pattern.match(words.low, tail) for e in expressions):
        return False
    return lexicon.words["reflexive_speech"].isdisjoint(verb.lemmas)


def _class(words: Words, verb: Verb, lexicon: Lexicon) -> tuple[str | None, int]:
    """The class of a verb in use, and where its cue ends."""
    tail = words.ends[verb.head]
    for lemma in verb.lemmas:
        for expression in lexicon.expressions.get(lemma, ()):
            if expression.reflexive and not verb.reflexive:
                continue
            if expression.place and "y" not in words.words[verb.start : verb.head]:
                continue
            if found := expression.pattern.match(words.low, tail):
                if expression.label == "silent_if_not":
                    return ("silent", found.end()) if verb.negated else (None, tail)
                return expression.label, found.end()
    classes = {label for lemma in verb.lemmas for label in lexicon.classes.get(lemma, ())}
    return next((label for label in _RANK if label in classes), None), tail


def _position(verb: Verb, rule: str, end: int, hits: list[Hit], lexicon: Lexicon) -> VoiceStance:
    stance = _POSITIONS[rule]
    if verb.negated:
        if rule in ("denies", "silent"):
            return VoiceStance.SILENT
        if rule in ("evidence",):
            return VoiceStance.ASSERTS
        label = next((lexicon.negated[lemma] for lemma in verb.lemmas if lemma in lexicon.negated), "silent")
        return VoiceStance.ASSERTS if label == "plain" else VoiceStance(label)
    quoted = verb.use in ("participle", "passive")
    denied = any(hit.table == "stance.denied" and hit.start >= end for hit in hits)
    if stance is VoiceStance.ASSERTS and not quoted and denied:
        return VoiceStance.DENIES
    return stance


def _subject(
    words: Words, verb: Verb, verbs: list[Verb], lexicon: Lexicon, rule: str
) -> tuple[list[tuple[int, int]], bool]:
    """The holders of a finite verb, and whether they stand after it."""
    named = lexicon.words
    following = verb.head + 1
    if following < len(words.words):
        word = words.words[following]
        if word in named["subject_clitics"] and words.text[words.starts[following] - 1] in "-‑":
            mute = word in named["impersonal"] and word != "il"
            return ([] if mute else [(following, following + 1)]), True
        # « a-t-il dit »: the clitic stands inside the group.
    for k in range(verb.start, verb.head):
        if words.words[k] in named["subject_clitics"] and words.text[words.starts[k] - 1] in "-‑":
            return [(k, k + 1)], True
    speaks = rule in ("quoted", "says", "says_that", "confirms", "admits", "denies", "judges")
    if (speaks and _after_quote(words, verb)) or (
        verb.opener in named["inverting"] and _bare_clause(words, verb, named)
    ):
        k = following
        while k < len(words.words) and (words.words[k] in named["interposed"] or words.words[k] == ","):
            if words.words[k] in named["determiners"] | named["people"] | named["said_where"]:
                break
            k += 1
        k = _past_hearer(words, k, named)
        if k < len(words.words) and _names(words, k, named):
            return holders.after(words, k, verbs, lexicon), True
        if verb.opener is None and rule in ("says", "says_that", "quoted"):
            return [], True
    left = holders.before(words, verb, verbs, lexicon)
    if rule in ("says", "says_that", "denies", "confirms", "quoted", "judges") and verb.start:
        tail = words.words[verb.start - 1] == "," and verb.opener is None
        main = any(v.use in FINITE and v.head < verb.start and v.opener is None for v in verbs)
        # « Faux, répondent les ingénieurs »: a single word before the comma is what they say.
        main = main or any(words.quoted[: verb.start]) or verb.start == 2
        if tail and not main:
            # « Dans ces conditions, calcule la banque, le déficit montera »
            comma = next((k for k in range(following, len(words.words)) if words.words[k] == ","), None)
            main = comma is not None and any(v.use in FINITE and v.start > comma for v in verbs)
            main = main and not any(v.use in FINITE and verb.head < v.head < (comma or 0) for v in verbs)
        while tail and following < len(words.words) - 1 and words.words[following] in named["interposed"]:
            if words.words[following] in named["determiners"] | named["said_where"]:
                break
            following += 1
        following = _past_hearer(words, following, named)
        if tail and main and following < len(words.words) and _names(words, following, named):
            places = holders.after(words, following, verbs, lexicon)
            closed = bool(places) and _closes(words, places[-1][1])
            if rule == "judges" and not closed and not _person(words, following, named):
                return left, False
            if _person(words, following, named) or (closed and rule in ("says", "says_that", "quoted")):
                return places, True
    return left, False


def _past_hearer(words: Words, k: int, named: dict[str, frozenset[str]]) -> int:
    """Past « à l'AFP » in « a indiqué à l'AFP la porte-parole », and past « dans un communiqué »."""
    for _ in range(_COMPLEMENTS):
        if k >= len(words.words) or words.words[k] not in named["said_where"]:
            return k
        k += 1
        while k < len(words.words) and words.words[k] in named["skipped_before_hearer"]:
            k += 1
        k += 1
        while (
            k + 1 < len(words.words)
            and words.words[k] in named["of"]
            and words.words[k - 1] not in named["people"]
        ):
            k += 1
            while k < len(words.words) and words.words[k] in named["determiners"]:
                k += 1
            k += 1
        noun = k
        while k < len(words.words) and words.capital(k) and words.capital(k - 1):
            k += 1
        while k < len(words.words) and words.words[k] in named["weekdays"]:
            k += 1
        # « à l'AFP Anne Morel »: the name after the agency is the speaker's.
        if k >= len(words.words) or not (_names(words, k, named) or words.words[k] in named["said_where"]):
            return noun
    return k


def _closes(words: Words, k: int) -> bool:
    return k >= len(words.words) or words.words[k] in ",.;:"


def _bare_clause(words: Words, verb: Verb, named: dict[str, frozenset[str]]) -> bool:
    """Whether nothing stands between the subordinating word and the verb."""
    k = verb.start - 1
    return k >= 0 and words.words[k] in named["inverting"] and words.words[k] != "qui"


def _after_quote(words: Words, verb: Verb) -> bool:
    """« … », affirme X: a quotation, then its verb; without a comma it must open the sentence."""
    k = verb.start - 1
    while k >= 0 and words.words[k] in (",", "-", "–", "—"):
        k -= 1
    apart = k < verb.start - 1 or words.quoted[0] or words.words[k] in "!?"
    return k >= 0 and apart and words.words[k] in '»”"!?'


def _names(words: Words, k: int, named: dict[str, frozenset[str]]) -> bool:
    word = words.words[k]
    if word in named["numbers"] and k + 1 < len(words.words):
        return words.words[k + 1] in named["people"]
    return (
        words.capital(k)
        or word in named["determiners"]
        or word in named["people"]
        or word in named["pronouns"]
    )


def _person(words: Words, k: int, named: dict[str, frozenset[str]]) -> bool:
    if words.capital(k):
        return True
    near = words.words[k : k + 3]
    return (
        bool(near)
        and near[0] in named["determiners"]
        and (
            any(w in named["people"] or w in named["papers"] for w in near)
            or any(words.capital(j) for j in range(k + 1, min(len(words.words), k + 3)))
        )
    )


def _agent(words: Words, head: int, verbs: list[Verb], lexicon: Lexicon) -> list[tuple[int, int]]:
    """What stands after « par » close to a participle."""
    for k in range(head + 1, min(len(words.words) - 1, head + 12)):
        word = words.words[k]
        if words.quoted[k]:
            continue
        if word in lexicon.words["by"]:
            return holders.after(words, k + 1, verbs, lexicon) if _names(words, k + 1, lexicon.words) else []
        if not word[0].isalnum():
            return []
    return []


def _says_clause(words: Words, verb: Verb, rule: str, verbs: list[Verb], lexicon: Lexicon) -> bool:
    """Whether a clause, an infinitive or a quotation follows a verb that needs one."""
    named = lexicon.words
    heads = {v.head for v in verbs if v.use in FINITE}
    last = min(len(words.words), verb.head + 26)
    if named["omits_that"] and words.quoted[0] and not words.quoted[verb.start]:
        return True
    for k in range(verb.head + 1, last):
        word = words.words[k]
        if word == ":" or (words.quoted[k] and k <= verb.head + (2 if rule == "quoted" else 4)):
            return True
        if rule == "quoted":
            if word == ",":
                return k + 1 < last and words.quoted[k + 1]
            continue
        if word in named["that"] and words.words[k - 1] not in named["compound_that"]:
            return True
        if named["omits_that"] and (k in heads or (k == verb.head + 1 and word in ".,")):
            # « …, officials said. » and « officials said the bridge fell »
            return k > verb.head + 1 or any(head < verb.head for head in heads)
        if word in ";." or word in named["relatives"] or k in heads:
            return False
        infinitive = any(tag == "infinitive" for _, tag in lexicon.forms.get(word, ()))
        light = (named["interposed"] | named["clitics"]) - named["of"]
        if infinitive and all(w in light for w in words.words[verb.head + 1 : k]):
            return True
        if word == "," and k + 1 < last and words.quoted[k + 1]:
            return True
    return False


def _impersonal(words: Words, verb: Verb, lexicon: Lexicon) -> bool:
    return verb.start > 0 and words.words[verb.start - 1] in lexicon.words["impersonal"]


def _can_speak(
    words: Words, place: tuple[int, int], rule: str, following: tuple[str, ...], lexicon: Lexicon
) -> bool:
    named = lexicon.words
    first = words.words[place[0]]
    if first in named["nobody"] or (place[1] - place[0] == 1 and first in named["mute_pronouns"]):
        return False
    if first in named["impersonal"] and words.words[place[1] : place[1] + 1] == ("y",):
        return False
    head = words.words[place[0] : min(place[1], place[0] + 4)]
    if any(word in named["people"] for word in head):
        return True
    for word in head:
        if word in named["things"]:
            return False
        if word in named["papers"]:
            return any(w in named["that"] for w in following)
    return not (first in named["demonstratives"] and rule in ("confirms", "says_that", "evidence", "says"))


def _attributions(words: Words, verbs: list[Verb], hits: list[Hit], lexicon: Lexicon) -> list[Speech]:
    found = []
    named = lexicon.words
    for hit in hits:
        if not hit.table.startswith("attribution."):
            continue
        i = words.at(hit.end - 1) + 1
        if i >= len(words.words) or words.quoted[words.at(hit.start)] or words.words[i] in named["relatives"]:
            continue
        if hit.table == "attribution.leading":
            pronoun = words.words[i] in named["pronouns"] and words.words[i + 1 : i + 2] == (",",)
            if words.at(hit.start) > 1 or not (pronoun or _person(words, i, named)):
                continue
            places = holders.after(words, i, verbs, lexicon)
            stop = places[-1][1] if places else i
            if not places or stop >= len(words.words) or words.words[stop] != "," or stop - i > 9:
                continue
        elif "source" in hit.phrase:
            # « de source policière »: the source is within the cue.
            places = [(words.at(hit.start) + 1, i)]
        else:
            places = holders.after(words, i, verbs, lexicon)
        if not places:
            continue
        if not named["no_source"].isdisjoint(words.words[places[0][0] : places[0][0] + 2]):
            continue
        places = [p for p in places if words.words[p[0]] not in named["ours"]]
        found.append(
            Speech(
                "according",
                VoiceStance.ASSERTS,
                (hit.start, hit.end),
                tuple(_place(words, p) for p in places),
                "main",
                0,
            )
        )
    return found


def _nouns(words: Words, verbs: list[Verb], lexicon: Lexicon) -> list[Speech]:
    """« les soupçons des Occidentaux »: a noun of saying and whom it belongs to."""
    named = lexicon.words
    found = []
    for i, word in enumerate(words.words[:-2]):
        # « à propos du sénateur » gives no words to him.
        if word not in named["attribution.nouns"] or words.quoted[i] or words.words[i - 1] in named["to"]:
            continue
        for k in range(i + 1, min(len(words.words) - 1, i + 6)):
            if words.words[k] in named["of"] or words.words[k] in named["by"]:
                start = k + 1
                places = holders.after(words, start, verbs, lexicon) if start < len(words.words) else []
                people = [p for p in places if _belongs(words, p, named)]
                if people:
                    stance = (
                        VoiceStance.DENIES if word in named["attribution.nouns_deny"] else VoiceStance.ASSERTS
                    )
                    place = (words.starts[i], words.ends[i])
                    found.append(
                        Speech(
                            "noun",
                            stance,
                            place,
                            tuple(_place(words, p) for p in people),
                            "noun",
                            words.ends[i],
                        )
                    )
                    break
            if not words.words[k][0].isalnum() or words.words[k] in named["to"]:
                break
    return found


def _belongs(words: Words, place: tuple[int, int], named: dict[str, frozenset[str]]) -> bool:
    head = words.words[place[0] : min(place[1], place[0] + 3)]
    return any(w in named["people"] for w in head) or words.capital(place[0])


def _labelled_quote(words: Words, verbs: list[Verb], lexicon: Lexicon) -> Speech | None:
    """« Le maire : « Nous partirons » »: a speaker, a colon, a quotation."""
    for k in range(1, min(len(words.words) - 1, 12)):
        if words.words[k] == ":" and words.words[k + 1] in '«“"' and words.quoted[k + 1]:
            if any(v.use in FINITE and v.head < k for v in verbs) or not _person(words, 0, lexicon.words):
                return None
            places = holders.after(words, 0, verbs, lexicon)
            cue = (words.starts[k], words.ends[k])
            return Speech(
                "label",
                VoiceStance.ASSERTS,
                cue,
                tuple(_place(words, p) for p in places),
                "main",
                words.ends[k],
            )
    return None


def _place(words: Words, place: tuple[int, int]) -> Place:
    first, last = place
    while last - first > 1 and words.words[last - 1] in '"«“-–—':
        if words.words[last - 1] == '"' and words.words[first:last].count('"') % 2 == 0:
            break
        last -= 1
    return words.starts[first], words.ends[last - 1]
