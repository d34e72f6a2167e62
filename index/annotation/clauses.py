"""The verbs of a sentence: where each stands, how it is used, and in which kind of clause.

No parser: auxiliaries, clitics and subordinating words are enough to tell « a
confirmé » from « n'a pas confirmé », « est accusé » from « accuse », and a main
clause from a relative one.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

from index.annotation.words import Words
from index.cues import Lexicon

_REACH = 7  # how far an auxiliary may stand before its participle
_COMPARED = 5  # words that « plus souvent visitées que » may have before « que »
_ASIDE = 9  # how long « , comme ses voisins, » may be


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb in use. `start` and `head` are word numbers: the group's first word and the verb itself.

    `use` is finite, conditional, passive, gerund, infinitive or participle (bare);
    `opener` is the word that subordinates its clause, or None in a main clause.
    """

    start: int
    head: int
    lemmas: tuple[str, ...]
    use: str
    negated: bool
    reflexive: bool
    opener: str | None


FINITE = frozenset({"finite", "conditional", "passive"})


def verbs(words: Words, lexicon: Lexicon) -> list[Verb]:
    """The verbs of a sentence, in order."""
    named = lexicon.words
    found: list[Verb] = []
    opener: str | None = None
    last_finite: Verb | None = None
    sentence = words.cased()
    for i, word in enumerate(words.words):
        if i and sentence and words.capital(i):
            # « Laurent », « Safe Start », « le bureau (NIE) »: a capital inside a sentence begins a name.
            letters = len(word) > 1 and words.text[words.starts[i] : words.ends[i]].isupper()
            if letters or words.words[i - 1][-1].isalnum():
                continue
        if word in named["subordinators"] and not (word == "s'" and not is_if(words, i)):
            if i and words.words[i - 1] in named["such"] | named["as_well"] and exemplifies(word, named):
                continue
            if _that_only_points(words, i, named):
                opener = None
                continue
            if word in named["that"] and _of_infinitive(words, i + 1, lexicon):
                continue  # « plutôt que de partir »
            if (word in named["as"] and aside(words, i, lexicon) is not None) or between_commas(words, i):
                continue
            if word not in ("après", "avant", "alors", "bien", "tandis") or _next_is_that(words, i, named):
                opener = word
            continue
        if word == "," and opener in named["of_which"] and _counts(words, i, named):
            opener = None  # « dix blessés, dont cinq graves, a dit le préfet »: no verb comes for « dont »
            continue
        if word == "," and opener in named["as"]:
            opener = None  # « présenté comme étant sûr, dit le maire »: no verb comes for « comme »
            continue
        if word == "," and opener in named["among"]:
            opener = None  # « dix pays, parmi lesquels la France, ont voté »: the same
            continue
        if word == "," and opener in named["prepositions"]:
            opener = None  # « He fled after the attack, police said »: « after » has its noun
            continue
        if word == "," and opener in named["that"] and _compared(words, i, named):
            opener = None  # « moins visitées que les tombes d'hier, a dit le garde »: no verb comes
            continue
        if word == "," and _points(words, opener, i, named):
            opener = None
            continue
        if word in (";", ":") or (word in ("—", "–") and i + 1 < len(words.words)):
            opener = None
            last_finite = None
            continue
        if i and words.quoted[i - 1] and not words.quoted[i] and words.quoted[0]:
            opener = None  # « "J'ai cru que oui", a dit le maire »: what opened within ends there
        readings = lexicon.forms.get(word)
        if _contracted(words, i, named):
            readings = (("", "finite"),)
        if readings is None:
            if _after_have(words, i, lexicon):
                readings = (("", "participle"),)
            elif (
                word in named["sure_verbs"]
                or _looks_finite(word, lexicon)
                or _after_subject(words, i, lexicon)
                or _agrees(words, i, lexicon)
                or _closes_quotation(words, i, lexicon)
            ):
                readings = (("", "finite"),)
            elif (
                word.endswith(lexicon.participle_endings)
                and word.isalpha()
                and word not in named["never_verbs"]
            ):
                readings = (("", "finite"), ("", "participle"))
            else:
                continue
        verb = _verb(words, i, readings, lexicon)
        if verb is None or _behind_verb(words, i, found, named):
            continue
        if verb.use in FINITE:
            # One clause, one auxiliary: the participle that follows replaces it.
            if found and found[-1].use in FINITE and found[-1].head >= verb.start:
                opener = found[-1].opener
                found.pop()
            elif opener is None and last_finite is not None and last_finite.opener is not None:
                previous = words.words[verb.start - 1] if verb.start else ""
                if previous in named["conjunctions"] and not _resumes(words, verb, last_finite, found, named):
                    opener = last_finite.opener
                between = words.words[last_finite.head : verb.start]
                fronted = words.words[0] in named["fronting"] and last_finite.opener == words.words[0]
                if fronted and "," not in between and not named["joins"].isdisjoint(between):
                    # « Si le vent tombe et la pluie cesse, … »: no comma ends the condition.
                    opener = last_finite.opener
            if (
                opener in named["as"]
                and words.words[verb.start - 1] in named["conjunctions"]
                and "omits_that" in named["traits"]
            ):
                opener = None  # « He sees it as a risk and is calling for calm »
            use = "passive" if last_finite and _shares_be(words, verb, last_finite, named) else verb.use
            verb = Verb(verb.start, verb.head, verb.lemmas, use, verb.negated, verb.reflexive, opener)
            opener = None
            last_finite = verb
        found.append(verb)
    return _with_participles(words, found, lexicon)


