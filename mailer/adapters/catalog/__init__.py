"""What stands in the campaign file, and is it right? YAML read, checked, and made into core's values."""

from mailer.adapters.catalog.contents import Catalog
from mailer.adapters.catalog.letters import LETTER_VALUES, LetterError, parse_letter
from mailer.adapters.catalog.library import default_letters
from mailer.adapters.catalog.loading import load_catalog
from mailer.adapters.catalog.reference import json_schema, reference_markdown

__all__ = [
    "LETTER_VALUES",
    "Catalog",
    "LetterError",
    "default_letters",
    "json_schema",
    "load_catalog",
    "parse_letter",
    "reference_markdown",
]
