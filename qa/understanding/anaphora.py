"""Pronouns of a follow-up, resolved to whom the question before named: « où vit-elle ? », "did he go?"."""

from __future__ import annotations

import re

from qa.understanding.phrases import flat, pattern_of
from qa.understanding.slots import SUBJECTS, has_somebody, names_in, subject_at

_CLITICS = r"l[ea]s? |lui |leur |[mts]e |ne |en |y |[nlsmty]['’]"
# One person, in the places where a name can stand: "did he", « selon elle », « que dit-il ».
_SOMEBODY = (
    (re.compile(r"\b(?:he|she|him|her(?=\s*$))\b"), r"{name}"),
    (
        re.compile(r"(?<=selon )(?:elle|lui)\b|(?<=d'après )(?:elle|lui)\b|(?<=d’après )(?:elle|lui)\b"),
        r"{name}",
    ),
    # « Martin a démenti », as it is asked aloud.
    (re.compile(r"^(?:[Ii]l|[Ee]lle)(?= )"), r"{name}"),
    # « que dit Martin », « où Martin vit-il », « Martin fait-il appel ».
    (re.compile(r"(?<=^[Qq]ue )(\w+)-(?:t-)?(?:il|elle)\b"), r"{verb} {name}"),
    (re.compile(rf"(?=(?<![\w'’-])(?:{_CLITICS})*\w+-(?:t-)?(?:il|elle)\b)"), r"{name} "),
)
_MANY = ((re.compile(r"\b(?:they|them(?=\s*$))\b"), r"{name}"),)
_OWNED = re.compile(r"['’]s [\w-]+")


def with_name(question: str, text: str) -> str:
    """`question` with the name that `text` asks about in the place of « il », « elle », "he" or "she"."""
    if not names_in(text) or pattern_of("no_pronouns").search(flat(question)):
        return question
    slot = subject_at(text)
    if slot is None:
        return question
    # "she" after "does Durand's lawyer appeal?" is the lawyer.
    owned = _OWNED.match(text, slot[1])
    name = re.sub(r"^L(?=[ae]s? |['’])", "l", text[slot[0] : owned.end() if owned else slot[1]].strip())
    for pattern, shape in _SOMEBODY if not name.endswith("s") else _SOMEBODY + _MANY:
        # A subject that stands there already makes « a-t-il » a mere form.
        found = pattern.search(question)
        if found and not SUBJECTS[0].search(question) and not has_somebody(question[: found.start()]):
            put = shape.format(name=name, verb=found[found.re.groups])
            return question[: found.start()] + put + question[found.end() :]
    return question