def _of_infinitive(words: Words, k: int, lexicon: Lexicon) -> bool:
    """Whether « de partir » begins at word `k`."""
    leads = words.words[k : k + 1] and words.words[k] in lexicon.words["of"] - lexicon.words["determiners"]
    light = lexicon.words["clitics"]
    behind = next((word for word in words.words[k + 1 : k + 4] if word not in light), "")
    return bool(leads) and any(tag == "infinitive" for _, tag in lexicon.forms.get(behind, ()))


def _behind_verb(words: Words, i: int, found: list[Verb], named: dict[str, frozenset[str]]) -> bool:
    """« a pris part »: what may be a noun is one right behind the verb of its clause."""
    return bool(found) and found[-1].start < found[-1].head == i - 1 and words.words[i] in named["also_nouns"]


def _contracted(words: Words, i: int, named: dict[str, frozenset[str]]) -> bool:
    """« they're », « it's », « he'd »: what is left of an English verb behind a pronoun."""
    pronoun = words.words[i - 1] if i else ""
    if not pronoun.endswith("'"):
        return False
    word = words.words[i]
    return word in named["contracted"] or (word == "s" and pronoun[:-1] in named["contracting"])


def impersonal(words: Words, verb: Verb, lexicon: Lexicon) -> bool:
    """« il y a », "there is": before the verb stands a pronoun that may mean nobody."""
    return verb.start > 0 and words.words[verb.start - 1] in lexicon.words["impersonal"]


def exemplifies(word: str, named: dict[str, frozenset[str]]) -> bool:
    """« tels que », "such as": examples follow, and no clause."""
    return word in named["that"] or ("omits_that" in named["traits"] and word in named["as"])


def _compared(words: Words, comma: int, named: dict[str, frozenset[str]]) -> bool:
    """Whether « plus … que le pont » closes at a comma and a verb follows it: it only compares."""
    opens = next(k for k in range(comma - 1, -1, -1) if words.words[k] in named["that"])
    told = words.words[comma + 1 : comma + 2]
    near = words.words[max(0, opens - _COMPARED) : opens]
    verb = bool(told) and told[0] in named["have"] | named["be"]
    return verb and opens < comma - 1 and not named["comparing"].isdisjoint(near)


