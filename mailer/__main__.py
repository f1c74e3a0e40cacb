"""What does `python -m mailer` do? The same as `mailer`.

Law: nothing is imported before somebody types a command: each sender process imports this module again.
"""

import gc

FEWER_LOOKS = 200_000  # objects; starting makes about 130,000, nearly all of which stay


def main() -> None:
    """Run the command that was typed; the end of the process tells how it went."""
    gc.set_threshold(FEWER_LOOKS)  # looking for cycles at each 700 would take a twentieth of a short command
    from mailer.cli.main import main as run

    try:
        run()
    finally:
        gc.freeze()  # the process ends, and with it all that there is to find


if __name__ == "__main__":
    main()
