"""What a verb of saying does: the class it is used in, and the position that this gives to its speaker."""

from __future__ import annotations

from index.annotation.clauses import impersonal
from index.annotation.speakers import after_quote, nameable, past_infinitive
from index.annotation.tallies import gives_number
from index.annotation.verb_groups import FINITE, Verb
from index.annotation.words import Words
from index.cues import Hit, Lexicon
from index.types import VoiceStance

_POSITIONS = {
    "says": VoiceStance.ASSERTS,
    "says_of_people": VoiceStance.ASSERTS,
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
    "says_of_people",
    "admits",
    "says_that",
    "quoted",
)
_COUNTED = 5  # words within which who counts stands before « en compte », and the number behind it
_NAMED = 8  # words within which a verb like « call » has the name it gives
_SPEAKER = 8  # words of who says so between the comma and the verb: « …, the agency said »
SAYING = frozenset({"says", "says_that", "quoted", "confirms", "judges", "admits"})


def class_of(words: Words, verb: Verb, verbs: list[Verb], lexicon: Lexicon) -> tuple[str | None, int, bool]:
    """The class of a verb in use, where its cue ends, and whether that class holds its negation already."""
    tail, silenced = words.ends[verb.head], False
    for lemma in verb.lemmas:
        for expression in lexicon.expressions.get(lemma, ()):
            if expression.reflexive and not verb.reflexive:
                continue
            if expression.pronoun and not _has_pronoun(words, verb, expression.pronoun, lexicon.words):
                continue
            if found := expression.pattern.match(words.low, tail):
                label, only_negated, _ = expression.label.partition("_if_not")
                if not only_negated:
                    label = "says" if label == "denies" and _bounds(words, found.end(), lexicon) else label
                    return label, found.end(), False
                if verb.negated:
                    return label, found.end(), True
                silenced = silenced or label == "silent"
    if silenced:
        return None, tail, False
    classes = {label for lemma in verb.lemmas for label in lexicon.classes.get(lemma, ())}
    rule = next((label for label in _RANK if label in classes), None)
    what = not lexicon.words["that_which"].isdisjoint(words.words[max(0, verb.start - _NAMED) : verb.start])
    called = what or _calls(words, verb, lexicon.words)
    if "calls" in classes and (rule is None or rule == "says_that") and called:
        rule = "says"
    if rule in (None, "says_that", "quoted") and gives_number(words, verb, lexicon):
        rule = "says_of_people"
    if rule is None and _closes_quote(words, verb, verbs, lexicon):
        rule = "quoted"
    if rule is None and _interposed(words, verb, verbs, lexicon):
        rule = "quoted"
    if rule is None and _counts(words, verb, lexicon.words):
        rule = "says_of_people"
    if rule in (None, "quoted") and _leads_clause(words, verb, lexicon):
        rule = "says_of_people"
    if rule == "denies" and verb.reflexive:
        return None, tail, False  # « La juge s'est récusée » denies nothing
    return rule, tail, False


def _has_pronoun(words: Words, verb: Verb, pronoun: str, named: dict[str, frozenset[str]]) -> bool:
    """« il y croit », « il s'en défend », « ce dont il se défend »."""
    return pronoun in words.words[verb.start : verb.head] or (
        pronoun in named["of_them"] and verb.opener in named["of_which"]
    )


def _bounds(words: Words, end: int, lexicon: Lexicon) -> bool:
    """« insists no more than 300 came »: the "no" that ends at character `end` bounds a number."""
    return not lexicon.words["bounding"].isdisjoint(words.words[words.at(end - 1) + 1 :][:1])


def _leads_clause(words: Words, verb: Verb, lexicon: Lexicon) -> bool:
    """« Le maire a tonné que le pont tiendrait »: somebody, a verb in no list, « que » and a clause.

    What takes a clause and says nothing, « faire que », stands in the lists.
    """
    named, that = lexicon.words, verb.head + 1
    quotes = any("quoted" in lexicon.classes.get(lemma, ()) for lemma in verb.lemmas)
    if not quotes and any(verb.lemmas):
        return False
    if verb.use != "finite" or verb.negated or verb.reflexive or that + 1 >= len(words.words):
        return False
    # « je note que », « il ne dit que des bêtises »
    others = named["first_person"] | named["negators"]
    if not others.isdisjoint(words.words[max(0, verb.start - 1) : verb.head]) or impersonal(
        words, verb, lexicon
    ):
        return False
    opens = named["determiners"] | named["nominative"] | named["prepositions"] | named["numbers"]
    # « patrolled that morning »
    clause = words.words[that + 1] in opens or words.capital(that + 1)
    return clause and words.words[that] in named["that"] - named["undecided"]


