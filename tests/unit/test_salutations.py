"""How letters begin: in every language that is shipped, politely and guessing nobody's gender."""

from __future__ import annotations

import pytest

from mailer.core.salutations import neutral
from mailer.core.targets import Tone

LANGUAGES = ("en", "ru", "de", "fr", "es", "it", "pt", "nl", "pl", "tr", "ar", "kk")


@pytest.mark.parametrize("tone", Tone)
def test_every_language_has_a_greeting_of_its_own_for_every_tone(tone):
    """Nobody gets an English greeting above a letter in their language, or a greeting without its closing mark."""
    greetings = {language: neutral(tone, language) for language in LANGUAGES}

    assert len(set(greetings.values())) == len(LANGUAGES)
    assert all(greeting[-1] in ",!:،" for greeting in greetings.values())
    assert neutral(tone, "pt-br") == greetings["pt"]


def test_a_language_without_a_greeting_takes_the_english_one():
    """A campaign may write its own letter in any language."""
    assert neutral(Tone.PROTEST, "sv") == neutral(Tone.PROTEST, "en")
