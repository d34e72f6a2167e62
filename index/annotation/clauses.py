"""The verbs of a sentence: where each stands, how it is used, and in which kind of clause.

No parser: auxiliaries, clitics and subordinating words are enough to tell « a
confirmé » from « n'a pas confirmé », « est accusé » from « accuse », and a main
clause from a relative one.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from index.annotation.verb_groups import FINITE, Verb, leaning_adverb, verb_group
from index.annotation.words import Words
from index.cues import Lexicon

_OPENED = 3  # words that open a relative clause and are none yet: « whose ward », « who on Monday »
_COMPARED = 5  # words that « plus souvent visitées que » may have before « que »
_TAIL = 4  # words that may close « officials said | on Monday night. »
_ASIDE = 9  # how long « , comme ses voisins, » may be


def verbs(words: Words, lexicon: Lexicon) -> list[Verb]:
    """The verbs of a sentence, in order."""
    named = lexicon.words
    found: list[Verb] = []
    opener: str | None = None
    last_finite: Verb | None = None
    cased = words.cased()
    for i, word in enumerate(words.words):
        if i and cased and words.capital(i) and _is_name(words, i):
            continue
        if word in named["subordinators"] and not (word == "s'" and not is_if(words, i)):
            if _that_only_points(words, i, named):
                opener = None
            elif _opens(words, i, lexicon):
                opener = word
            continue
        if word == "," and _closes(words, i, opener, lexicon):
            opener = None
            continue
        if word in (";", ":") or (word in ("—", "–") and i + 1 < len(words.words)):
            opener = None
            last_finite = None
            continue
        if i and words.quoted[i - 1] and not words.quoted[i] and words.quoted[0]:
            opener = None  # « "J'ai cru que oui", a dit le maire »: what opened within ends there
        verb = verb_group(words, i, lexicon)
        if verb is None or _behind_verb(words, i, found, named):
            continue
        if last_finite and _shares_have(words, verb, last_finite, lexicon):
            verb = replace(verb, use="finite")
        if verb.use in FINITE:
            # One clause, one auxiliary: the participle that follows replaces it.
            if found and found[-1].use in FINITE and found[-1].head >= verb.start:
                opener = found[-1].opener
                found.pop()
            elif opener is None and last_finite and _goes_on(words, verb, last_finite, found, lexicon):
                opener = last_finite.opener
            if _only_compares(words, verb, opener, found, lexicon):
                opener = None
            joined = words.words[verb.start - 1] in named["conjunctions"]
            if opener in named["as"] and joined and "omits_that" in named["traits"]:
                opener = None  # « He sees it as a risk and is calling for calm »
            use = "passive" if last_finite and _shares_be(words, verb, last_finite, named) else verb.use
            verb = replace(verb, use=use, opener=opener)
            opener = None
            last_finite = verb
        found.append(verb)
    return _with_participles(words, found, lexicon)


def _only_compares(words: Words, verb: Verb, opener: str | None, found: list[Verb], lexicon: Lexicon) -> bool:
    """« Des méthodes comme la pilule échouent »: the first verb behind « comme » is of the main clause."""
    named = lexicon.words
    if opener not in named["as"] or "omits_that" in named["traits"] or any(v.use in FINITE for v in found):
        return False
    opens = next(k for k in range(verb.start - 1, -1, -1) if words.words[k] == opener)
    return opens > 1 and words.words[opens - 1].isalpha() and opens + 2 < verb.start


def _is_name(words: Words, i: int) -> bool:
    """« Laurent », « Safe Start », « le bureau (NIE) »: a capital inside a sentence begins a name."""
    word = words.words[i]
    letters = len(word) > 1 and words.text[words.starts[i] : words.ends[i]].isupper()
    # « the head, Mark Lee, said »
    whole = words.words[i - 1] == "," and i + 1 < len(words.words) and words.capital(i + 1)
    return letters or whole or words.words[i - 1][-1].isalnum()


def _opens(words: Words, i: int, lexicon: Lexicon) -> bool:
    """Whether a subordinating word opens a clause where it stands."""
    named, word = lexicon.words, words.words[i]
    if i and words.words[i - 1] in named["such"] | named["as_well"] and exemplifies(word, named):
        return False
    if word in named["that"] and _of_infinitive(words, i + 1, lexicon):
        return False  # « plutôt que de partir »
    if i > 1 and word in named["that"] and words.words[i - 2 : i] == ("en", "tant"):
        return False  # « en tant qu'État indépendant »
    if (word in named["as"] and aside(words, i, lexicon) is not None) or words.between_commas(i):
        return False
    if _preposition(words, i, named):
        return False
    # « après l'attaque », but « après que la foule a fui »
    return word not in named["opens_with_that"] or _next_is_that(words, i, named)


def _preposition(words: Words, i: int, named: dict[str, frozenset[str]]) -> bool:
    """« because of the rain »: before « of » a conjunction opens no clause, but « which of them »."""
    of = "omits_that" in named["traits"] and not named["of"].isdisjoint(words.words[i + 1 : i + 2])
    return of and words.words[i] not in named["relatives"] | named["questions"]


def _closes(words: Words, comma: int, opener: str | None, lexicon: Lexicon) -> bool:
    """Whether no verb comes any more for what a subordinating word opened before this comma."""
    named = lexicon.words
    # « présenté comme étant sûr, dit le maire », « dix pays, parmi lesquels la France, ont voté »,
    # « He fled after the attack, police said »
    if opener in named["as"] | named["among"] | named["prepositions"]:
        return True
    # « dix blessés, dont cinq graves, a dit le préfet »
    if opener in named["of_which"] and _counts(words, comma, named):
        return True
    # « Ann Lee, whose ward borders the river, said »: the verb in between stands in no list.
    if opener in named["relatives"] and _verb_unknown(words, opener, comma, lexicon):
        return True
    # « moins visitées que les tombes d'hier, a dit le garde »
    if opener in named["that"] and _compared(words, comma, lexicon):
        return True
    return _points(words, opener, comma, lexicon)


def _verb_unknown(words: Words, opener: str, comma: int, lexicon: Lexicon) -> bool:
    """Whether a verb follows the first comma of a relative clause in which none was found."""
    opens = next(k for k in range(comma - 1, -1, -1) if words.words[k] == opener)
    if comma - opens <= _OPENED or "," in words.words[opens:comma] or words.words[opens - 1] != ",":
        return False
    return any(
        (verb := verb_group(words, k, lexicon)) is not None and verb.use in FINITE and verb.start == comma + 1
        for k in range(comma + 1, min(len(words.words), comma + 4))
    )


def _goes_on(words: Words, verb: Verb, inner: Verb, found: list[Verb], lexicon: Lexicon) -> bool:
    """Whether a finite verb stands in the clause of the one before it, which another word opened."""
    named = lexicon.words
    if inner.opener is None:
        return False
    between = words.words[inner.head : verb.start]
    fronted = words.words[0] in named["fronting"] and inner.opener == words.words[0]
    if fronted and "," not in between and not named["joins"].isdisjoint(between):
        return True  # « Si le vent tombe et la pluie cesse, … »: no comma ends the condition.
    joined = verb.start > 0 and words.words[verb.start - 1] in named["conjunctions"]
    return joined and not _resumes(words, verb, inner, found, lexicon)


def _of_infinitive(words: Words, k: int, lexicon: Lexicon) -> bool:
    """Whether « de partir » begins at word `k`."""
    leads = words.words[k : k + 1] and words.words[k] in lexicon.words["of"] - lexicon.words["determiners"]
    light = lexicon.words["clitics"]
    behind = next((word for word in words.words[k + 1 : k + 4] if word not in light), "")
    marks = tuple(lexicon.words["infinitive_marks"])
    known = any(tag == "infinitive" for _, tag in lexicon.forms.get(behind, ()))
    return bool(leads) and (known or (bool(marks) and behind.endswith(marks)))


def _behind_verb(words: Words, i: int, found: list[Verb], named: dict[str, frozenset[str]]) -> bool:
    """« a pris part »: what may be a noun is one right behind the verb of its clause."""
    return bool(found) and found[-1].start < found[-1].head == i - 1 and words.words[i] in named["also_nouns"]


def impersonal(words: Words, verb: Verb, lexicon: Lexicon) -> bool:
    """« il y a », "there is": before the verb stands a pronoun that may mean nobody."""
    return verb.start > 0 and words.words[verb.start - 1] in lexicon.words["impersonal"]


def exemplifies(word: str, named: dict[str, frozenset[str]]) -> bool:
    """« tels que », "such as": examples follow, and no clause."""
    return word in named["that"] or ("omits_that" in named["traits"] and word in named["as"])


def _compared(words: Words, comma: int, lexicon: Lexicon) -> bool:
    """Whether « plus … que le pont » closes at a comma and a verb follows it: it only compares.

    Likewise « ce ne serait qu'une copie, croit savoir … », which only restricts.
    """
    named = lexicon.words
    opens = next(k for k in range(comma - 1, -1, -1) if words.words[k] in named["that"])
    told = words.words[comma + 1 : comma + 2]
    near = words.words[max(0, opens - _COMPARED) : opens]
    verb = bool(told) and (told[0] in named["have"] | named["be"] or _gives_words(told[0], lexicon))
    only = not named["restricting"].isdisjoint(near) and named["negations"].isdisjoint(near)
    return verb and opens < comma - 1 and (only or not named["comparing"].isdisjoint(near))


def _points(words: Words, opener: str | None, comma: int, lexicon: Lexicon) -> bool:
    """« They want that kind of life, he said »: no verb came for « that », which only points."""
    named, following = lexicon.words, words.words[comma + 1 : comma + 2]
    if "omits_that" not in named["traits"] or opener not in named["that"] - named["undecided"]:
        return False
    if not named["nominative"].isdisjoint(following):
        return True
    # « …, said Ann Lee », « …, officials said on Monday. »: the last verb tells who says so.
    told = [k for k in range(comma + 1, len(words.words)) if _gives_words(words.words[k], lexicon)]
    rest = words.words[told[0] + 1 :] if told else ()
    turned = told[:1] == [comma + 1] and words.capital(min(comma + 2, len(words.words) - 1))
    return bool(told) and "," not in words.words[comma + 1 : told[0]] and (turned or len(rest) <= _TAIL)


def _shares_have(words: Words, verb: Verb, earlier: Verb, lexicon: Lexicon) -> bool:
    """« Il a nié les faits, puis reconnu une erreur »: behind a conjunction the auxiliary is left out.

    What follows is governed by it: « Il a lancé un projet discuté et critiqué. » has no second verb.
    """
    named, following = lexicon.words, words.words[verb.head + 1 : verb.head + 2]
    perfect = earlier.use in ("finite", "conditional") and earlier.start < earlier.head
    if "past_is_participle" in named["traits"] or verb.use != "participle" or not perfect:
        return False
    head = earlier.head
    held = any(tag == "participle" for _, tag in lexicon.forms.get(words.words[head], ()))
    joined = words.words[verb.start - 1] in (named["joins"] | named["next_verb"]) - named["neither"]
    # The participle of « avoir » has no ending of a gender or a number.
    plain = not words.words[verb.head].endswith(("e", "es", "és", "us"))
    governs = named["that"] | named["determiners"] - named["of"]
    return held and joined and plain and not governs.isdisjoint(following)


def _shares_be(words: Words, verb: Verb, earlier: Verb, named: dict[str, frozenset[str]]) -> bool:
    """« It was hailed by ministers but condemned by unions »: the passive goes on behind a conjunction."""
    by = not named["by"].isdisjoint(words.words[verb.head + 1 : verb.head + 2])
    joined = words.words[verb.start - 1] in named["conjunctions"] | named["contrast"]
    goes_on = joined and by and verb.start == verb.head
    return goes_on and earlier.use == "passive" and "past_is_participle" in named["traits"]


def _that_only_points(words: Words, i: int, named: dict[str, frozenset[str]]) -> bool:
    """« It should stop after that, she said »: between a preposition and a comma « that » opens nothing."""
    following = words.words[i + 1 : i + 2]
    if i == 0 and words.words[0] in named["demonstratives"] and following:
        # « That has been denied by the army. »
        return following[0] in named["be"] | named["have"] | named["modals"]
    if following and following[0] in named["joins"] and words.words[i] in named["that"]:
        return "omits_that" in named["traits"]  # « He disputes that and says … »
    ends = following in ((), (",",), (".",)) and words.words[i] in named["that"]
    behind = i > 0 and words.words[i - 1] in named["prepositions"] | named["of"]
    return ends and behind and "omits_that" in named["traits"]


def _with_participles(words: Words, found: list[Verb], lexicon: Lexicon) -> list[Verb]:
    """The same verbs, where « The man questioned on Friday has gone » has one finite verb, not two."""
    if "past_is_participle" not in lexicon.words["traits"]:
        return found
    kept = list(found)
    finite = [n for n, verb in enumerate(found) if verb.use in FINITE]
    for n, m in pairwise(finite):
        if _completes(words, found[n], found[m], lexicon):
            kept[m] = replace(found[m], use="participle", negated=False)
        elif _hangs_on_noun(words, found[n], found[m], lexicon):
            first = kept[n]
            kept[n] = replace(first, use="participle", negated=False, opener=None)
            kept[m] = replace(found[m], opener=first.opener)
    return kept


def _completes(words: Words, verb: Verb, following: Verb, lexicon: Lexicon) -> bool:
    """« He appeared accompanied by a lawyer »: the second is what he was, not what he did."""
    known = not lexicon.words["with_participle"].isdisjoint(verb.lemmas)
    near = following.start == following.head == verb.head + 1
    return known and near and _is_past(words.words[following.head], lexicon)


def _hangs_on_noun(words: Words, verb: Verb, following: Verb, lexicon: Lexicon) -> bool:
    """Whether a past form is a participle that hangs on the noun before it.

    What follows it, up to the next verb of the clause, is then a time or what its
    preposition governs: no noun phrase that could be the subject of that next verb.
    """
    named = lexicon.words
    i = verb.head
    if verb.start < i or verb.opener == words.words[i - 1] or following.opener is not None or not i:
        return False
    if (
        not _is_past(words.words[i], lexicon)
        or words.words[i] in named["sure_verbs"]
        or words.words[i - 1] in named["before_verbs"]
    ):
        return False
    between = list(words.words[i + 1 : following.start])
    # « The writer, long praised for his plays, said »
    parts = i - 1
    while parts and leaning_adverb(words.words[parts], named):
        parts -= 1
    if not words.words[parts][0].isalnum():
        # Between commas, dashes or brackets: « The union, based in Leeds, also said »
        while between and (not between[-1][0].isalnum() or _leans_behind(between, named)):
            between.pop()
    if between[:1] and between[0] in named["particles"]:
        between, i = between[1:], i + 1  # « A study carried out by doctors showed »
    if not between:
        return words.words[following.start] in named["sure_verbs"]
    times = named["weekdays"] | named["months"] | named["time_nouns"]
    governs = named["prepositions"] | named["of"] | named["by"] | named["as"]
    # « distributed this week », « distributed in Leeds this week »
    these = {k for k in range(i + 1, following.start) if _this_time(words, k, named)}
    if i + 1 not in these and between[0] not in governs | times | named["time_adjectives"]:
        return False
    for k, word in enumerate(between[1:], i + 2):
        previous = words.words[k - 1]
        new = (word in named["determiners"] and k not in these) or word in named["nominative"]
        if words.quoted[k]:
            continue  # « The treaty, hailed as "historic" by the mayor, was signed »
        # « A report written by the heirs and leaked to the press says »
        joins = word in named["joins"] and _is_past(words.words[k + 1], lexicon)
        if not word[0].isalnum() or (word in named["conjunctions"] | named["contrast"] and not joins):
            return False
        if previous in times and word not in governs | times and not word[0].isdigit():
            return False
        if new and previous not in governs:
            return False
    return True


def _leans_behind(between: list[str], named: dict[str, frozenset[str]]) -> bool:
    """Whether an adverb of the next verb closes `between`, behind a comma."""
    return len(between) > 1 and between[-2] == "," and leaning_adverb(between[-1], named)


def _is_past(word: str, lexicon: Lexicon) -> bool:
    """Whether a word may be a participle; one that no list has is taken for one."""
    return any(tag == "participle" for _, tag in lexicon.forms.get(word, (("", "participle"),)))


def _this_time(words: Words, k: int, named: dict[str, frozenset[str]]) -> bool:
    """Whether « this week » begins at word `k`."""
    return words.words[k] in named["demonstratives"] and words.words[k + 1] in named["time_nouns"]


def _counts(words: Words, comma: int, named: dict[str, frozenset[str]]) -> bool:
    """Whether a part is counted behind « dont », before a comma: « , dont une trentaine à Lyon, »."""
    opens = next(k for k in range(comma - 1, -1, -1) if words.words[k] in named["of_which"])
    near = words.words[opens + 1 : opens + 5]
    few = near[:1] and near[0] in named["of_which_some"]
    return bool(few) or any(w[0].isdigit() or w in named["numbers"] or w.endswith("aine") for w in near)


def _resumes(words: Words, verb: Verb, inner: Verb, found: list[Verb], lexicon: Lexicon) -> bool:
    """« Il a dénoncé ce qu'il appelle un leurre et a promis … »: the tense goes back to the main clause."""
    named = lexicon.words
    main = next((v for v in reversed(found) if v.use in FINITE and v.opener is None), None)
    if main is None:
        return False
    if words.quoted[inner.head] and not words.quoted[verb.head]:
        return True  # « Il dit que le prix "a doublé" et a promis … »
    if [_several(words, v, named) == _several(words, verb, named) for v in (main, inner)] == [True, False]:
        return True  # « L'agence dit que les prix ont chuté et prévoit … »
    # « They say that costs are rising and warned of cuts »
    now = words.words[inner.start] in named["be_now"] and verb.start == verb.head
    if now and words.words[verb.head].endswith(lexicon.past_endings):
        return True
    if words.words[verb.start] not in named["have"]:
        return False
    with_have = [not named["have"].isdisjoint(words.words[v.start : v.head]) for v in (main, inner)]
    return with_have == [True, False]


