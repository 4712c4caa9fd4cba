"""The `opina` script: Ctrl+C ends it silently even while its modules are being imported."""

import sys


def main() -> None:
    """Import the commands and run the one that was typed."""
    try:
        from bot.interrupts import restore_default_interrupt

        restore_default_interrupt()
    except (KeyboardInterrupt, RuntimeError):  # the latter where a class of `signal` is being made
        sys.exit(130)
    from bot import cli

    cli.main()


if __name__ == "__main__":
    main()