def _counts(words: Words, verb: Verb, named: dict[str, frozenset[str]]) -> bool:
    """« la police n'en compte que 180 »: who counts the same people otherwise says how many."""
    group, near = words.words[verb.start : verb.head], words.words[verb.head + 1 : verb.head + _COUNTED]
    told = not named["counts"].isdisjoint(verb.lemmas) and "en" in group and verb.use in FINITE
    counters = words.words[max(0, verb.start - _COUNTED) : verb.start]
    return told and any(w[0].isdigit() for w in near) and not named["counters"].isdisjoint(counters)


def _interposed(words: Words, verb: Verb, verbs: list[Verb], lexicon: Lexicon) -> bool:
    """Whether a verb turned round gives what stands before it to its speaker, whatever the verb.

    « "Enfin !", a bougonné le pêcheur », « La route est coupée, s'est-elle agacée. »
    """
    named = lexicon.words
    if verb.use not in FINITE or not named["never_interposed"].isdisjoint(verb.lemmas) or not verb.start:
        return False
    before = words.words[verb.start - 1]
    if not named["never_interposed"] or (words.quoted[verb.head] and before != ","):
        return False
    marked = before == "," or words.words[verb.start - 2] in "!?…,."
    marked = marked and after_quote(words, verb, named)
    if not named["subject_clitics"].isdisjoint(words.words[verb.start + 1 : verb.head + 2]):
        told = any(v.use in FINITE and v.head < verb.start for v in verbs)
        return marked or (before == "," and told and not words.low.rstrip(' »”"').endswith("?"))
    k = past_infinitive(words, verb.head + 1, named)
    return marked and not words.quoted[verb.head] and k < len(words.words) and nameable(words, k, named)


def _calls(words: Words, verb: Verb, named: dict[str, frozenset[str]]) -> bool:
    """« called the verdict “a farce” », « called it a farce »: the name it gives follows its object."""
    near = words.words[verb.head + 1 : verb.head + _NAMED]
    opens = bool(near) and near[0] in named["determiners"] | named["pronouns"]
    for first, name, then, last in zip(near, near[1:], near[2:], [*near[3:], ""], strict=False):
        if not opens or not first.isalpha() or first in named["prepositions"] | named["joins"]:
            break
        if name in named["names_as"]:
            return then not in named["time_nouns"] and last not in named["interposed"]
    for k in range(verb.head + 1, min(len(words.words), verb.head + _NAMED)):
        if words.quoted[k] or not words.words[k][0].isalnum():
            # « a film called “The Wall” » has no object.
            return words.quoted[k] and k > verb.head + 1
    return False


def _closes_quote(words: Words, verb: Verb, verbs: list[Verb], lexicon: Lexicon) -> bool:
    """Whether a verb gives the quotation that opens the sentence to somebody, whatever the verb.

    « “It is over,” the manager snapped »: no other verb stands between the two.
    """
    if verb.use != "finite" or verb.opener is not None or not words.quoted[0] or words.quoted[verb.head]:
        return False
    if words.words[verb.head] in lexicon.words["sure_verbs"] | lexicon.words["be"]:
        return False  # « s'est-il contenté d'ajouter », « "Enough" was the headline »
    end = words.quoted.index(False)
    comma = words.words[end] == ","
    if not comma and words.words[end - 2] not in (",", "?", "!"):
        return False
    following = verb.head + 1
    if verb.start == end + comma and not (
        following < len(words.words) and nameable(words, following, lexicon.words)
    ):
        return False
    return end <= verb.start and not any(v.use in FINITE and end <= v.head < verb.head for v in verbs)


def is_plain(words: Words, verb: Verb, lexicon: Lexicon) -> bool:
    """Whether a verb counts by itself and not through an expression, nor by being reflexive."""
    tail = words.ends[verb.head]
    expressions = (e for lemma in verb.lemmas for e in lexicon.expressions.get(lemma, ()))
    if any(e.reflexive and e.pattern.match(words.low, tail) for e in expressions):
        return False
    return lexicon.words["reflexive_speech"].isdisjoint(verb.lemmas)


