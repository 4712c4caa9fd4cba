"""`python -m tests.erasure`: the proof with 1,000 random contacts on both databases, printed."""

from __future__ import annotations

import asyncio
import secrets
import sys
import tempfile
import time
from pathlib import Path
from typing import Annotated, Literal

import typer

from bot.content.release import load_release
from storage.engine.schema import migrate
from tests import postgres
from tests.erasure.proof import Found, Proof


def main(
    contacts: Annotated[int, typer.Option(help="How many are erased.")] = 1_000,
    seed: Annotated[int, typer.Option(help="0: drawn by chance, and printed.")] = 0,
    database: Annotated[Literal["sqlite", "postgresql", "both"], typer.Option()] = "both",
) -> None:
    """Live, copy, erase, search, put the copy back, search. Ends with 1 where anything is found."""
    seed = seed or secrets.randbelow(1_000_000) + 1
    print(f"seed {seed}, {contacts} contacts")
    clean = True
    for kind in ("sqlite", "postgresql") if database == "both" else (database,):
        began = time.monotonic()
        with tempfile.TemporaryDirectory(prefix="opina-erasure-") as scratch:
            found = _proved(kind, Path(scratch), contacts, seed)
        clean = _told(kind, found, contacts, time.monotonic() - began) and clean
    sys.exit(0 if clean else 1)


def _proved(kind: str, scratch: Path, contacts: int, seed: int) -> Found:
    folder = scratch / "installation"
    folder.mkdir()
    if kind == "sqlite":
        url = f"sqlite:///{folder}/opina.db"
        return asyncio.run(_run(url, folder, scratch, contacts, seed))
    with postgres.running(scratch / "server") as server:
        asyncio.run(postgres.execute(server, "CREATE DATABASE proof"))
        url = server.set(database="proof").render_as_string(hide_password=False)
        return asyncio.run(_run(url, folder, scratch, contacts, seed))


async def _run(url: str, folder: Path, scratch: Path, contacts: int, seed: int) -> Found:
    await migrate(url)
    proof = Proof(url, folder, scratch / "aside", load_release(), contacts, seed)
    return await proof.run()


def _told(kind: str, found: Found, contacts: int, seconds: float) -> bool:
    sizes = ", ".join(f"{size:,} of {what}" for what, size in sorted(found.looked_at.items()))
    print(f"\n{kind}, {seconds:.0f} s")
    print(f"  before the erasure found in {len(found.before)} tables: {', '.join(found.before)}")
    print(f"  looked through, bytes: {sizes}")
    print(f"  after the erasure: {found.after or 'nothing'}")
    print(f"  after the copy was put back: {found.restored or 'nothing'}")
    print(f"  erased again by the journal: {found.erased_again} of {contacts}")
    print(f"  entries of the audit log that stay, unchanged: {found.audited}")
    print(f"  tables in which others are still found: {found.staying}")
    return not found.after and not found.restored and found.erased_again >= contacts


if __name__ == "__main__":
    typer.run(main)
