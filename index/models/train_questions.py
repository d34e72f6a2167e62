"""Made training pairs: questions from templates, and short phrases found in the pairs.

The words of the templates stand in train_questions.txt; phrases and names are those of
the training pairs, matched by the word translations that train.py learns.
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections import Counter
from pathlib import Path
from typing import Any, NamedTuple

Pairs = list[tuple[str, str]]
Meaning = dict[str, list[tuple[str, float]]]

TOKEN = re.compile(r"[lLdD]['’]|\w+(?:[-.]\w+)*|[^\w\s]")
DETERMINERS = {"le": "ms", "la": "fs", "l'": "ms", "les": "mp", "un": "ms", "une": "fs"}
STOP = set(
    "le la les l' d' de du des un une et ou que qui dans en au aux a par pour sur avec ne pas "
    "est sont ont ce cette ces se son sa ses leur leurs il elle ils plus comme mais".split()
)
STOP_EN = set(
    "the a an of to in on at by for with and or is are was were be been has have had that "
    "this these its his her their as from it he she they not".split()
)


class Noun(NamedTuple):
    fr: str
    en: str
    form: str = "ms"  # gender and number


def plain(word: str) -> str:
    word = unicodedata.normalize("NFD", word.lower().replace("’", "'").replace("œ", "oe"))
    return "".join(c for c in word if not unicodedata.combining(c))


def lexicon() -> dict[str, list[Any]]:
    out: dict[str, list[Any]] = {}
    for line in Path(__file__).with_name("train_questions.txt").read_text("utf-8").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        kind, *rest = line.split("|")
        if kind in ("nation", "act", "done"):
            out.setdefault(kind, []).append((rest[0].split(","), rest[1].split(",")))
        else:
            out.setdefault(kind, []).append(Noun(rest[1], rest[2], rest[0]))
    return out


def phrases(pairs: Pairs, meaning: Meaning) -> Counter[Noun]:
    """French noun phrases (article, one to four words) whose words all meet one English span."""
    found: Counter[Noun] = Counter()
    for fr, en in pairs:
        if len(fr) < 50:
            continue
        f, e = TOKEN.findall(fr), TOKEN.findall(en)
        low = [plain(w) for w in f]
        places: dict[str, list[int]] = {}
        for j, w in enumerate(e):
            places.setdefault(plain(w), []).append(j)
        link: list[set[int]] = []
        for w in low:
            hits: set[int] = set()
            if w in places and w not in STOP:
                hits = set(places[w])
            elif w not in STOP:
                for part in w.split("-"):
                    for other, _ in meaning.get(part, ()):
                        if other in places and other not in STOP_EN:
                            hits |= set(places[other])
                            break
            link.append(hits if len(hits) == 1 else set())
        for i, w in enumerate(low):
            if w not in DETERMINERS:
                continue
            for end in range(i + 2, min(i + 6, len(f)) + 1):
                if not f[end - 1][0].isalpha():
                    break
                inside = [link[k] for k in range(i + 1, end) if low[k] not in STOP]
                if low[end - 1] in STOP or not inside or not all(inside):
                    continue
                span = sorted(set().union(*inside))
                a, b = span[0], span[-1] + 1
                if b - a > len(inside) + 2 or any(not x[0].isalpha() for x in e[a:b]):
                    continue
                if any(min(x) in range(a, b) for k, x in enumerate(link) if x and not i < k < end):
                    continue
                if a and e[a - 1].lower() in ("the", "a", "an"):
                    a -= 1
                text = " ".join(f[i:end]).replace("' ", "'").replace("’ ", "'")
                text = text[0].lower() + text[1:]
                form = DETERMINERS[w]
                words = e[a:b]
                if words[0].lower() in ("the", "a", "an"):
                    words[0] = words[0].lower()
                elif w in ("un", "une"):
                    words.insert(0, "an" if words[0][0].lower() in "aeio" else "a")
                found[Noun(text, " ".join(words), form)] += 1
    return found


def names(pairs: Pairs) -> list[Noun]:
    """Names of two words written the same on both sides."""
    both = re.compile(r"(?<![.!?] )(?<!^)\b([A-ZÉ][\w'-]+ [A-ZÉ][\w-]+)\b")
    seen = Counter(n for fr, en in pairs for n in set(both.findall(fr)) if n in en)
    return [Noun(n, n, "ms") for n in sorted(seen)]


# {N} a noun phrase, {P} who acts or speaks, {C} a country, {G} a group in the plural, {K} what is
# counted, {V} an event, {A.inf} and the like an act, {D} done to a group.  After a noun's letter:
# .y the pronoun after the verb, .e the ending of a participle; English .is .was .has .do.
TEMPLATES = """
Que dit {P} ? | What {P.do} {P} say?
Que dit {P} sur {N} ? | What {P.do} {P} say about {N}?
Qu'est-ce que {P} dit de {N} ? | What {P.do} {P} say about {N}?
Qu'a dit {P} ? | What did {P} say?
Qu'a dit {P} à propos de {N} ? | What did {P} say about {N}?
Qu'a déclaré {P} ? | What did {P} say?
Qu'a déclaré {P} au sujet de {N} ? | What did {P} say about {N}?
Qu'a annoncé {P} ? | What did {P} announce?
Qu'affirme {P} ? | What {P.do} {P} claim?
Que pense {P} de {N} ? | What {P.do} {P} think of {N}?
Que pensent les {G} de {N} ? | What do {G} think of {N}?
Que disent les {G} ? | What do {G} say?
Que demandent les {G} ? | What are {G} demanding?
Que craignent les {G} ? | What do {G} fear?
Que veut {P} ? | What {P.do} {P} want?
Que propose {P} ? | What {P.do} {P} propose?
Que va faire {P} ? | What will {P} do?
Qu'a fait {P} ? | What did {P} do?
Que prévoit {N} ? | What {N.do} {N} provide for?
Que contient {N} ? | What {N.do} {N} contain?
Que sait-on de {N} ? | What is known about {N}?
Que s'est-il passé {C.in} ? | What happened in {C}?
Que se passe-t-il {C.in} ? | What is happening in {C}?
C'est quoi {N} ? | What {N.is} {N}?
Qu'est-ce que {N} ? | What {N.is} {N}?
Qu'est-ce que c'est que {N} ? | What {N.is} {N}?
Qui est {P} ? | Who is {P}?
C'est qui {P} ? | Who is {P}?
Qui {A.pres} {N} ? | Who {A.3} {N}?
Qui {A.pres} {P} ? | Who {A.3} {P}?
Qui a {A.pp} {N} ? | Who {A.past} {N}?
Qui est-ce qui a {A.pp} {N} ? | Who {A.past} {N}?
Qui veut {A.inf} {N} ? | Who wants to {A.base} {N}?
Qui a parlé de {N} ? | Who spoke of {N}?
Qui parle de {N} ? | Who talks about {N}?
Qui est responsable de {N} ? | Who is responsible for {N}?
Qui est opposé à {N} ? | Who is opposed to {N}?
Qui est pour {N} ? | Who is in favour of {N}?
Qui sont les {G} ? | Who are the {G}?
De qui parle {P} ? | Who is {P} talking about?
Qui {P} accuse-t-{P.y} ? | Who {P.do} {P} accuse?
Selon qui {N} {N.est} un problème ? | According to whom {N.is} {N} a problem?
Pourquoi {P} a-t-{P.y} {A.pp} {N} ? | Why did {P} {A.base} {N}?
Pourquoi est-ce que {P} {A.pres} {N} ? | Why {P.do} {P} {A.base} {N}?
Pourquoi {P} {A.pres} {N} ? | Why {P.do} {P} {A.base} {N}?
Pourquoi {P} a {A.pp} {P2} ? | Why did {P} {A.base} {P2}?
Pourquoi {P} veut-{P.y} {A.inf} {N} ? | Why {P.do} {P} want to {A.base} {N}?
Pourquoi {N} ? | Why {N}?
Pourquoi {N} {N.est}-{N.y} importante ? | Why {N.is} {N} important?
Pourquoi les {G} protestent-{G.y} ? | Why are {G} protesting?
Pourquoi les {G} partent ? | Why are {G} leaving?
Pour quelle raison {P} {A.pres}-t-{P.y} {N} ? | For what reason {P.do} {P} {A.base} {N}?
Quelle est la cause de {N} ? | What is the cause of {N}?
Quelles sont les conséquences de {N} ? | What are the consequences of {N}?
Quel est le but de {N} ? | What is the aim of {N}?
Quel est l'impact de {N} sur {N2} ? | What is the impact of {N} on {N2}?
Quelle est la réaction de {P} ? | What is the reaction of {P}?
Quelle est la position de {P} sur {N} ? | What is the position of {P} on {N}?
Quel est l'avis de {P} sur {N} ? | What is {P}'s opinion on {N}?
Quels sont les résultats de {N} ? | What are the results of {N}?
Combien de {K} ? | How many {K}?
Combien y a-t-il de {K} ? | How many {K} are there?
Combien y a-t-il eu de {K} ? | How many {K} were there?
Il y a combien de {K} {C.in} ? | How many {K} are there in {C}?
Combien de {K} {C.in} ? | How many {K} in {C}?
Combien de {K} dans {V} ? | How many {K} in {V}?
Combien de {K} {P} a-t-{P.y} perdu{K.e} ? | How many {K} did {P} lose?
Combien de {G} ? | How many {G}?
Combien de {G} {C.in} ? | How many {G} in {C}?
Combien y a-t-il de {G} {C.in} ? | How many {G} are there in {C}?
Combien de {G} ont été {D}{G.e} ? | How many {G} were {D.en}?
Combien de {G} ont été {D}{G.e} {C.in} ? | How many {G} were {D.en} in {C}?
Combien de {G} ont été {D}{G.e} dans {V} ? | How many {G} were {D.en} in {V}?
Combien de {G} {C} a-t-{C.y} {D}{G.e} ? | How many {G} has {C} {D.en}?
Combien de {G} {P} pourrait-{P.y} envoyer {C.in} ? | How many {G} could {P} send to {C}?
{C} a {D} combien de {G} ? | How many {G} has {C} {D.en}?
Quel est le nombre de {G} {D}{G.e} ? | What is the number of {G} {D.en}?
Combien coûte {N} ? | How much {N.do} {N} cost?
Combien a coûté {N} ? | How much did {N} cost?
Combien de temps a duré {V} ? | How long did {V} last?
Combien de temps va durer {N} ? | How long will {N} last?
Depuis combien de temps dure {N} ? | How long {N.has} {N} been going on?
Quel est le montant de {N} ? | What is the amount of {N}?
Quel est le bilan de {V} ? | What is the toll of {V}?
Où a eu lieu {V} ? | Where did {V} take place?
Où {V} a-t-{V.y} eu lieu ? | Where did {V} take place?
C'est où {V} ? | Where is {V}?
Dans quelle ville a eu lieu {V} ? | In which city did {V} take place?
Dans quel pays a eu lieu {V} ? | In which country did {V} take place?
Dans quelle région les {G} se trouvent-{G.y} ? | In which region are the {G}?
Où sont les {G} ? | Where are the {G}?
Où sont passés les {G} {A2} ? | Where have the {A2.en} {G} gone?
Où vivent les {G} ? | Where do the {G} live?
Où les {G} ont-{G.y} été {D}{G.e} ? | Where were the {G} {D.en}?
D'où viennent les {G} ? | Where do the {G} come from?
Où se trouve {P} ? | Where is {P}?
Où est {N} ? | Where {N.is} {N}?
Quand a eu lieu {V} ? | When did {V} take place?
Quand {V} a-t-{V.y} eu lieu ? | When did {V} take place?
C'est quand {V} ? | When is {V}?
À quelle date a eu lieu {V} ? | On what date did {V} take place?
Quand commence {V} ? | When does {V} start?
Quand {N} a-t-{N.y} commencé ? | When did {N} begin?
Quand {N} est-{N.y} entré en vigueur ? | When did {N} come into force?
Quand les {G} ont-{G.y} été {D}{G.e} ? | When were the {G} {D.en}?
Quand est-ce que {P} a {A.pp} {N} ? | When did {P} {A.base} {N}?
Depuis quand {P} {A.pres} {N} ? | Since when {P.has} {P} {A.past} {N}?
En quelle année {P} a-t-{P.y} {A.pp} {N} ? | In what year did {P} {A.base} {N}?
Comment {P} a-t-{P.y} réagi ? | How did {P} react?
Comment {P} a réagi à {N} ? | How did {P} react to {N}?
Comment {P} justifie {N} ? | How {P.do} {P} justify {N}?
Comment {P} compte {A.inf} {N} ? | How {P.do} {P} plan to {A.base} {N}?
Comment expliquer {N} ? | How can {N} be explained?
Comment fonctionne {N} ? | How {N.do} {N} work?
Comment les {G} ont-{G.y} été {D}{G.e} ? | How were the {G} {D.en}?
Comment s'est terminé {V} ? | How did {V} end?
Est-il vrai que {P} a {A.pp} {N} ? | Is it true that {P} {A.past} {N}?
C'est vrai que {P} {A.pres} {N} ? | Is it true that {P} {A.3} {N}?
Est-ce que {P} {A.pres} {N} ? | {P.Do} {P} {A.base} {N}?
Est-ce que {P} a {A.pp} {N} ? | Did {P} {A.base} {N}?
{P} a-t-{P.y} {A.pp} {N} ? | Did {P} {A.base} {N}?
{P} a-t-{P.y} {A.pp} {N} ? | Has {P} {A.past} {N}?
{P} va-t-{P.y} {A.inf} {N} ? | Will {P} {A.base} {N}?
{P} s'est-{P.y} exprimé sur {N} ? | Has {P} spoken about {N}?
{P} s'est prononcé sur {N} ? | Has {P} commented on {N}?
Les {G} ont-{G.y} été {D}{G.e} ? | Were the {G} {D.en}?
Y a-t-il des {G} {C.in} ? | Are there any {G} in {C}?
Y a-t-il des {G} {A2} {C.in} ? | Are there {A2.en} {G} in {C}?
Y a-t-il des preuves de {N} ? | Is there any evidence of {N}?
Y a-t-il des raisons de douter de {N} ? | Are there reasons to doubt {N}?
Faut-il craindre {N} ? | Should we fear {N}?
Faut-il croire {P} ? | Should we believe {P}?
A-t-on des nouvelles de {P} ? | Is there any news of {P}?
Quel rôle joue {P} dans {N} ? | What role {P.do} {P} play in {N}?
Quel rôle {C} joue-t-{C.y} dans {N} ? | What role {C.do} {C} play in {N}?
Quel pays {A.pres} {N} ? | Which country {A.3} {N}?
Quel pays a {A.pp} {N} ? | Which country {A.past} {N}?
Quels pays sont touchés par {N} ? | Which countries are affected by {N}?
Quel {K1} est le plus touché par {N} ? | Which {K1.en} is most affected by {N}?
Pourquoi {C} {A.pres} {C2} ? | Why {C.do} {C} {A.base} {C2}?
Pourquoi {C} aide {C2} ? | Why {C.do} {C} help {C2}?
Que fait {C} contre {N} ? | What {C.do} {C} doing against {N}?
Que dit {C} ? | What {C.do} {C} say?
Qu'a décidé {C} ? | What did {C} decide?
Quelles armes {C} livre-t-{C.y} à {C2} ? | What weapons {C.do} {C} supply to {C2}?
{C} a-t-{C.y} {A.pp} {C2} ? | Has {C} {A.past} {C2}?
La position de {C} sur {N} | The position of {C} on {N}
La réaction de {P} à {N} | The reaction of {P} to {N}
Des doutes sur {N} ? | Doubts about {N}?
Et {N} ? | And what about {N}?
Et {P} ? | And {P}?
Et {C.in} ? | And in {C}?
Et {P}, qu'en pense-t-{P.y} ? | And {P}, what {P.do} {P} think about it?
Qui sont les {G} {A2} ? | Who are the {A2.en} {G}?
Que font les {G} {A2} {C.in} ? | What are {A2.en} {G} doing in {C}?
Combien de {G} {A2} ? | How many {A2.en} {G}?
Combien de {G} {A2} ont été {D}{G.e} ? | How many {A2.en} {G} were {D.en}?
Combien de {G} {A2} {C.in} ? | How many {A2.en} {G} in {C}?
Combien de {G} {A2} {C} a-t-{C.y} {D}{G.e} ? | How many {A2.en} {G} has {C} {D.en}?
Où les {G} {A2} combattent-{G.y} ? | Where are the {A2.en} {G} fighting?
Pourquoi les {G} {A2} ont été {D}{G.e} ? | Why were the {A2.en} {G} {D.en}?
Les {G} {A2} {C.in} | {A2.en} {G} in {C}
Les {G} {A2} ont-{G.y} quitté {C} ? | Have the {A2.en} {G} left {C}?
Qui a {A.pp} les {G} {A2} ? | Who {A.past} the {A2.en} {G}?
Qui nie la présence de {G} {A2} {C.in} ? | Who denies the presence of {A2.en} {G} in {C}?
"""
KINDS1 = {"secteur": "sector", "groupe": "group", "parti": "party", "quartier": "district"}


def mark(letter: str, what: str = "") -> str:
    return "{" + letter + ("." + what if what else "") + "}"


def fits(text: str, noun: Noun, letter: str) -> str:
    """Replace a noun's marks on the French side."""
    g, n = noun.form[0], noun.form[1]
    ending = ("e" if g == "f" else "") + ("s" if n == "p" else "")
    pronoun = {"ms": "il", "fs": "elle", "mp": "ils", "fp": "elles"}[noun.form]
    text = text.replace(mark(letter, "e"), ending).replace(mark(letter, "est"), "est" if n == "s" else "sont")
    text = text.replace(mark(letter, "y"), pronoun)
    if letter == "C":
        fr = noun.fr
        inside = (
            "aux " + fr[4:]
            if n == "p"
            else "au " + fr[3:]
            if fr.startswith("le ")
            else "en " + fr.removeprefix("la ").removeprefix("l'")
        )
        text = text.replace("{C.in}", inside)
    return text.replace(mark(letter), noun.fr)


