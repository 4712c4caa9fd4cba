"""Command lines run by a shell, as an operator's are: with redirections, pipes and limits."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

OPINA = f"{sys.executable} -m bot.cli"
_TIMEOUT_S = 60


def run_in_shell(
    line: str, folder: Path, content: Path, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run ``line`` in ``folder``, where no settings are, with the content of another folder."""
    return subprocess.run(
        ["/bin/sh", "-c", line],
        cwd=folder,
        env={
            "PYTHONPATH": str(Path(__file__).parents[3]),
            "PATH": "/usr/bin:/bin",
            "OPINA_MUNICIPALITY__CONTENT": str(content),
            **environment,
        },
        capture_output=True,
        text=True,
        timeout=_TIMEOUT_S,
        check=False,
    )
