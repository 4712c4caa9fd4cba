"""The `opina` script: from its first moment on Ctrl+C ends it without a word."""

import sys


def main() -> None:
    """Load the commands and carry one out."""
    try:
        from bot.interrupts import restore_default_interrupt

        restore_default_interrupt()
    except (KeyboardInterrupt, RuntimeError):  # the latter where a class of `signal` is being made
        sys.exit(130)
    from bot import cli

    cli.main()


if __name__ == "__main__":
    main()