def _points(words: Words, opener: str | None, comma: int, named: dict[str, frozenset[str]]) -> bool:
    """« They want that kind of life, he said »: no verb came for « that », which only points."""
    if "omits_that" not in named["traits"] or opener not in named["that"] - named["undecided"]:
        return False
    return not named["nominative"].isdisjoint(words.words[comma + 1 : comma + 2])


def _shares_be(words: Words, verb: Verb, earlier: Verb, named: dict[str, frozenset[str]]) -> bool:
    """« It was hailed by ministers but condemned by unions »: the passive goes on behind a conjunction."""
    by = not named["by"].isdisjoint(words.words[verb.head + 1 : verb.head + 2])
    joined = words.words[verb.start - 1] in named["conjunctions"] | named["contrast"]
    goes_on = joined and by and verb.start == verb.head
    return goes_on and earlier.use == "passive" and "past_is_participle" in named["traits"]


def _that_only_points(words: Words, i: int, named: dict[str, frozenset[str]]) -> bool:
    """« It should stop after that, she said »: between a preposition and a comma « that » opens nothing."""
    ends = words.words[i + 1 : i + 2] in ((), (",",), (".",)) and words.words[i] in named["that"]
    behind = i > 0 and words.words[i - 1] in named["prepositions"] | named["of"]
    return ends and behind and "omits_that" in named["traits"]


def _with_participles(words: Words, found: list[Verb], lexicon: Lexicon) -> list[Verb]:
    """The same verbs, where « The man questioned on Friday has gone » has one finite verb, not two."""
    if "past_is_participle" not in lexicon.words["traits"]:
        return found
    kept = list(found)
    finite = [n for n, verb in enumerate(found) if verb.use in FINITE]
    for n, m in pairwise(finite):
        if _hangs_on_noun(words, found[n], found[m], lexicon):
            first = kept[n]
            kept[n] = replace(first, use="participle", negated=False, opener=None)
            kept[m] = replace(found[m], opener=first.opener)
    return kept


def _hangs_on_noun(words: Words, verb: Verb, following: Verb, lexicon: Lexicon) -> bool:
    """Whether a past form is a participle that hangs on the noun before it.

    What follows it, up to the next verb of the clause, is then a time or what its
    preposition governs: no noun phrase that could be the subject of that next verb.
    """
    named = lexicon.words
    i = verb.head
    if verb.start < i or verb.opener == words.words[i - 1] or following.opener is not None or not i:
        return False
    past = any(tag == "participle" for _, tag in lexicon.forms.get(words.words[i], (("", "participle"),)))
    if not past or words.words[i] in named["sure_verbs"] or words.words[i - 1] in named["before_verbs"]:
        return False
    between = list(words.words[i + 1 : following.start])
    # « The writer, long praised for his plays, said »
    parts = i - 1
    while parts and _leaning_adverb(words.words[parts], named):
        parts -= 1
    if not words.words[parts][0].isalnum():
        # Between commas, dashes or brackets.
        while between and not between[-1][0].isalnum():
            between.pop()
    if between[:1] and between[0] in named["particles"]:
        between, i = between[1:], i + 1  # « A study carried out by doctors showed »
    if not between:
        return words.words[following.start] in named["sure_verbs"]
    times = named["weekdays"] | named["months"] | named["time_nouns"]
    governs = named["prepositions"] | named["of"] | named["by"] | named["as"]
    if between[0] not in governs | times | named["time_adjectives"]:
        return False
    for k, word in enumerate(between[1:], i + 2):
        previous = words.words[k - 1]
        new = word in named["determiners"] or word in named["nominative"]
        if words.quoted[k]:
            continue  # « The treaty, hailed as "historic" by the mayor, was signed »
        if not word[0].isalnum() or word in named["conjunctions"] | named["contrast"]:
            return False
        if previous in times and word not in governs | times and not word[0].isdigit():
            return False
        if new and previous not in governs:
            return False
    return True