def fits_en(text: str, noun: Noun, letter: str) -> str:
    many = noun.form[1] == "p" and letter != "C"
    one = {"is": "is", "was": "was", "has": "has", "do": "does", "Do": "Does"}
    more = {"is": "are", "was": "were", "has": "have", "do": "do", "Do": "Do"}
    for kind, word in (more if many else one).items():
        text = text.replace(mark(letter, kind), word)
    return text.replace(mark(letter), noun.en)


def joined(text: str) -> str:
    """French contractions and elisions."""
    for pattern, put in (
        (r"\b([Dd])e le ", r"\1u "),
        (r"\b([Dd])e les ", r"\1es "),
        (r"\bà le ", "au "),
        (r"\bà les ", "aux "),
        (r"\bÀ le ", "Au "),
        (r"\b([Qq]u|[Dd])e (?=[aeiouéèêàâîôûAEIOUÉ])", r"\1'"),
        (r"-t-t-", "-t-"),
        (r"\ba-t-(ils|elles)\b", r"ont-\1"),
        (r"(?<=[td])-t-(?=il|elle)", "-"),
    ):
        text = re.sub(pattern, put, text)
    return text[0].upper() + text[1:]


def about_sentences(pairs: Pairs, rng: random.Random, many: int = 4000) -> Pairs:
    """Short statements of the pairs, asked about."""
    frames = (
        ("Est-il vrai que {} ?", "Is it true that {}?"),
        ("C'est vrai que {} ?", "Is it true that {}?"),
        ("Qui a dit que {} ?", "Who said that {}?"),
        ("Qui affirme que {} ?", "Who claims that {}?"),
        ("Y a-t-il des preuves que {} ?", "Is there evidence that {}?"),
        ("Pourquoi dit-on que {} ?", "Why is it said that {}?"),
        ("Que se passe-t-il si {} ?", "What happens if {}?"),
    )
    whole = [
        (f[:-1], e[:-1])
        for f, e in pairs
        if f.endswith(".")
        and e.endswith(".")
        and 20 <= len(f) <= 100
        and not re.search(r"[.!?:;\"«]", f[:-1])
    ]
    out = []
    for f, e in rng.sample(whole, min(many, len(whole))):
        a, b = rng.choice(frames)
        out.append((joined(a.format(f[0].lower() + f[1:])), b.format(e)))
    return out


