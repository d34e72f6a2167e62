"""Who has the words that a verb of saying gives, and who can have any."""

from __future__ import annotations

from itertools import pairwise, takewhile

from index.annotation.clauses import impersonal
from index.annotation.holders import antecedent, before
from index.annotation.noun_phrases import Range, after, somebody, subject
from index.annotation.positions import is_plain
from index.annotation.said import ends, says_clause, tag_comma
from index.annotation.speakers import after_quote, agents, subject_of
from index.annotation.verb_groups import FINITE, Verb, leaning_adverb
from index.annotation.words import Words
from index.cues import Lexicon

Found = tuple[list[Range], str]

# Classes of verbs that give words only with a clause or a quotation.
_CLAUSAL = ("says_that", "quoted", "establishes")
# Classes whose verbs give no words where they are reflexive: « Cela se dit », « se rapporte à ».
_PLAIN = ("says", "says_that", "confirms")


def holders_of(
    words: Words, verb: Verb, rule: str, verbs: list[Verb], lexicon: Lexicon, end: int
) -> Found | None:
    """The holders of a verb of saying and its scope; None where it gives words to nobody."""
    if verb.use in ("participle", "passive") and not (verb.use == "passive" and rule == "silent"):
        return _of_participle(words, verb, rule, verbs, lexicon)
    if verb.use == "gerund":
        return _of_gerund(words, verb, rule, verbs, lexicon)
    return _of_finite(words, verb, rule, verbs, lexicon, end)


def _of_participle(words: Words, verb: Verb, rule: str, verbs: list[Verb], lexicon: Lexicon) -> Found | None:
    """« Une accusation réfutée par le maire »: who stands behind « par »."""
    if not lexicon.words["not_by"].isdisjoint(verb.lemmas) or rule == "silent":
        return None
    agent = agents(words, verb.head, verbs, lexicon)
    whole = words.words[-1] == "." and not any(v.use in FINITE for v in verbs)
    # « Une accusation réfutée par le maire. » is a sentence, without its stop a heading.
    scope = "main" if whole or (verb.use == "passive" and verb.opener is None) else "aside"
    told = rule not in _CLAUSAL or rule == "says_that"
    return (agent, scope) if agent and told else None


def _of_gerund(words: Words, verb: Verb, rule: str, verbs: list[Verb], lexicon: Lexicon) -> Found | None:
    """« Le maire a fui, disant craindre la foule »: its own subject, or that of the clause it hangs on."""
    named = lexicon.words
    previous = words.words[verb.start - 1] if verb.start else ""
    if "omits_that" in named["traits"]:
        if previous in named["as"] and (quoted := _quoted(words, verb, verbs, lexicon)):
            return quoted, "main"
        if previous in named["of"] | named["determiners"]:
            return (
                None  # « the occasion of announcing a cut », « the ruling party »: whose it is stands nowhere
            )
    # « un courrier indiquant que … »: it says more of the noun right before it.
    if previous in named["papers"] | named["documents"] | named["be"] or _is_gerund_noun(
        words, verb, lexicon
    ):
        return None
    if verb.reflexive and rule in _PLAIN and is_plain(words, verb, lexicon):
        return None  # « des audiences se rapportant à l'affaire »
    # « According to the paper, citing a source, three ministers left »: nobody here cites.
    if words.words[0] in named["according"] and words.words.index(",") == verb.start - 1:
        return None
    following = words.words[verb.head + 1 : verb.head + 2]
    told = not named["that"].isdisjoint(following)
    if not (told or named["not_by"].isdisjoint(verb.lemmas)) or not named["given"].isdisjoint(verb.lemmas):
        return None  # « sachant que la nuit tombe »
    if rule in _CLAUSAL and not says_clause(words, verb, rule, verbs, lexicon):
        return None
    if own := _own_subject(words, verb, verbs, lexicon) or _before_gerund(words, verb, verbs, lexicon):
        return own, "aside"
    apart = named["conjunctions"] | named["contrast"] | named["subordinators"]
    joined = "omits_that" in named["traits"] and previous[:1].isalnum() and previous not in apart
    noun = any(tag == "infinitive" for w in following for _, tag in lexicon.forms.get(w, ()))
    if joined and (noun or not says_clause(words, verb, rule, verbs, lexicon)):
        return None  # « plans a two-hour warning strike »
    host = _host(words, verb, verbs, named)
    if host is None or host.use == "passive":
        return None
    # « L'ONG, parlant de « crime », quitte la table »: only a verb of saying is turned round.
    says = any(lemma in lexicon.classes for lemma in host.lemmas)
    found = subject_of(words, host, verbs, lexicon, rule)[0] if says else before(words, host, verbs, lexicon)
    return found, "aside"


