"""Which words are commands? Those of every language that there is a catalogue of, the organiser's own among them.

Law: a word that means one thing here and another there means nothing.
"""

from __future__ import annotations

import gettext
from collections.abc import Iterator
from io import BytesIO

from mailer.adapters.templates import Templates
from mailer.adapters.wording import SOURCE_LANGUAGE, load_wordings
from mailer.core.mail_commands import SPELLINGS, Command, Words, make_words


def load_command_words(templates: Templates) -> Words:
    """Return the words of all languages.

    Raises:
        ConfigurationError: a catalogue cannot be read.
    """
    return make_words(_spellings(templates))


def _spellings(templates: Templates) -> Iterator[tuple[Command, str]]:
    """Yield what each command is called in each language."""
    languages = (name.split("/")[1] for name in templates.names("locale", "*/LC_MESSAGES/mailer.po"))
    for wording in load_wordings(templates, (SOURCE_LANGUAGE, *languages)).values():
        words = gettext.GNUTranslations(BytesIO(wording.catalogue))
        yield from ((command, words.gettext(spelling)) for command, spelling in SPELLINGS.items())
