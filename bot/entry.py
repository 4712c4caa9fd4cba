"""The `opina` script: loads the command line, which Ctrl+C may end without a word meanwhile."""

import sys


def main() -> None:
    """Load the commands and carry one out."""
    try:
        import signal

        signal.signal(signal.SIGINT, signal.SIG_DFL)
    except (KeyboardInterrupt, RuntimeError):  # the latter where a class of `signal` is being made
        sys.exit(130)
    from bot import cli

    signal.signal(signal.SIGINT, signal.default_int_handler)
    cli.main()


if __name__ == "__main__":
    main()