def _counts(words: Words, comma: int, named: dict[str, frozenset[str]]) -> bool:
    """Whether a part is counted behind « dont », before a comma: « , dont une trentaine à Lyon, »."""
    opens = next(k for k in range(comma - 1, -1, -1) if words.words[k] in named["of_which"])
    near = words.words[opens + 1 : opens + 5]
    few = near[:1] and near[0] in named["of_which_some"]
    return bool(few) or any(w[0].isdigit() or w in named["numbers"] or w.endswith("aine") for w in near)


def _resumes(
    words: Words, verb: Verb, inner: Verb, found: list[Verb], named: dict[str, frozenset[str]]
) -> bool:
    """« Il a dénoncé ce qu'il appelle un leurre et a promis … »: the tense goes back to the main clause."""
    main = next((v for v in reversed(found) if v.use in FINITE and v.opener is None), None)
    if main is None:
        return False
    if words.quoted[inner.head] and not words.quoted[verb.head]:
        return True  # « Il dit que le prix "a doublé" et a promis … »
    if [_several(words, v, named) == _several(words, verb, named) for v in (main, inner)] == [True, False]:
        return True  # « L'agence dit que les prix ont chuté et prévoit … »
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


def _verb(words: Words, i: int, readings: tuple[tuple[str, str], ...], lexicon: Lexicon) -> Verb | None:
    named = lexicon.words
    tags = {tag for _, tag in readings}
    # « Il est, dit-il, prêt »: turned round it is no participle.
    turned = words.words[i + 1 : i + 2] and words.words[i + 1] in named["subject_clitics"]
    turned = turned and words.text[words.starts[i + 1] - 1] in "-‑"
    if "participle" in tags and not turned and (aux := _auxiliary(words, i, lexicon)) is not None:
        at, passive = aux
        start = _group_start(words, at, lexicon)
        lemmas = tuple(lemma for lemma, tag in readings if tag == "participle")
        conditional = (
            "conditional" in {t for _, t in lexicon.forms.get(words.words[at], ())}
        ) and not passive
        gerund = words.words[at] in ("ayant", "étant", "having", "being")
        reflexive = any(words.words[k] in named["reflexives"] for k in range(max(0, start), i))
        active = reflexive or not named["with_be"].isdisjoint(lemmas)
        use = "passive" if passive and not active else "conditional" if conditional else "finite"
        if words.words[at] in named["bare"] and words.words[max(0, start - 1)] in named["to"]:
            # « asked not to be named », « claims to have won »
            return Verb(start, i, lemmas, "infinitive", False, reflexive, None)
        if gerund or words.words[at] == "avoir":
            use = "gerund" if gerund else "infinitive"
        return Verb(start, i, lemmas, use, _negated(words, start, i, lexicon), reflexive, None)
    previous = words.words[i - 1] if i else ""
    following = words.words[i + 1] if i + 1 < len(words.words) else ""
    if _held(words, i, named):
        tags -= {"finite"}
    for use in ("conditional", "finite"):
        if use in tags and _is_verb(words, i, previous, following, lexicon):
            lemmas = tuple(lemma for lemma, tag in readings if tag == use)
            start = _group_start(words, i, lexicon)
            reflexive = any(words.words[k] in named["reflexives"] for k in range(start, i))
            return Verb(start, i, lemmas, use, _negated(words, start, i, lexicon), reflexive, None)
    if "gerund" in tags and (progressive := _progressive(words, i, readings, lexicon)) is not None:
        return progressive
    for use in ("participle", "gerund", "infinitive"):
        if use in tags:
            lemmas = tuple(lemma for lemma, tag in readings if tag == use)
            return Verb(i, i, lemmas, use, _negated(words, max(0, i - 3), i, lexicon), False, None)
    return None


def _held(words: Words, i: int, named: dict[str, frozenset[str]]) -> bool:
    """« two men thought to have fled »: an English participle that hangs on its noun."""
    held = words.words[i] in named["held_to"] and words.words[i + 1 : i + 2] == ("to",)
    return held and not named["bare"].isdisjoint(words.words[i + 2 : i + 3])


