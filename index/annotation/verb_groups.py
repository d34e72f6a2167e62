"""A verb with what leans on it: auxiliaries, clitics, negations; how it is used."""

from __future__ import annotations

from dataclasses import dataclass

from index.annotation.verb_forms import contracted, is_verb, readings_of
from index.annotation.words import Words
from index.cues import Lexicon

_SUBJECT = 4  # words before a verb among which « personne » would be its subject
_REACH = 7  # how far an auxiliary may stand before its participle


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


def verb_group(words: Words, i: int, lexicon: Lexicon) -> Verb | None:
    """The verb whose own word is `i`, in no clause yet; None where that is no verb."""
    named, readings = lexicon.words, readings_of(words, i, lexicon)
    tags = {tag for _, tag in readings}
    # « Il est, dit-il, prêt »: turned round it is no participle.
    turned = words.words[i + 1 : i + 2] and words.words[i + 1] in named["subject_clitics"]
    # « a déclaré-t-il » is none: what can only be a participle remains one.
    turned = turned and words.hyphened(i + 1) and not tags.isdisjoint(("finite", "conditional"))
    if "participle" in tags and not turned and (aux := _auxiliary(words, i, lexicon)) is not None:
        at, passive = aux
        start = _group_start(words, at, lexicon)
        lemmas = tuple(lemma for lemma, tag in readings if tag == "participle")
        conditional = (
            "conditional" in {t for _, t in lexicon.forms.get(words.words[at], ())}
        ) and not passive
        gerund = words.words[at] in named["gerund_auxiliaries"]
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
    # « un conseiller du maire »; in English an infinitive has no ending of its own.
    article = previous in named["determiners"] - named["clitics"] - named["of"] - named["pronouns"]
    if article and "omits_that" not in named["traits"]:
        tags -= {"infinitive"}
    # « Le maire, joint par téléphone, se tait »
    says = any(lemma in lexicon.classes for lemma, _ in readings)
    hangs = following in named["by"] or (following in named["hang_on"] and not says)
    by = previous == "," and hangs and "participle" in tags
    if _held(words, i, named) or by:
        tags -= {"finite"}
    for use in ("conditional", "finite"):
        if use in tags and is_verb(words, i, previous, following, lexicon):
            lemmas = tuple(lemma for lemma, tag in readings if tag == use)
            start = _group_start(words, i, lexicon)
            reflexive = any(words.words[k] in named["reflexives"] for k in range(start, i))
            return Verb(start, i, lemmas, use, _negated(words, start, i, lexicon), reflexive, None)
    if "gerund" in tags and (progressive := _progressive(words, i, readings, lexicon)) is not None:
        return progressive
    for use in ("participle", "gerund", "infinitive"):
        if use in tags:
            lemmas = tuple(lemma for lemma, tag in readings if tag == use)
            reflexive = use == "gerund" and previous in named["reflexives"]
            negated = _negated(words, max(0, i - 3), i, lexicon)
            return Verb(i - reflexive, i, lemmas, use, negated, reflexive, None)
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
        if words.quoted[k] and not words.quoted[i] and word[0].isalpha():
            return None  # « "I know where they are," said the mayor »
        if word == "s" and contracted(words, k, named):
            # « it's said » is « it is said », « he's said » is « he has said ».
            return k, words.words[k - 1] not in ("he'", "she'", "who'")
        if word in named["contracted"] and not contracted(words, k, named):
            return None  # "$38m, said the buyer": millions
        if word in named["have"]:
            inverted = k + 1 < len(words.words) and words.words[k + 1] in named["subject_clitics"]
            return None if k == 0 and word == "a" and not inverted else (k, been)
        if word in named["been"]:
            been = True
            continue
        if word in '"«“' and k == i - 1:
            continue
        if word in named["subject_clitics"] and words.hyphened(k):
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


def _group_start(words: Words, i: int, lexicon: Lexicon) -> int:
    """The first of the clitics and negations that lean on the verb at `i`.

    In English adverbs may stand between them: « has not yet publicly said ».
    """
    named = lexicon.words
    clitics = named["clitics"] | named["modals"]
    k = i
    while k and i - k < 4:
        j = k - 1
        while j and i - j < 5 and leaning_adverb(words.words[j], named):
            j -= 1
        if j > 2 and words.words[j] == "," and words.between_commas(j - 1):
            j -= 3  # « did, however, not say »
        # "no longer expects"
        negative = words.words[j : j + 2] == ("no", "longer") and "omits_that" in named["traits"]
        if words.words[j] not in clitics and not negative:
            break
        k = j
    return k


def restricts(words: Words, verb: Verb, named: dict[str, frozenset[str]]) -> bool:
    """« Ils n'ont appris leur sort que par la presse »: « que » only restricts, and opens no clause."""
    restricted = not named["restricting"].isdisjoint(words.words[verb.start : verb.head])
    # « Personne n'a dit que … », « Il n'a pas manqué de dire que … »
    near = words.words[max(0, verb.start - _SUBJECT) : verb.head + 2]
    return restricted and not verb.negated and (named["nobody"] | named["negations"]).isdisjoint(near)


def leaning_adverb(word: str, named: dict[str, frozenset[str]]) -> bool:
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
    if words.words[head] in named["not_alone"] and "que" not in near and "qu'" not in near:
        return True
    return any(word in named["negations"] for word in near)
