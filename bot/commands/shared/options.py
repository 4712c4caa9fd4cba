"""Options that several commands take."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Config = Annotated[
    Path | None,
    typer.Option(
        "--config",
        metavar="ARCHIVO",
        envvar="OPINA_CONFIG",
        show_envvar=False,
        help="Archivo de configuración; si no, el de OPINA_CONFIG o config.toml de aquí.",
    ),
]

Week = Annotated[
    str | None, typer.Option(metavar="SEMANA", help="Como 2026-W47; si no, la última completa.")
]
