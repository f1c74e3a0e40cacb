"""What is this package? A mailer of protest and solidarity letters to people who asked for them."""

__version__ = "0.1.0"
