"""`opina evidence`: the file for the accreditation and the yearly public account."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.shared.options import Config

if TYPE_CHECKING:
    from bot.installation import Installation


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(help="Guarda cada compromiso de la política con lo que lo prueba o lo que falta.")(
        evidence
    )


def evidence(
    out: Annotated[
        Path, typer.Option(metavar="ARCHIVO", help="Dónde queda; termina en .xlsx o .pdf.")
    ],
    config: Config = None,
) -> None:
    from bot.commands.shared.console import Bar, say
    from bot.commands.shared.output import target
    from bot.installation import with_installation
    from bot.jobs.quality.evidence.loading import load_evidence
    from bot.reports.quality.evidence.evidence_pdf import evidence_pdf
    from bot.reports.quality.evidence.evidence_xlsx import evidence_xlsx
    from handlers.errors import OperatorError

    write = {".xlsx": evidence_xlsx, ".pdf": evidence_pdf}.get(out.suffix.lower())
    if write is None:
        raise OperatorError(f"--out {out}: se espera un nombre que termine en .xlsx o .pdf")

    async def work(here: Installation) -> bytes:
        policy = here.content.policy
        with Bar("Compromisos", len(policy.commitments) if policy else 0) as bar:
            found = await load_evidence(
                here.database, here.keyring, here.release, here.opened_at, bar.advance
            )
        if found is None:
            raise OperatorError("el contenido no trae la política; agregue policy.toml")
        return write(found)

    with target(out) as file:
        file.write(with_installation(config, work))
    say(f"Compromisos y evidencia en {out}")
