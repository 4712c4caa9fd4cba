"""One file from the standard input, harmless on the standard output: its type, a line end, itself.

Ends with 3 and a word of ``Reason`` on the standard output where it is not kept.
"""

from __future__ import annotations

import sys
from contextlib import suppress

from bot.cleaning.content import cleaned
from bot.cleaning.refusals import RefusedFile

REFUSED = 3
MEMORY = 900 * 1024 * 1024  # bytes of addresses: a large picture needs 200 million
PROCESSOR_S = 20


def main() -> int:
    """``most`` bytes and whether it is an audio are the arguments."""
    most, voice = int(sys.argv[1]), sys.argv[2] == "voice"
    _limit()
    data = sys.stdin.buffer.read(most + 1)
    try:
        kind, content = cleaned(data, voice=voice, most=most)
    except RefusedFile as refused:
        sys.stdout.write(refused.reason.value)
        return REFUSED
    sys.stdout.buffer.write(kind.encode() + b"\n" + content)
    return 0


def _limit() -> None:
    """Little memory and time, no files, no further processes, as far as the system has limits."""
    with suppress(ImportError):
        import resource

        for what, most in (
            (resource.RLIMIT_AS, MEMORY),
            (resource.RLIMIT_CPU, PROCESSOR_S),
            (resource.RLIMIT_FSIZE, 0),
            (resource.RLIMIT_CORE, 0),
        ):
            resource.setrlimit(what, (most, most))


if __name__ == "__main__":
    sys.exit(main())