def _host(words: Words, verb: Verb, verbs: list[Verb], named: dict[str, frozenset[str]]) -> Verb | None:
    """The finite verb that a gerund hangs on."""
    before = [v for v in verbs if v.use in FINITE and v.head < verb.start]
    near = bool(before) and "," not in words.words[before[-1].head : verb.start]
    relative = near and words.words[before[-1].start - 1] == before[-1].opener
    if relative and before[-1].opener in named["relatives"]:
        return before[-1]  # « He met the man who left saying that … »
    if host := next((v for v in reversed(before) if v.opener is None), None):
        return host
    if before and before[-1].opener not in named["relatives"] | named["that"]:
        return before[-1]  # « Although the firm agreed, saying it had to, others did not »
    return next((v for v in verbs if v.use in FINITE and v.opener is None), None)


def _of_finite(
    words: Words, verb: Verb, rule: str, verbs: list[Verb], lexicon: Lexicon, end: int
) -> Found | None:
    named = lexicon.words
    plain = verb.reflexive and rule in _PLAIN and not after_quote(words, verb, lexicon.words)
    if plain and is_plain(words, verb, lexicon):
        return None
    if verb.use == "conditional" and verb.opener is not None and verb.start == verb.head:
        return None
    places, inverted = subject_of(words, verb, verbs, lexicon, rule, end)
    mute = verb.negated and any(lexicon.negated.get(lemma) == "silent" for lemma in verb.lemmas)
    as_said = rule != "quoted" and _as_said(words, verb, named)
    said = inverted or mute or as_said or rule not in _CLAUSAL
    if not said and not says_clause(words, verb, rule, verbs, lexicon):
        return None
    if inverted:
        parted = verb.start > 0 and words.words[verb.start - 1] == ","
        attributive = parted or verb.opener in (None, *named["as"]) or after_quote(words, verb, lexicon.words)
        attributive = attributive or (
            verb.opener in named["that"] and _names_the_said(words, verb, verbs, named)
        )
        return places, "main" if attributive else "inside"
    # « …, the mayor, Joan Pryce, said »: behind a comma the subject is not all before the verb.
    if words.words[max(0, verb.start - 1)] != ",":
        comma = tag_comma(words, verb, verbs, lexicon)
        places = places if comma is None else subject(words, comma + 1, verb.start, lexicon)
    if not places and not impersonal(words, verb, lexicon):
        return None
    main = verb.opener is None or not _main(verbs) or as_said or _points_out(words, verb, verbs, named)
    return places, "main" if main else "inside"


def _own_subject(words: Words, verb: Verb, verbs: list[Verb], lexicon: Lexicon) -> list[Range]:
    """« …, des clients s'étant plaints », « …; chaque camp accusant l'autre »: its own subject before it."""
    comma = next((k for k in range(verb.start - 1, -1, -1) if words.words[k] in ",;"), None)
    if comma is None or any(v.use in FINITE and comma < v.head < verb.start for v in verbs):
        return []  # « Lundi, le maire est parti en disant que … »
    if verb.start - comma < 2 or (verb.start == verb.head and words.words[comma] == ","):
        return []
    opens = words.words[comma + 1] in lexicon.words["determiners"]
    return subject(words, comma + 1, verb.start, lexicon) if opens else []


def _before_gerund(words: Words, verb: Verb, verbs: list[Verb], lexicon: Lexicon) -> list[Range]:
    """« une plainte déposée par dix communes contestant la loi »: the people right before it say so."""
    if not verb.start or not words.words[verb.start - 1].isalpha() or not lexicon.words["while"]:
        return []
    places = antecedent(words, verb.start, verbs, lexicon)
    return [p for p in places if p[1] == verb.start and somebody(words, p, lexicon.words)]


def _quoted(words: Words, verb: Verb, verbs: list[Verb], lexicon: Lexicon) -> list[Range]:
    """« The mayor was quoted as saying … », « They quoted the mayor as saying … »: the mayor says so."""
    host = next((v for v in reversed(verbs) if v.use in FINITE and v.head < verb.start), None)
    if host is None or lexicon.words["quotes"].isdisjoint(host.lemmas):
        return []
    if host.use == "passive":
        return subject_of(words, host, verbs, lexicon, "says")[0]
    return after(words, host.head + 1, verbs, lexicon)


def _as_said(words: Words, verb: Verb, named: dict[str, frozenset[str]]) -> bool:
    """« As one officer put it, every hour counts », « It fell, as he noted. »: the rest is what he said."""
    if verb.opener not in named["as"]:
        return False
    opens = next((k for k in range(verb.start - 1, -1, -1) if words.words[k] in named["as"]), 0)
    parted = opens == 0 or words.words[opens - 1] == ","
    return parted and (
        "," in words.words[verb.head + 1 : verb.head + 4] or ends(words, verb.head + 1, named["titles"])
    )


def _is_gerund_noun(words: Words, verb: Verb, lexicon: Lexicon) -> bool:
    """« its second profit warning in a year »: behind a noun, and with nothing of its own behind it."""
    if "gerund_is_noun" not in lexicon.words["traits"]:
        return False
    if not verb.start or not words.words[verb.start - 1].isalpha():
        return False
    following = words.words[verb.head + 1 : verb.head + 2]
    return not following or following[0] in lexicon.words["prepositions"] or not following[0][0].isalnum()


