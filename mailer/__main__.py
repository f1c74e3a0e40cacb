"""What does `python -m mailer` do? The same as `mailer`."""

from mailer.cli.main import main

if __name__ == "__main__":  # sender processes import this module again
    main()