def _progressive(
    words: Words, i: int, readings: tuple[tuple[str, str], ...], lexicon: Lexicon
) -> Verb | None:
    """« is not demanding », « has been warning »: behind "be" an English gerund is the verb of its clause."""
    if (
        "omits_that" not in lexicon.words["traits"]
        or (found := _auxiliary(words, i, lexicon)) is None
        or not found[1]
    ):
        return None
    if words.words[found[0]] in lexicon.words["bare"] | {"being", "having"}:
        return None
    start = _group_start(words, found[0], lexicon)
    lemmas = tuple(lemma for lemma, tag in readings if tag == "gerund")
    return Verb(start, i, lemmas, "finite", _negated(words, start, i, lexicon), False, None)


def _auxiliary(words: Words, i: int, lexicon: Lexicon) -> tuple[int, bool] | None:
    """The auxiliary before the participle at `i` and whether it makes a passive."""
    named = lexicon.words
    been = False
    for k in range(i - 1, max(-1, i - 1 - _REACH), -1):
        word = words.words[k]
        if word == "s" and _contracted(words, k, named):
            # « it's said » is « it is said », « he's said » is « he has said ».
            return k, words.words[k - 1] not in ("he'", "she'", "who'")
        if word in named["contracted"] and not _contracted(words, k, named):
            return None  # "$38m, said the buyer": millions
        if word in named["have"]:
            inverted = k + 1 < len(words.words) and words.words[k + 1] in named["subject_clitics"]
            return None if k == 0 and word == "a" and not inverted else (k, been)
        if word in named["been"]:
            been = True
            continue
        if word in '"«“' and k == i - 1:
            continue
        if word in named["subject_clitics"] and words.text[words.starts[k] - 1] in "-‑":
            continue
        if word in named["be"] and not (
            k
            and words.words[k - 1] == "l'"
            and word == "est"
            and k > 1
            and words.words[k - 2] in named["prepositions"]
        ):
            return k, True
        passed = named["interposed"] | named["aux_turns"]
        if word in named["joins"] and all(w.endswith(("ment", "ly")) for w in words.words[k - 1 : k + 2 : 2]):
            continue  # « has repeatedly and loudly said »
        if word not in passed and not word.endswith(("ment", "ly")) and word != ",":
            return None
    return None


