"""Where a command writes a file: in its place once it is whole, or the standard output."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from bot.interrupts import interruptible

OWNERS_ONLY = 0o600  # it may hold words of citizens


@contextmanager
def target(out: Path | None, option: str = "--out", mode: int = OWNERS_ONLY) -> Iterator[BinaryIO]:
    """The file, put in its place only once it is whole. Without one, the standard output.

    A database's own errors never are OSError: what is one here comes from the target.
    """
    from handlers.errors import OperatorError
    from storage.files import behind_links, reason

    name = "la salida" if out is None else f"{option} {out}"
    try:
        if out is None:
            yield sys.stdout.buffer
            sys.stdout.buffer.flush()
            return
        if _is_device(out):
            with out.open("wb") as file:
                yield file
            return
        place = behind_links(out)
        draft = _draft(place, option)
        with interruptible(), _put_in_place(draft, place, mode) as file:
            yield file
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OperatorError(
            f"{name}: no se puede escribir: {reason(error)}; elija otro lugar, con espacio"
        ) from None


@contextmanager
def _put_in_place(draft: Path, out: Path, mode: int) -> Iterator[BinaryIO]:
    try:
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
        with os.fdopen(handle, "wb") as file:
            yield file
        os.replace(draft, out)
    finally:
        with suppress(OSError):  # in its place by now, or not to be taken away
            draft.unlink()


def _is_device(out: Path) -> bool:
    """A device, a pipe: written to, never replaced by a file of its name."""
    return "\0" not in str(out) and out.exists() and not (out.is_file() or out.is_dir())


def _draft(out: Path, option: str) -> Path:
    from handlers.errors import OperatorError

    if not out.name or "\0" in str(out):
        raise OperatorError(f"{option}: ese nombre de archivo no se puede usar; dele otro")
    return out.with_name(f".{out.name}.{os.getpid()}")