def _several(words: Words, verb: Verb, named: dict[str, frozenset[str]]) -> bool:
    """Whether a French verb has a subject in the plural: « disent », « ont dit »."""
    last = words.words[verb.head]
    own = last.endswith(tuple(named["plural_verb_ends"])) and not last.endswith(tuple(named["never_plural"]))
    auxiliary = words.words[verb.start : verb.head]
    return own or any(w in named["have"] | named["be"] and w.endswith("nt") for w in auxiliary)


def is_if(words: Words, i: int) -> bool:
    """Whether « s' » is a condition, « s'il », and no reflexive."""
    return i + 1 < len(words.words) and words.words[i + 1] in ("il", "ils")


def aside(words: Words, i: int, lexicon: Lexicon) -> int | None:
    """The comma that closes « , comme ses voisins, »: words between commas without a verb."""
    if not i or words.words[i - 1] != ",":
        return None
    for k in range(i + 1, min(len(words.words), i + _ASIDE)):
        if words.words[k] == ",":
            return k
        if not words.words[k][0].isalnum() or words.words[k] in lexicon.words["sure_verbs"]:
            return None
        if _says_so(words, k, lexicon):
            return None
    return None


def _says_so(words: Words, k: int, lexicon: Lexicon) -> bool:
    """« , as one farmer points out, »: a verb of saying that closes it makes a clause of an aside."""
    named, ambiguous = lexicon.words, words.words[k] in lexicon.words["also_nouns"]
    if not _gives_words(words.words[k], lexicon):
        return False
    if "omits_that" not in named["traits"]:
        # « , comme le rapporte le maire, »
        led = words.words[k - 1] in named["clitics"] and words.words[k - 2] in named["as"]
        return led or (words.words[k - 1] in named["as"] and not ambiguous)
    return not ambiguous and "," in words.words[k + 1 : k + 3]


def _gives_words(word: str, lexicon: Lexicon) -> bool:
    """Whether a form is, or may be, a verb of saying: « estime »."""
    return any(
        tag == "finite" and (lemma in lexicon.classes or lemma in lexicon.expressions)
        for lemma, tag in lexicon.forms.get(word, ())
    )


def _next_is_that(words: Words, i: int, named: dict[str, frozenset[str]]) -> bool:
    return i + 1 < len(words.words) and words.words[i + 1] in named["that"]