def make_questions(pairs: Pairs, meaning: Meaning, rng: random.Random, many: int = 30_000) -> Pairs:
    words = lexicon()
    mined = phrases(pairs, meaning)
    short = sorted(p for p in mined if len(p.en.split()) <= 6)
    rng.shuffle(short)
    people = names(pairs)
    lines = [t.split(" | ") for t in TEMPLATES.strip().splitlines()]

    def noun() -> Any:
        r = rng.random()
        if r < 0.4 and short:
            return rng.choice(short)
        if r < 0.5:
            return rng.choice(words["event"])
        if r < 0.6:
            return nation(rng.choice([w for w in words["person"] + words["thing"] if w.fr.count(" ") < 2]))
        return rng.choice(words["thing"])

    def nation(base: Noun) -> Noun:
        forms, en = rng.choice(words["nation"])
        adjective = forms[{"ms": 0, "fs": 1, "mp": 2, "fp": 3}[base.form]]
        the = "the " if base.en.startswith("the ") else ""
        return Noun(f"{base.fr} {adjective}", f"{the}{en[0]} {base.en.removeprefix('the ')}", base.form)

    def actor() -> Any:
        r = rng.random()
        if r < 0.35 and people:
            return rng.choice(people)
        if r < 0.5:
            return rng.choice(words["place"])
        if r < 0.6:
            return nation(
                rng.choice([w for w in words["person"] if w.fr.count(" ") < 2 and w.fr[-1].islower()])
            )
        if r < 0.68:
            group = rng.choice(words["group"])
            return Noun("les " + group.fr, "the " + group.en, group.form)
        return rng.choice(words["person"])

    out = []
    for _ in range(many):
        fr, en = rng.choice(lines)
        slots = {
            "N": noun(),
            "N2": noun(),
            "P": actor(),
            "P2": actor(),
            "C": rng.choice(words["place"]),
            "C2": rng.choice(words["place"]),
            "G": rng.choice(words["group"]),
            "K": rng.choice(words["count"]),
            "V": rng.choice(words["event"]),
        }
        if slots["P"].form[1] == "p" and re.search(
            r"\{P\}.*(veut|va|justifie|compte|s'est|a "
            r"|A\.pres)|[aj]oue? \{P\}|a \w+ \{P\}",
            fr,
        ):
            slots["P"] = rng.choice(people or words["person"])
        for letter, value in slots.items():
            fr, en = fits(fr, value, letter), fits_en(en, value, letter)
        (inf, pp, pres), (base, past, third) = rng.choice(words["act"])
        for slot, word in (("{A.inf}", inf), ("{A.pp}", pp), ("{A.pres}", pres)):
            fr = fr.replace(slot, word)
        for slot, word in (("{A.base}", base), ("{A.past}", past), ("{A.3}", third)):
            en = en.replace(slot, word)
        (done,), (done_en,) = rng.choice(words["done"])
        fr, en = fr.replace("{D}", done), en.replace("{D.en}", done_en)
        forms, adjective = rng.choice(words["nation"])
        fr = fr.replace("{A2}", forms[{"ms": 0, "fs": 1, "mp": 2, "fp": 3}[slots["G"].form]])
        en = en.replace("{A2.en}", adjective[0])
        one, one_en = rng.choice(sorted(KINDS1.items()))
        fr, en = fr.replace("{K1}", one), en.replace("{K1.en}", one_en)
        out.append((joined(fr), en[0].upper() + en[1:]))
    out = list(dict.fromkeys(out)) + about_sentences(pairs, rng)
    out += [(p.fr, p.en) for p in short[:8000]]
    left = [p for p in out if "{" in p[0] + p[1]]
    assert not left, left[:3]
    return out