def _is_verb(words: Words, i: int, previous: str, following: str, lexicon: Lexicon) -> bool:
    """Whether a form that could be a noun or a preposition is a verb where it stands."""
    named, word = lexicon.words, words.words[i]
    if (
        word in named["prepositions"]
        and previous not in named["pronouns"]
        and previous not in named["reflexives"]
    ):
        return False
    if following in named["subject_clitics"] and words.text[words.starts[i + 1] - 1] in "-‑":
        return True
    if word in named["bare"] and previous in named["to"]:
        return False
    if word in named["sure_verbs"]:
        return (not (i == 0 and word == "a") and previous not in ("l'", "un", "le", "du", "de")) or (
            previous == "l'" and i > 1 and words.words[i - 2] not in named["prepositions"]
        )
    if _of_speakers(words, i, named):
        return True
    ambiguous = word in named["also_nouns"]
    if _is_modifier(words, i, following, lexicon):
        return False
    if i == 0:
        opens = word in named["opening_verbs"] and following in named["determiners"]
        return (not ambiguous or opens) and "opens_with_verb" in named["traits"]
    if previous in named["plural_clitics"] and not word.endswith(("s", "x", "z")):
        return True  # « le maire les chiffre à 30 »: no noun in the plural
    if previous in named["object_clitics"] and not ambiguous:
        return word.endswith(tuple(named["sure_endings"])) or any(
            lemma in lexicon.classes for lemma, _ in lexicon.forms.get(word, ())
        )
    leaning = i > 1 and previous in named["clitics"] and words.words[i - 2] in named["object_clitics"]
    # « les syndicats en revendiquent 45 000 »
    spoken = any(lemma in lexicon.classes for lemma, _ in lexicon.forms.get(word, ()))
    if i > 1 and previous in named["clitics"] and words.words[i - 2] not in named["reflexives"]:
        leaning = leaning or (spoken and not ambiguous)
    # « le maire s'en félicite »
    leaning = leaning or (
        i > 1 and previous in named["adverbial_clitics"] and words.words[i - 2] in named["reflexives"]
    )
    # « Some say it fell », « many claim that it fell », and "some reports", "her report that"
    alone = previous in named["pronouns"] - named["alone"] and "omits_that" in named["traits"]
    leaning = leaning or (alone and spoken and (not ambiguous or following in named["that"]))
    if (previous in named["determiners"] or previous in named["prepositions"]) and not leaning:
        return False
    if words.capital(i) and not words.capital(0):
        return False
    if word in named["adjectives"] and previous in named["before_adjectives"]:
        return False
    if word in named["closing_adjectives"] and following in (".", "") and previous.isalpha():
        return False  # « il attend une réponse précise. »
    if i > 1 and words.quoted[i - 2] and (previous == "," or (words.quoted[i - 1] and not words.quoted[i])):
        return True
    if ambiguous and previous == ",":
        # « Anne Leroy, maire de Lyon, estime même que … »
        light = named["interposed"] - named["determiners"]
        ends = tuple(named["manner_ends"]) or ("-",)
        past = next((w for w in words.words[i + 1 :] if w not in light and not w.endswith(ends)), "")
        return following in named["determiners"] or past in named["that"]
    bare = i > 1 and words.words[i - 2] in named["of"] - named["determiners"]
    if ambiguous and following == "," and bare and named["manner_ends"]:
        return False  # « des voisins de longue date, … »
    return not (ambiguous and (previous in named["conjunctions"] or not previous[-1].isalnum()))


def _is_modifier(words: Words, i: int, following: str, lexicon: Lexicon) -> bool:
    """Whether a form is a noun or an adjective where it stands: "a leaked report says"."""
    named, word = lexicon.words, words.words[i]
    previous = words.words[i - 1] if i else ""
    if word in named["adjectives_before_to"]:
        return following in named["to"]
    if word in named["time_adjectives"]:
        return following in named["time_nouns"] | named["weekdays"] | named["months"]
    before = words.words[i - 2] if i > 1 else ""
    if word.endswith(lexicon.participle_endings):
        # « a highly respected economist », « two unnamed officials »
        adverb = previous.endswith(tuple(named["adverb_ends"])) and previous not in named["no_adverbs"]
        article = not before or before in named["determiners"] - named["pronouns"] - named["demonstratives"]
        counted = previous in named["numbers"] or previous.isdigit()
        return (adverb and article) or (counted and following in named["people"])
    if word not in named["also_nouns"]:
        return False
    owned = (previous == "s" and before.endswith("'")) or (previous == "'" and not words.quoted[i - 1])
    if owned or previous in named["numbers"] or previous.isdigit():
        return True
    if _closes_object(words, i, lexicon):
        return True
    if previous in named["before_nouns"] or _is_object(words, i, lexicon) or _is_subject(words, i, lexicon):
        return True
    readings = lexicon.forms.get(following, ())
    finite = any(tag == "finite" for _, tag in readings) and following not in named["also_nouns"]
    if following in named["sure_verbs"] or (finite and not any(tag == "infinitive" for _, tag in readings)):
        return True
    # « the annual report shows »: the plain form goes with several, or with a name of any number.
    plain = any(tag == "infinitive" for _, tag in lexicon.forms.get(word, ()))
    one = previous.isalpha() and not previous.endswith("s") and not words.capital(i - 1)
    leans = previous in named["closed"] | named["adverbs"] | named["pronouns"] | named["people"]
    if previous.isalpha() and words.capital(i - 1) and before in named["determiners"] and plain:
        return following not in named["determiners"] | named["that"]  # "in the Foodwatch report"
    leans = (
        leans or previous in named["conjunctions"] or previous.endswith("ly") or previous in named["modals"]
    )
    return plain and one and not leans and following not in named["determiners"] | named["that"]