def _names_the_said(words: Words, verb: Verb, verbs: list[Verb], named: dict[str, frozenset[str]]) -> bool:
    """« Une version que conteste la mairie », « C'est ce que dit la police »: nothing else is said."""
    main = [v for v in verbs if v.use in FINITE and v.opener is None]
    cleft = len(main) == 1 and main[0].head == 1 and words.words[verb.start - 2] in named["mute_pronouns"]
    return not main or (cleft and words.words[0] in named["mute_pronouns"])


def _points_out(words: Words, verb: Verb, verbs: list[Verb], named: dict[str, frozenset[str]]) -> bool:
    """« C'est un voisin qui raconte la scène »: what « qui » opens is all that is said."""
    before = [v for v in verbs if v.use in FINITE and v.head < verb.start]
    pointed = len(before) == 1 and before[0].start == 1 and words.words[1] in named["be"]
    return pointed and words.words[0] in named["mute_pronouns"] and verb.opener in named["relatives"]


def _main(verbs: list[Verb]) -> bool:
    """Whether the sentence has a main clause of its own."""
    return any(v.use in FINITE and v.opener is None for v in verbs)


def it_said(words: Words, place: Range, verb: Verb, lexicon: Lexicon) -> bool:
    """« It warned that … », « Sales rose, it said. »: where a clause begins « it » is a body that speaks."""
    named = lexicon.words
    if words.words[place[0] : place[1]] != ("it",) or place[1] > verb.start or verb.use == "passive":
        return False
    # « it further warned »
    between = words.words[place[1] : verb.start]
    if not all(leaning_adverb(word, named) for word in between) or not named["it_shows"].isdisjoint(
        verb.lemmas
    ):
        return False
    # « Last week it said that … », « and in 2009 it said that … »
    first = place[0]
    while first and _is_when(words.words[first - 1], named):
        first -= 1
    previous = words.words[first - 1] if first else ","
    opens = named["subordinators"] - named["that"] - named["relatives"]
    return (
        previous in ",.;:"
        or previous in opens | named["conjunctions"] | named["contrast"] | named["adverbial"]
        or (previous in '"”»' and words.quoted[first - 1])  # « "We are glad," it said »
        # « …, charges it rejects »
        or (previous in named["apposed"] and any("denies" in lexicon.classes.get(v, ()) for v in verb.lemmas))
    )


def _is_when(word: str, named: dict[str, frozenset[str]]) -> bool:
    """Whether a word may tell a time: « last week », « in June »."""
    times = named["time_nouns"] | named["time_adjectives"] | named["weekdays"] | named["months"]
    return word in times | named["at_day"] or word[0].isdigit()


def can_speak(words: Words, place: Range, rule: str, following: tuple[str, ...], lexicon: Lexicon) -> bool:
    named = lexicon.words
    first, clause = words.words[place[0]], named["that"] | named["if"]
    if first == "no" and not words.words[place[0] + 1][0].isdigit():
        return False  # « no one », « no official »
    if first == "not":
        return False  # "not everyone agreed"
    if first in named["nobody"] or (place[1] - place[0] == 1 and first in named["mute_pronouns"]):
        return False
    if first in named["impersonal"] and any(
        a in named["of_nobody"] and b in clause for a, b in pairwise(following)
    ):
        return False  # « il n'est pas certain que le pont tienne »
    if words.words[place[0] : place[1]] == ("one",) and (
        words.words[place[1]] in named["modals"] or words.words[place[1]].endswith("s")
    ):
        return False  # « one cannot say », « if one considers »
    head = words.words[place[0] : min(place[1], place[0] + 4)]
    if any(f"{one}:{next_}" in named["things"] for one, next_ in pairwise(head)):
        return False
    adverb = place[1] - place[0] == 1 and first in named["adverbial"] | named["also"]
    letters = words.text[words.starts[place[0]] : words.ends[place[0]]].isupper()  # « OR » is a body
    if adverb and not letters and named["manner_ends"]:
        return False  # « Souvent critique, le maire … »
    if any(word in named["people"] for word in head):
        return True
    if "omits_that" in named["traits"]:
        # « the budget office said »: in English the last noun tells what it is.
        noun = tuple(takewhile(lambda word: word not in named["prepositions"] | named["of"], head))
        head = noun[-1:] or head
    own = {words.words[k] for k in range(*place) if k and words.capital(k)}  # « Mr Price said »
    for word in head:
        if word in named["things"] and word not in own:
            return False
        if word in named["papers"]:
            # « la note dit que … », « une vidéo prétend montrer … »
            # Likewise « les chiffres font état de … ».
            if not named["paper_tells"].isdisjoint(following[:1]):
                return True
            shows = following[1:2] if following[:1] == ("to",) else following[:1]
            shown = any(tag == "infinitive" for w in shows for _, tag in lexicon.forms.get(w, ()))
            # In English what follows a verb that needs a clause may be one without « that ».
            said = rule == "says_that" and "omits_that" in named["traits"]
            return shown or said or any(w in named["that"] for w in following)
    return not (first in named["demonstratives"] and rule in ("confirms", "says_that", "evidence", "says"))
