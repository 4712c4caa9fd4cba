"""`opina understand`: what the assistant hears in a text and why, or how well it hears at all."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from bot.commands.shared.options import Config

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handlers.rehearsing.dangers import LabelledMessage
    from handlers.rehearsing.dangers import MessageOutcome as Heard
    from handlers.rehearsing.evaluation import Example, ExampleOutcome
    from handlers.release import Release

# Messages sent first, so that the text answers an open question of that kind.
PLACES = {
    "start": (),
    "menu": ("menu",),
    "area": ("quiero poner nota",),
    "grade": ("quiero poner nota", "transito"),
    "comment": ("quiero poner nota", "transito", "7"),
    "card": ("permiso de circulación",),
    "case": ("reclamo: hay un hoyo en la calle", "saltar", "sí"),
}
SAID = {
    "right": "bien",
    "confirmed": "con un toque más",
    "harmless": "mal, sin daño",
    "stored": "mal guardado",
}
_SHOWN = 6  # acts

Written = Annotated[
    str | None, typer.Argument(metavar="TEXTO", help="Como lo escribiría una persona.")
]
OpenQuestion = Annotated[
    Literal["start", "menu", "area", "grade", "comment", "card", "case"],
    typer.Option(help="Qué pregunta está abierta cuando se escribe."),
]
Examples = Annotated[
    Path | None,
    typer.Option(metavar="ARCHIVO", help="Mensajes con lo que deben causar, en JSONL."),
]
Dangers = Annotated[
    Path | None,
    typer.Option(metavar="ARCHIVO", help="Mensajes de peligro y corrientes, en TSV."),
]
WithMisses = Annotated[
    bool, typer.Option("--misses", help="Muestra también los mensajes que fallaron.")
]


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(help="Muestra qué entiende de un texto y por qué.")(understand)


def understand(
    text: Written = None,
    at: OpenQuestion = "start",
    evaluate: Examples = None,
    danger: Dangers = None,
    misses: WithMisses = False,
    config: Config = None,
) -> None:
    from bot.installation import Installation
    from handlers.errors import OperatorError

    if [text, evaluate, danger].count(None) != 2:
        raise OperatorError(
            'escriba un texto, opina understand "…", o --evaluate ARCHIVO o --danger ARCHIVO'
        )
    if text is not None and misses:
        raise OperatorError("--misses es de --evaluate y de --danger")
    cases = _labelled(evaluate) if evaluate else []
    messages = _dangers(danger) if danger else []
    release = Installation.configured(config).release
    if text is not None:
        _explain(text, at, release)
        return
    if danger:
        from handlers.rehearsing.dangers import play

        _show_dangers(play(messages, release), misses=misses)
        return
    from handlers.rehearsing.evaluation import evaluate as played

    _show(played(cases, release), len(cases), misses=misses)


def _explain(text: str, at: str, release: Release) -> None:
    from datetime import UTC, datetime

    from handlers.messages import Channel, Incoming, Sender, Text
    from handlers.rehearsing.rehearsal import Rehearsal
    from handlers.state import Known
    from handlers.understanding.understand import understand as understood

    now = datetime.now(UTC)
    chat = Rehearsal(release, now)
    for said in PLACES[at]:
        chat.say(said)
    incoming = Incoming("0", Sender(Channel.TERMINAL, "", ""), Text(text), chat.now)
    intents = understood(incoming, chat.state, Known(new_id=1), release, chat.now)
    print("Entiende: " + "; ".join(_intent_text(intent) for intent in intents))
    heard = release.listener.hear(text)
    acts = ", ".join(f"{act} {chance:.0%}" for act, chance in heard.ranked()[:_SHOWN])
    print(f"Oye:      {acts}")
    print(f"Peligro:  {heard.danger:.0%}")
    print(f"Idioma:   {heard.language}")
    reply = chat.say(text)
    print("Responde: " + (reply.text.replace("\n", "\n          ") if reply else "nada"))


def _intent_text(intent: object) -> str:
    from enum import Enum

    if isinstance(intent, Enum):
        return intent.name
    fields = ", ".join(
        f"{name}={getattr(intent, name)!r}"
        for name in getattr(intent, "__struct_fields__", ())
        if name not in ("ranking", "query", "words")
    )
    return f"{type(intent).__name__}({fields})"


def _labelled(file: Path) -> list[Example]:
    import msgspec

    from handlers.errors import OperatorError
    from handlers.rehearsing.evaluation import Example
    from storage.files import read_text

    cases = []
    for number, line in enumerate(read_text(file).split("\n"), 1):
        try:
            cases += [msgspec.json.decode(line, type=Example)] if line.strip() else []
        except (ValueError, RecursionError):
            raise OperatorError(
                f"{file}:{number}: no es un mensaje de prueba; cada línea es un objeto JSON con "
                "id, category, setup, say y expect"
            ) from None
    return cases


def _show(outcomes: Sequence[ExampleOutcome], cases: int, *, misses: bool) -> None:
    from collections import Counter, defaultdict

    table: dict[str, Counter[str]] = defaultdict(Counter)
    for outcome in outcomes:
        table[outcome.example.category][outcome.result.value] += 1
        table["todos"][outcome.result.value] += 1
    print(f"{'Clase':14}{'Casos':>6}" + "".join(f"{name:>18}" for name in SAID.values()))
    for name in ("todos", *sorted(set(table) - {"todos"})):
        counts = table[name]
        cells = "".join(f"{counts[result]:>18}" for result in SAID)
        print(f"{name:14}{counts.total():>6}{cells}")
    if len(outcomes) < cases:
        print(f"{cases - len(outcomes)} casos no se juegan aquí: eventos y otras preguntas.")
    if misses:
        for outcome in outcomes:
            if outcome.result.value in ("harmless", "stored"):
                said = " / ".join((*outcome.example.setup, *outcome.example.say))
                answer = outcome.answer.replace("\n", " ")[:100]
                print(f"{SAID[outcome.result.value]}: {outcome.example.id}: {said} → {answer}")


def _dangers(file: Path) -> list[LabelledMessage]:
    """Messages, a line each: language, tab, kind of danger or no_danger, tab, words."""
    from handlers.errors import OperatorError
    from handlers.rehearsing.dangers import NO_DANGER, LabelledMessage
    from handlers.understanding.intents.danger import EMERGENCY_OF
    from storage.files import read_text

    messages = []
    for number, line in enumerate(read_text(file).split("\n"), 1):
        if not line.strip():
            continue
        language, _, rest = line.strip().partition("\t")
        kind, _, words = rest.partition("\t")
        if kind not in (*EMERGENCY_OF, NO_DANGER) or not words.strip():
            kinds = ", ".join((*EMERGENCY_OF, NO_DANGER))
            raise OperatorError(
                f"{file}:{number}: se espera idioma, clase y texto, separados por tabulador; las "
                f"clases son {kinds}"
            )
        messages.append(LabelledMessage(language, kind, words))
    return messages


def _show_dangers(outcomes: Sequence[Heard], *, misses: bool) -> None:
    from handlers.rehearsing.dangers import NO_DANGER, Handling, rows

    print(f"{'Idioma':8}{'Clase':22}{'Casos':>6}{'Oídos':>8}{'Avisados':>10}{'De su clase':>13}")
    for row in rows(outcomes):
        shares = (row.heard, row.alarmed / row.messages, row.same_kind / row.messages)
        heard, alarmed, same = (f"{share:.3f}".replace(".", ",") for share in shares)
        print(f"{row.language:8}{row.kind:22}{row.messages:>6}{heard:>8}{alarmed:>10}{same:>13}")
    print("Oídos: se dan los números, de inmediato (avisados) o al preguntar si hay peligro.")
    if misses:
        for outcome in outcomes:
            message = outcome.message
            if (outcome.taken is Handling.PASSED) != (message.kind == NO_DANGER):
                print(f"{outcome.taken.value}: {message.language} {message.kind}: {message.text}")
