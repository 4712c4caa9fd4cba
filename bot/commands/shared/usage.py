"""The command line's own words in Spanish: its help, and what it says of a mistyped command."""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup
from typer.exceptions import TyperException

from handlers.errors import OpinaError
from handlers.text.display import quoted

# Typer's public names are these classes' descendants; the classes themselves have none.
_Context: type[Any] = typer.Context.__mro__[1]
_Formatter: type[Any] = _Context.formatter_class

_HEADINGS = {"Options": "Opciones", "Arguments": "Argumentos", "Commands": "Órdenes"}
_PHRASES = (
    ("Show this message and exit.", "Muestra esta ayuda y termina."),
    ("[default: ", "[si no: "),
    ("; required]", "; obligatorio]"),
    ("[required]", "[obligatorio]"),
)
_TYPES = {
    "valid integer": "un número entero",
    "greater than or equal": "un número mayor",
    "less than or equal": "un número menor",
}
_RANGES = (
    (re.compile(r"\b(\d+)<=x<=(\d+)\b"), r"de \1 a \2"),
    (re.compile(r"\bx>=(\d+)\b"), r"desde \1"),
)
_KIND = re.compile(r" <(?:str|path|int|float)(?: range)?>$")
_TWICE = re.compile(r"\[\[(\w+)\]\]")
# Bytes that are no UTF-8, and control characters but tab and line ends: no name or text has them.
_UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_TEXTS = ("TEXTO", "CONSULTA", "NOMBRE")
_NO_COMMAND = re.compile(r"No such command (['\"])(.*?)\1", re.DOTALL)
_EXTRA = re.compile(r"extra argument\(s\) \((.*)\)", re.DOTALL)


class UsageError(OpinaError):
    """A command line that cannot be carried out; one line says why and what to write."""


class _Help(_Formatter):  # type: ignore[misc]  # it has no public name
    """Help pages with Spanish headings."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        words = (
            _TWICE.sub(r"[\1]", args)
            .replace("[OPTIONS]", "[OPCIONES]")
            .replace("COMMAND [ARGS]...", "ORDEN …")
        )
        super().write_usage(prog, words, prefix or "Uso: ")

    def write_heading(self, heading: str) -> None:
        super().write_heading(_HEADINGS.get(heading, heading))

    def write_dl(self, rows: Sequence[tuple[str, str]], *args: Any, **more: Any) -> None:
        words = [(_KIND.sub("", first), _translate(second)) for first, second in rows]
        super().write_dl(words, *args, **more)


class _SpanishContext(_Context):  # type: ignore[misc]  # it has no public name
    formatter_class = _Help

    def invoke(self, callback: Any, /, *args: Any, **kwargs: Any) -> Any:
        """Carry out the command. Only a text may have more than one line."""
        for param in self.command.params:
            value = self.params.get(param.name)
            if isinstance(value, str | Path) and param.metavar not in _TEXTS:
                _refuse_lines(str(value))
        return super().invoke(callback, *args, **kwargs)


def speak_spanish() -> None:
    """Have every command's help written in Spanish."""
    for kind in (TyperCommand, TyperGroup):
        kind.context_class = _SpanishContext


def carry_out(app: typer.Typer, arguments: Sequence[str]) -> object:
    """Run one command line; the exit code that it ended with, if it said one.

    Raises UsageError for one that cannot be understood.
    """
    _refuse_unreadable(arguments)
    _refuse_unclear(_command(app), arguments)
    try:
        return _command(app)(args=list(arguments), prog_name="opina", standalone_mode=False)
    except TyperException as error:
        if type(error).__name__ == "NoArgsIsHelpError":
            print(error.message, file=sys.stderr)
            return 2
        raise UsageError(_in_spanish(error)) from None


def _refuse_lines(value: str) -> None:
    if re.search(r"[\r\n]", value):
        raise UsageError(f"{quoted(value)}: tiene un salto de línea; escríbalo en una sola")


def _refuse_empty(arguments: Sequence[str]) -> None:
    """What a variable of a shell that is not set leaves behind."""
    for argument in arguments:
        name, given, value = argument.partition("=")
        if not argument.strip() or (given and name.startswith("--") and not value.strip()):
            what = f"la opción {quoted(name)}" if given else "un argumento"
            raise UsageError(f"{what} está sin valor; escríbalo, o quítelo de la orden")


def _refuse_unreadable(arguments: Sequence[str]) -> None:
    for argument in arguments:
        if _UNREADABLE.search(argument):
            raise UsageError(
                f"{quoted(_UNREADABLE.sub('?', argument))}: tiene un carácter de control o no está"
                " en UTF-8; escríbalo de nuevo"
            )


def _refuse_unclear(command: Any, arguments: Sequence[str]) -> None:
    """An option that takes one value, given twice, which is unclear; or empty."""
    rest = list(arguments)
    while rest and rest[0] in getattr(command, "commands", {}):
        command = command.commands[rest.pop(0)]
    given = rest[: rest.index("--")] if "--" in rest else rest
    if not any(param.metavar in _TEXTS for param in command.params):
        _refuse_empty(given)
    names = Counter(argument.partition("=")[0] for argument in given)
    for param in command.params:
        if param.multiple or getattr(param, "is_flag", False):
            continue
        if sum(names[name] for name in param.opts if name.startswith("-")) > 1:
            raise UsageError(f"la opción {param.opts[-1]} está más de una vez; deje una")


@cache
def _command(app: typer.Typer) -> Any:
    """All commands with their options, which takes longer to make than most take to run."""
    return typer.main.get_command(app)


def _translate(text: str) -> str:
    for english, spanish in _PHRASES:
        text = text.replace(english, spanish)
    for pattern, spanish in _RANGES:
        text = pattern.sub(spanish, text)
    return text


def _in_spanish(error: Any) -> str:
    context = error.ctx
    path = context.command_path if context is not None else "opina"
    return f"{_mistake(error, context)}; vea {path} --help"


def _mistake(error: Any, context: Any) -> str:
    from handlers.text.nearest import did_you_mean

    words = str(error.format_message())
    match type(error).__name__:
        case "NoSuchOption":
            known = [name for param in context.command.params for name in param.opts]
            named = quoted(error.option_name)
            return f"la opción {named} no existe{did_you_mean(error.option_name, known)}"
        case "MissingParameter":
            return f"falta {_param_name(error.param)}{_allowed(words)}"
        case "BadOptionUsage":
            return f"la opción {error.option_name} pide un valor"
        case "BadParameter" if error.param is not None:
            return f"{_param_name(error.param)} no sirve{_allowed(words)}"
    commands = getattr(getattr(context, "command", None), "commands", {})
    if found := _NO_COMMAND.search(words):
        return f"la orden {quoted(found[2])} no existe{did_you_mean(found[2], list(commands))}"
    if commands:
        return f"falta la orden: {', '.join(commands)}"
    if found := _EXTRA.search(words):
        return f"sobra {quoted(found[1])}; los textos de varias palabras van entre comillas"
    return "la orden no se entiende"


def _param_name(param: Any) -> str:
    """An option by its own name, an argument by what stands for it in the help."""
    if param.param_type_name == "option":
        return str(param.opts[-1])
    return str(param.metavar or param.name).strip("[]")


def _allowed(said: str) -> str:
    """What is allowed, out of the library's own sentence."""
    _, listed, choices = said.partition(" is not one of ")
    if not listed:
        _, listed, choices = said.partition("Choose from:")
    if listed:
        return f"; se permite {', '.join(re.findall(r'[a-z]+', choices))}"
    return next((f"; se espera {words}" for part, words in _TYPES.items() if part in said), "")