def _closes_object(words: Words, i: int, lexicon: Lexicon) -> bool:
    """« Officials denied the theft claims, but »: a verb, an article, a noun stand before, nothing after."""
    named, following = lexicon.words, words.words[i + 1 : i + 2]
    if i < 3 or words.words[i - 2] not in named["determiners"] or not words.words[i - 1].isalpha():
        return False
    ends = not following or not following[0][0].isalnum() or following[0] in named["conjunctions"]
    tags = {tag for _, tag in lexicon.forms.get(words.words[i - 3], ())}
    return ends and "finite" in tags and "says_last" in named["traits"]


def _is_object(words: Words, i: int, lexicon: Lexicon) -> bool:
    """« which makes pumps »: right behind another verb stands what it governs, but « what he said shows »."""
    named, previous = lexicon.words, words.words[i - 1] if i else ""
    if previous in named["also_nouns"] or "what" in words.words[:i]:
        return False
    tags = {tag for _, tag in lexicon.forms.get(previous, ())}
    return "finite" in tags and "participle" not in tags and previous not in named["sure_verbs"]


def _is_subject(words: Words, i: int, lexicon: Lexicon) -> bool:
    """« the forecasts for growth have been cut »: a preposition follows, and then another verb."""
    named, behind = lexicon.words, words.words[i + 2] if i + 2 < len(words.words) else ""
    infinitive = any(tag == "infinitive" for _, tag in lexicon.forms.get(behind, ()))
    if words.words[i + 1 : i + 2] == ("to",) and (infinitive or behind in named["bare"]):
        return False  # « claims to have won »
    governs = named["prepositions"] | named["of"]
    if words.words[i + 1 : i + 2] == () or words.words[i + 1] not in governs:
        return False
    for k in range(i + 2, min(len(words.words), i + 9)):
        word = words.words[k]
        if word in named["sure_verbs"]:
            return True
        new = word in named["determiners"] and words.words[k - 1] not in governs
        if (
            new
            or not word[0].isalnum()
            or word in named["subordinators"] | named["nominative"] | named["conjunctions"]
        ):
            return False
    return False


def _group_start(words: Words, i: int, lexicon: Lexicon) -> int:
    """The first of the clitics and negations that lean on the verb at `i`.

    In English adverbs may stand between them: « has not yet publicly said ».
    """
    named = lexicon.words
    clitics = named["clitics"] | named["modals"]
    k = i
    while k and i - k < 4:
        j = k - 1
        while j and i - j < 5 and _leaning_adverb(words.words[j], named):
            j -= 1
        if j > 2 and words.words[j] == "," and between_commas(words, j - 1):
            j -= 3  # « did, however, not say »
        # "no longer expects"
        negative = words.words[j : j + 2] == ("no", "longer") and "omits_that" in named["traits"]
        if words.words[j] not in clitics and not negative:
            break
        k = j
    return k


def _leaning_adverb(word: str, named: dict[str, frozenset[str]]) -> bool:
    return word in named["adverbs"] or (
        word.endswith(tuple(named["adverb_ends"])) and word not in named["no_adverbs"]
    )


def _negated(words: Words, start: int, head: int, lexicon: Lexicon) -> bool:
    named = lexicon.words
    if words.words[0] in named["neither_of"] and 0 < start <= 8 and "," not in words.words[:start]:
        return not any(word in named["negators"] for word in words.words[start:head])
    if not named["neither"].isdisjoint(words.words[max(0, start - 8) : start]):
        return any(word in named["negators"] for word in words.words[start:head])
    if words.words[head] in named["negators"]:
        return True  # « isn't »
    if words.words[head] in named["be"] and words.words[head + 1 : head + 2] == ("not",):
        return True
    near = words.words[max(0, start - 1) : head + 5]
    if not any(word in named["negators"] for word in words.words[max(0, start - 1) : head]):
        return False
    return any(word in named["negations"] for word in near)


