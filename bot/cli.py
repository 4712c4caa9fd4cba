"""`opina`: the command line. An operator's mistake ends in one line, never in a traceback.

Each command imports what it needs only when it runs, so that `opina --help` stays quick.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Sequence
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated, TextIO

import typer

from bot.commands.citizens import breaches, cases, notice, rights
from bot.commands.content import check, folder, gaps, posters, search, understand
from bot.commands.data import backup, export, quarantine, retention
from bot.commands.demo import command as demo
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
from bot.commands.shared.options import Config
from bot.commands.shared.usage import UsageError, carry_out, speak_spanish
from bot.commands.staff import audit, members
from handlers.errors import (
    OperatorError,
    StorageDamaged,
    StorageFull,
    StorageRefused,
    StorageUnavailable,
)
from handlers.text.display import for_terminal

RESTORE = (
    "Detenga el servicio, guarde aparte el archivo de [database] url y los que empiezan igual, y"
    " reponga un respaldo: opina restore CARPETA"
)
AGAIN = "Revise [database] url y que esté en marcha, y repita la orden: no se perdió nada."
ROOM = "Haga espacio en su disco y repita la orden: no se perdió nada."

LONGEST_LINE = 450

# The error numbers with which writing to a standard stream fails.
_FULL = (errno.EPIPE, errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO)

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
    breaches,
    sums,
    retention,
    quarantine,
    backup,
)
for topic in TOPICS:
    topic.register(app)
speak_spanish()


def main() -> None:
    """The entry point of the `opina` script."""
    prepare_streams()
    sys.exit(exit_code_of(sys.argv[1:]))


def prepare_streams() -> None:
    """Make the three standard streams usable, in any state the caller left them.

    A closed stream is opened on /dev/null, before a file can take its descriptor. Characters that
    the terminal's encoding lacks are written as escapes.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            nothing = open(os.devnull, mode, encoding="utf-8")  # noqa: SIM115  # for the whole run
            setattr(sys, name, nothing)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def exit_code_of(arguments: Sequence[str]) -> int:
    """Run one command line; return 0 (done), 1 (try again later), 2 (a mistake) or 130 (Ctrl+C)."""
    try:
        return _flush_output(carry_out(app, arguments))
    except SystemExit as finished:
        return _flush_output(finished.code)
    except KeyboardInterrupt:
        return 130
    except (OperatorError, StorageUnavailable, UsageError) as error:
        _drop_unwritten()
        return _report(error, _config_of(arguments))
    except RuntimeError as error:  # Python wraps an interrupt that meets a class being created
        if not isinstance(error.__cause__, KeyboardInterrupt):
            raise
        return 130
    except OSError as error:
        if _of_output(error):
            return _output_failed(error)
        if (
            error.errno == errno.ENOENT and error.filename is None
        ):  # tempfile finds no usable folder
            from storage.files import NoScratch

            return _report(NoScratch())
        raise
    except BaseExceptionGroup as group:  # from a TaskGroup: any of the errors above
        return _answer_group(group, _config_of(arguments))


def _config_of(arguments: Sequence[str]) -> Path | None:
    """The settings file that ``--config`` or OPINA_CONFIG names."""
    for place, argument in enumerate(arguments):
        option, is_joined, value = argument.partition("=")
        if option == "--config" and (is_joined or arguments[place + 1 :]):
            return Path(value if is_joined else arguments[place + 1])
    named = os.environ.get("OPINA_CONFIG", "")
    return Path(named) if named else None


def _flush_output(code: object) -> int:
    """Flush the standard output; return the exit code, 2 if it cannot be written."""
    try:
        sys.stdout.flush()
    except OSError as error:
        failed = _output_failed(error)
        return failed if failed or not isinstance(code, int) else code
    return code if isinstance(code, int) else 0


def _of_output(error: BaseException) -> bool:
    """Whether writing to a standard stream failed: an error about a file carries its name."""
    return isinstance(error, OSError) and error.errno in _FULL and error.filename is None


def _output_failed(error: OSError) -> int:
    """The exit code: 0 for a closed pipe, whose reader has seen enough; 2 for a full disk."""
    from storage.files import reason

    _drop(sys.stdout)
    if isinstance(error, BrokenPipeError):
        return 0
    return _report(OperatorError(f"la salida no se puede escribir: {reason(error)}"))


def _drop_unwritten() -> None:
    """Discard output that cannot be written, or flushing fails again as the interpreter exits."""
    try:
        sys.stdout.flush()
    except OSError:
        _drop(sys.stdout)


def _drop(stream: TextIO) -> None:
    """Redirect the stream to /dev/null, and with it what is still buffered."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _answer_group(group: BaseExceptionGroup[BaseException], config: Path | None) -> int:
    """As ``exit_code_of`` for the errors of several tasks; an unforeseen one is raised again."""
    errors = _leaves(group)
    output = [error for error in errors if isinstance(error, OSError) and _of_output(error)]
    foreseen = (OperatorError, StorageUnavailable, KeyboardInterrupt)
    if not all(isinstance(error, foreseen) or error in output for error in errors):
        raise group
    if output:
        return _output_failed(output[0])
    mistakes = [error for error in errors if isinstance(error, OperatorError)]
    away = [error for error in errors if isinstance(error, StorageUnavailable)]
    return _report((mistakes or away)[0], config) if mistakes or away else 130


def _leaves(group: BaseExceptionGroup[BaseException]) -> list[BaseException]:
    found: list[BaseException] = []
    for error in group.exceptions:
        found += _leaves(error) if isinstance(error, BaseExceptionGroup) else [error]
    return found


def _short(line: str) -> str:
    """Cut an endless line in its middle, where a long path stands; both ends stay readable."""
    if len(line) <= LONGEST_LINE:
        return line
    half = LONGEST_LINE // 2
    return f"{line[:half]} … {line[-half:]}"


def _report(
    error: OperatorError | StorageUnavailable | UsageError, config: Path | None = None
) -> int:
    """Print what is wrong, and how to mend it, to the standard error; return the exit code."""
    match error:
        case StorageDamaged():
            text, code = f"La base de datos está dañada ({error}). {RESTORE}", 2
        case StorageRefused():
            text, code = f"[database] url: {error}", 2
        case StorageFull():
            text, code = f"La base de datos no se puede escribir ({error}). {ROOM}", 1
        case StorageUnavailable():
            text, code = f"La base de datos no está disponible ({error}). {AGAIN}", 1
        case _:
            text, code = str(error), 2
    try:
        for line in text.splitlines():
            print(_short(for_terminal(_placed(line, config))), file=sys.stderr)
        sys.stderr.flush()
    except OSError:  # the standard error is closed or full: nobody can be told
        _drop(sys.stderr)
    return code


def _placed(line: str, config: Path | None) -> str:
    """Put the file or variable that sets a setting before a line about it."""
    if not line.startswith("["):
        return line
    from bot.settings import with_place

    return with_place(line, config, dict(os.environ))


if __name__ == "__main__":
    main()
