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
        help="Archivo de configuración; si no, config.toml de esta carpeta.",
    ),
]