def position(words: Words, verb: Verb, rule: str, end: int, hits: list[Hit], lexicon: Lexicon) -> VoiceStance:
    stance, named = _POSITIONS[rule], lexicon.words
    if verb.negated:
        # « n'exclut pas la piste » and « ne conteste pas les faits » hold it to be so or possible;
        # « ne dément pas » says nothing.
        told = rule == "denies" and any(lemma in lexicon.negated for lemma in verb.lemmas)
        if rule in ("denies", "silent") and not told:
            return VoiceStance.SILENT
        # « n'a pas mis en doute », "never had any doubts": who does not doubt a thing holds it to be so.
        otherwise = "asserts" if rule == "doubts" else "silent"
        label = next((lexicon.negated[lemma] for lemma in verb.lemmas if lemma in lexicon.negated), otherwise)
        return VoiceStance.ASSERTS if label == "plain" else VoiceStance(label)
    quoted = verb.use in ("participle", "passive")
    denied = (
        any(hit.table == "stance.denied" and hit.start >= end for hit in hits)
        or _replied_no(words, verb, hits)
        or _denied_before(words, verb, hits, named)
        or _denied_outright(words, verb, hits, named)
    )
    open_to_it = rule == "admits" or not named["wishes"].isdisjoint(verb.lemmas)
    if stance is not VoiceStance.ASSERTS or quoted or open_to_it:
        return stance  # « Il admet n'avoir pas vérifié », « Il craint de ne pas être élu » deny nothing
    if denied:
        return VoiceStance.DENIES
    return VoiceStance.DOUBTS if _before(words, verb, hits, {"stance.doubted"}, named) else stance


def _denied_before(words: Words, verb: Verb, hits: list[Hit], named: dict[str, frozenset[str]]) -> bool:
    """« C'est un mensonge », a réagi le maire; « Faux », dit-il: the words given before the verb deny."""
    if denied_alone(words, verb.start, hits):
        return True
    return _before(words, verb, hits, {"stance.denied", "stance.denies", "stance.denied_alone"}, named)


def denied_alone(words: Words, k: int, hits: list[Hit]) -> bool:
    """« Faux, dit-il », « Faux, selon le maire »: all that stands before the comma at word `k` - 1 denies."""
    told = words.starts[k - 2] if k > 1 and words.words[k - 1] == "," else -1
    return any(h.table == "stance.denied_alone" and h.start == 0 and h.end > told >= 0 for h in hits)


def _replied_no(words: Words, verb: Verb, hits: list[Hit]) -> bool:
    """« a répondu le maire : « Absolument pas. » », « "Never," he said »: what is quoted begins with a no."""
    for hit in hits:
        first, last = words.at(hit.start), words.at(hit.end - 1)
        if hit.table != "stance.denied_reply" or not words.quoted[first] or last + 1 >= len(words.words):
            continue
        opens, closes = words.quotation(first)
        begins = not any(word[0].isalnum() for word in words.words[opens:first])
        behind = opens > verb.head and words.words[opens - 1] == ":"
        if begins and not words.words[last + 1][0].isalnum() and (behind or closes <= verb.start):
            return True
    return False


def _denied_outright(words: Words, verb: Verb, hits: list[Hit], named: dict[str, frozenset[str]]) -> bool:
    """« La rumeur est fausse, affirme le maire. »: all that stands before the comma is what is said."""
    comma = next((k for k in range(verb.start - 1, 0, -1) if words.words[k] == ","), 0)
    behind = words.words[comma + 1 : verb.start]
    apart = named["contrast"] | named["conjunctions"] | named["subordinators"]
    if not comma or len(behind) > _SPEAKER or not apart.isdisjoint((*behind, words.words[0])):
        return False
    ends = named["that"].isdisjoint(words.words[verb.head + 1 :]) and not any(words.quoted)
    return ends and any(h.table == "stance.denies" and h.end <= words.starts[comma] for h in hits)


def _before(
    words: Words, verb: Verb, hits: list[Hit], tables: set[str], named: dict[str, frozenset[str]]
) -> bool:
    """Whether a phrase of some lists stands in the quotation given before a verb."""
    # "It is a lie," the spokesman said
    opened = words.quoted[0] and not words.quoted[verb.start] and verb.opener is None
    if not after_quote(words, verb, named) and not opened:
        return False
    before = (h for h in hits if h.table in tables and h.end <= words.starts[verb.start])
    return any(words.quoted[words.at(h.start)] for h in before)
