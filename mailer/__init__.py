"""What is this package? A mailer of protest and solidarity letters to people who asked for them."""

from mailer import compiled

__version__ = "0.1.0"

IS_COMPILED = compiled.use()
