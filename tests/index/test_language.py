"""Languages: the right one, the same one each time, and None rather than a guess."""

import subprocess
import sys

import pytest

from index.language import _WORD, _known, detect, detect_question


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Les négociations reprendront lundi à Genève.", "fr"),
        ("Talks will resume in Geneva on Monday.", "en"),
        ("Die Gespräche werden am Montag in Genf fortgesetzt.", "de"),
        ("Las conversaciones se reanudarán el lunes en Ginebra.", "es"),
        ("Переговоры возобновятся в понедельник в Женеве.", "ru"),
        ("회담은 월요일 제네바에서 재개된다고 정부가 밝혔다.", "ko"),
    ],
)
def test_texts(text: str, language: str) -> None:
    """One plain sentence is enough."""
    assert detect(text) == language
    assert detect(text) == language


@pytest.mark.parametrize("text", ["", "   ", "12 000 ?!", "Kiev", "…"])
def test_too_little_text_proves_nothing(text: str) -> None:
    """Where there are hardly any letters, no language is claimed."""
    assert detect(text) is None


@pytest.mark.parametrize(
    "question",
    [
        "combien de morts",
        "qui a dementi",
        "qui l'a dit ?",
        "Combien de soldats ?",
        "ou sont-ils",
        "y a-t-il des preuves",
        "preuves ?",
        "qu'a dit Zelensky",
        "pk la Coree",
        "konbien de soldats",
        "QUI COMMANDE",
        "pourquoi ?",
        "Koursk ?",
        "que dit-on de l'OTAN",
        "qu’est-ce que l’axe du mal",
        "quel est le role de Rutte",
        "",
        "?",
        "12 000",
    ],
)
def test_french_questions(question: str) -> None:
    """Terse, misspelt and accentless French is French; so is what belongs to no language."""
    assert detect_question(question) == "fr"


@pytest.mark.parametrize(
    "question",
    [
        "how many soldiers?",
        "who denied it",
        "what did Kim say",
        "why?",
        "when",
        "proof of troops",
        "how many killed",
        "did Pyongyang confirm",
        "WHO IS RUTTE",
        "any evidence?",
        "what's the axis of evil",
        "is it true",
        "wat happened",
        "casualties in Kursk",
        "what does the Élysée say",
    ],
)
def test_english_questions(question: str) -> None:
    """Terse and misspelt English is English, whatever the names in it."""
    assert detect_question(question) == "en"


def test_the_library_is_loaded_late() -> None:
    """Importing costs nothing: the library comes with the first text."""
    code = "import sys, index.language; sys.exit('py3langid' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_every_word_of_the_lists_can_be_met() -> None:
    """A question is read word by word: an entry of two words, or with an accent, would never count."""
    assert all(any(lists) for lists in _known().values())
    for lists in _known().values():
        assert [word for words in lists for word in words if not _WORD.fullmatch(word)] == []
