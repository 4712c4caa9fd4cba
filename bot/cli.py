"""`opina`: the command line. Operators' mistakes end in a line of their own, never a traceback.

Commands import what they need when they are called, so that `opina --help` stays quick.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from bot.commands.citizens import cases, notice, rights
from bot.commands.content import check, folder, gaps, posters, search, understand
from bot.commands.data import backup, export, retention
from bot.commands.demo import command as demo
from bot.commands.options import Config
from bot.commands.quality import (
    control,
    digest,
    evidence,
    explain,
    figures,
    measures,
    ratings,
    sums,
)
from bot.commands.staff import audit, members
from bot.commands.usage import UsageError, carry_out, speak_spanish
from handlers.errors import OperatorError, StorageDamaged, StorageUnavailable
from handlers.text.display import for_terminal

RESTORE = (
    "Detenga el servicio, guarde aparte el archivo de [database] url y los que empiezan igual, y"
    " reponga un respaldo: opina restore CARPETA"
)
AGAIN = "Revise [database] url y que esté en marcha, y repita la orden: no se perdió nada."

app = typer.Typer(
    name="opina",
    help="Opina: vecinas y vecinos ponen nota y preguntan por chat; cada lunes hay un resumen.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"max_content_width": 80},
)


@app.command(help="Pone en marcha el servicio.")
def run(config: Config = None) -> None:
    from bot.commands.run import run as run_service

    run_service(config)


@app.command(help="Conversa con el asistente aquí mismo, o reproduce un guion.")
def chat(
    script: Annotated[
        Path | None,
        typer.Option(metavar="ARCHIVO", help="Lo que escribe la persona, una línea por mensaje."),
    ] = None,
    keep: Annotated[
        bool, typer.Option("--keep", help="Usa la base configurada; si no, una que se descarta.")
    ] = False,
    config: Config = None,
) -> None:
    from bot.commands.chat import chat as converse

    converse(config, script, keep=keep)


TOPICS = (
    demo,
    check,
    folder,
    gaps,
    posters,
    search,
    understand,
    digest,
    control,
    measures,
    evidence,
    explain,
    figures,
    ratings,
    export,
    members,
    cases,
    notice,
    audit,
    rights,
    sums,
    retention,
    backup,
)
for topic in TOPICS:
    topic.register(app)
speak_spanish()


def main() -> None:
    """The entry point of the `opina` script."""
    sys.exit(answered(sys.argv[1:]))


def answered(arguments: Sequence[str]) -> int:
    """Carry out one command line; returns the exit code: 0 done, 1 not now, 2 to be mended."""
    try:
        return _last_words(carry_out(app, arguments))
    except SystemExit as finished:
        return _last_words(finished.code)
    except BrokenPipeError:
        return _last_words(0)
    except KeyboardInterrupt:
        return 130
    except (OperatorError, StorageUnavailable, UsageError) as error:
        return _complain(error)
    except BaseExceptionGroup as group:  # of tasks: each of what is told above
        return _answer_group(group)


def _last_words(code: object) -> int:
    """Write out what is buffered. Whoever was reading may have seen enough: that is no failure."""
    try:
        sys.stdout.flush()
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(error, BrokenPipeError):
            from storage.files import reason

            return _complain(OperatorError(f"la salida no se puede escribir: {reason(error)}"))
    return code if isinstance(code, int) else 0


def _answer_group(group: BaseExceptionGroup[BaseException]) -> int:
    """As ``answered``, for what several tasks ended with; anything unforeseen goes on."""
    foreseen, other = group.split((OperatorError, StorageUnavailable, KeyboardInterrupt))
    if other is not None or foreseen is None:
        raise group
    errors = list(_leaves(foreseen))
    mistakes = [error for error in errors if isinstance(error, OperatorError)]
    away = [error for error in errors if isinstance(error, StorageUnavailable)]
    return _complain((mistakes or away)[0]) if mistakes or away else 130


def _leaves(group: BaseExceptionGroup[BaseException]) -> list[BaseException]:
    found: list[BaseException] = []
    for error in group.exceptions:
        found += _leaves(error) if isinstance(error, BaseExceptionGroup) else [error]
    return found


def _complain(error: OperatorError | StorageUnavailable | UsageError) -> int:
    """Say what is wrong on the standard error; returns the exit code."""
    match error:
        case StorageDamaged():
            text, code = f"La base de datos está dañada ({error}). {RESTORE}", 2
        case StorageUnavailable():
            text, code = f"La base de datos no está disponible ({error}). {AGAIN}", 1
        case _:
            text, code = str(error), 2
    for line in text.splitlines():
        print(for_terminal(line), file=sys.stderr)
    return code


if __name__ == "__main__":
    main()