def _looks_finite(word: str, lexicon: Lexicon) -> bool:
    """Past and future forms are known by their ending, whatever the verb."""
    if len(word) < 5 or word in lexicon.words["conditional.look_nouns"]:
        return False
    return word.endswith(lexicon.finite_endings)


def _agrees(words: Words, i: int, lexicon: Lexicon) -> bool:
    """« les témoins contredisent »: an unknown word in -ent after a plural is its verb."""
    word = words.words[i]
    if not i or word[-3:] not in lexicon.words["plural_verb_end"] or word.endswith("ment"):
        return False
    return words.words[i - 1].endswith(("s", "x")) and words.words[i - 1] not in lexicon.words["closed"]


def _after_subject(words: Words, i: int, lexicon: Lexicon) -> bool:
    """An unknown word after « se », « ne » or « il » can only be a verb."""
    named, word = lexicon.words, words.words[i]
    if _of_speakers(words, i, named):
        return True
    if not i or words.words[i - 1] not in named["before_verbs"] or not word.isalpha() or len(word) < 3:
        return False
    if words.quoted[i] != words.quoted[i - 1] or word in named["closed"]:
        return False
    return not word.endswith(lexicon.not_finite)


def _after_have(words: Words, i: int, lexicon: Lexicon) -> bool:
    """« a bafouillé », « a-t-elle bafouillé »: an unknown word in -é right behind « avoir »."""
    named = lexicon.words
    k = i - 1
    if k > 0 and words.words[k] in named["subject_clitics"] and words.text[words.starts[k] - 1] in "-‑":
        k -= 1
    behind = k >= 0 and words.words[k] in named["have"]
    return behind and words.words[i].endswith(tuple(named["participle_marks"]))


def _closes_quotation(words: Words, i: int, lexicon: Lexicon) -> bool:
    """« "Enfin", bougonne le pêcheur »: behind a quotation and before a speaker an unknown word is a verb."""
    named = lexicon.words
    if i < 2 or i + 1 == len(words.words) or words.words[i - 1] != "," or words.words[i - 2] not in '»”"':
        return False
    if not words.words[i].endswith(tuple(named["present_marks"])) or words.words[i] in named["closed"]:
        return False
    speaker = words.capital(i + 1) or words.words[i + 1] in named["determiners"] - named["of"]
    return speaker and not words.quoted[i]


def _of_speakers(words: Words, i: int, named: dict[str, frozenset[str]]) -> bool:
    """« nous demandons », « vous ne le faisiez pas »: the pronoun and the ending agree."""
    if words.words[i][-2:] not in named["we_you_last"]:
        return False
    k = i - 1
    while (
        k > 0 and i - k < 4 and words.words[k] in named["clitics"] and words.words[k] not in named["we_you"]
    ):
        k -= 1
    if k < 0 or words.words[k] not in named["we_you"]:
        return False
    return f"{words.words[k]}:{words.words[i][-2:]}" in named["we_you_endings"]


def is_if(words: Words, i: int) -> bool:
    """Whether « s' » is a condition, « s'il », and no reflexive."""
    return i + 1 < len(words.words) and words.words[i + 1] in ("il", "ils")


def between_commas(words: Words, i: int) -> bool:
    """« The mayor, though, disagrees »: a word between commas opens no clause."""
    return words.words[max(0, i - 1)] == "," and words.words[i + 1 : i + 2] == (",",)


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
    named = lexicon.words
    if "omits_that" not in named["traits"] or words.words[k] in named["also_nouns"]:
        return False
    told = any(
        tag == "finite" and (lemma in lexicon.classes or lemma in lexicon.expressions)
        for lemma, tag in lexicon.forms.get(words.words[k], ())
    )
    return told and "," in words.words[k + 1 : k + 3]


def _next_is_that(words: Words, i: int, named: dict[str, frozenset[str]]) -> bool:
    return i + 1 < len(words.words) and words.words[i + 1] in named["that"]
