from __future__ import annotations

import pytest

from index.types import Role, Stance, VoiceStance
from tests.index.marked import parse


def test_marks_become_places_and_leave_the_sentence_whole() -> None:
    example = parse("reports/title || [Kiev]{asserts} [annonce]{cue} [30]{30:} morts")
    assert example.text == "Kiev annonce 30 morts"
    assert (example.stance, example.role) == (Stance.REPORTS, Role.TITLE)
    assert example.voices == ((0, 4, VoiceStance.ASSERTS),)
    assert example.cues == ((5, 12),)
    assert example.figures == ((13, 15, 30.0, None),)


@pytest.mark.parametrize(
    "line",
    [
        "Kiev annonce 30 morts",
        "reports || [Kiev{asserts} annonce",
        "reports || [Kiev] annonce",
        "reports || Kiev] annonce",
        "reports || [Kiev]{asserts annonce",
        "reports || [Kiev]{claims} annonce",
        "reports || [30]{thirty} morts",
        "hopes || Kiev annonce",
        "reports/footer || Kiev annonce",
    ],
)
def test_a_wrong_line_raises(line: str) -> None:
    with pytest.raises(ValueError, match=r"mark|Stance|Role|stance"):
        parse(line)
