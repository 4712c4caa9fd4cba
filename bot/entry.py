"""The `opina` script: from its first moment on Ctrl+C ends it without a word."""

import sys


def main() -> None:
    """Load the commands and carry one out."""
    try:
        from bot.interrupts import end_at_once

        end_at_once()
    except (KeyboardInterrupt, RuntimeError):  # the latter where a class of `signal` is being made
        sys.exit(130)
    from bot import cli

    cli.main()


if __name__ == "__main__":
    main()
