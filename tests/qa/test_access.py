"""Keys, rates and their settings: who may, how often, and that no key is ever told."""

from __future__ import annotations

import re
from collections.abc import Callable
from subprocess import CompletedProcess

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from index.errors import AccessError, SettingError, TooMany
from qa.http.access import Access
from qa.http.rates import Rate
from qa.settings import BY_NAME, SETTINGS, resolve

KEYS = st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=12, max_size=40)


@given(key=KEYS, other=st.text(max_size=60))
def test_only_the_key_itself_opens(key: str, other: str) -> None:
    """Any other text is refused, by either header; no message says more than that."""
    assume(other.strip() != key and not other.lower().startswith("bearer"))
    access = Access(writing=key)
    access.check_write({"authorization": f"Bearer {key}"})
    access.check_write({"x-api-key": key})
    for headers in ({}, {"x-api-key": other}, {"authorization": f"Bearer {other}"}, {"authorization": other}):
        with pytest.raises(AccessError) as caught:
            access.check_write(headers)
        assert caught.value.code == "bad_key"
        assert caught.value.message in ("The key is wrong.", "A key is needed.")


def test_a_rate_is_counted_for_each_address() -> None:
    """One address that asks too often is told when to come back; another may still ask."""
    rate = Rate("3/hour")
    for _ in range(3):
        rate.check("10.0.0.1")
    with pytest.raises(TooMany, match="3 per 1 hour") as caught:
        rate.check("10.0.0.1")
    assert 3590 <= caught.value.seconds <= 3600
    rate.check("10.0.0.2")
    for _ in range(100):
        Rate("off").check("10.0.0.1")


@pytest.mark.parametrize("key", ["short", "twelve letters", "é" * 12, "with\nline-break"])
def test_a_bad_key_is_refused_without_being_told(monkeypatch: pytest.MonkeyPatch, key: str) -> None:
    """The message names the variable, not its value."""
    monkeypatch.setenv("SELON_API_KEY", key)
    with pytest.raises(SettingError, match="SELON_API_KEY") as caught:
        resolve({})
    assert key not in str(caught.value)


@pytest.mark.parametrize(
    ("variable", "value"),
    [("SELON_ASK_RATE", "often"), ("SELON_WRITE_RATE", "0/minute"), ("SELON_LOG_QUESTIONS", "perhaps")],
)
def test_a_bad_rate_or_switch_is_named(monkeypatch: pytest.MonkeyPatch, variable: str, value: str) -> None:
    """The message names the variable, its value and what fits."""
    monkeypatch.setenv(variable, value)
    with pytest.raises(SettingError, match=re.escape(value)) as caught:
        resolve({})
    assert variable in caught.value.message


def test_settings_are_read_as_they_are_meant(monkeypatch: pytest.MonkeyPatch) -> None:
    """A rate may be off, a switch on."""
    for name, value in {"ASK_RATE": "off", "WRITE_RATE": "5/second", "LOG_QUESTIONS": "yes"}.items():
        monkeypatch.setenv(f"SELON_{name}", value)
    found = resolve({})
    assert (found["ask_rate"], found["write_rate"], found["log_questions"]) == ("off", "5/second", True)
    assert resolve({"ask_rate": "1/hour"})["ask_rate"] == "1/hour"
    assert resolve({"write_rate": BY_NAME["write_rate"].kind("off")})["write_rate"] == "off"


def test_no_key_has_a_flag(run_selon: Callable[..., CompletedProcess[str]]) -> None:
    """Others see the command lines of a machine."""
    shown = run_selon("serve", "--help").stdout
    for setting in SETTINGS:
        assert not setting.secret or setting.flag not in shown
    assert "--watch" in shown
    assert "--log-questions" in shown
