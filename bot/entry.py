"""The `opina` script: loads the command line, which Ctrl+C may end without a word meanwhile."""

from __future__ import annotations

import signal


def main() -> None:
    """Load the commands and carry one out."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    from bot import cli

    signal.signal(signal.SIGINT, signal.default_int_handler)
    cli.main()


if __name__ == "__main__":
    main()
