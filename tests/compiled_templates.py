"""Templates of pages, compiled once a process.

The service compiles each once. Here every test has a panel of its own, which would compile all that
it shows anew: a quarter of the processor time of the panel's tests.
"""

from __future__ import annotations

from functools import partialmethod

from jinja2 import BytecodeCache, Environment
from jinja2.bccache import Bucket


class _InMemory(BytecodeCache):
    """By name and source of the template, so that a changed one is compiled anew."""

    def __init__(self) -> None:
        self._compiled: dict[tuple[str, str], bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if compiled := self._compiled.get((bucket.key, bucket.checksum)):
            bucket.bytecode_from_string(compiled)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._compiled[bucket.key, bucket.checksum] = bucket.bytecode_to_string()


def share() -> None:
    """From here on, environments of this process share what they compile."""
    Environment.__init__ = partialmethod(Environment.__init__, bytecode_cache=_InMemory())
