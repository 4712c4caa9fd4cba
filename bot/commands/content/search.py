"""`opina search`: what the search finds and why, or how good it is on labelled queries."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from bot.commands.shared.options import Config

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from handlers.content.model import Content
    from handlers.release import Release
    from handlers.search.evaluate import Evaluation, Figures, LabelledQuery
    from handlers.search.ranking import Hit

SAID = {
    "sure": "Segura: se responde con la primera ficha.",
    "unsure": "Insegura: se ofrecen hasta tres sugerencias.",
    "several": "Varios asuntos: se ofrece una ficha de cada uno.",
    "external": "No es municipal: se dice de quién es.",
    "small_talk": "No pregunta nada: es un saludo, un agradecimiento o un insulto.",
    "nothing": "No se encuentra: se ofrecen áreas y una persona.",
}
LONGEST_QUERY = 4_000  # characters: no platform delivers more
KINDS = {"service": "servicio", "area": "área", "institution": "institución"}


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(help="Muestra qué fichas encuentra una consulta y por qué.")(search)


def search(
    query: Annotated[
        str | None, typer.Argument(metavar="CONSULTA", help="Como la escribiría una persona.")
    ] = None,
    evaluate: Annotated[
        Path | None,
        typer.Option(metavar="ARCHIVO", help="Consultas con su respuesta esperada, en JSONL."),
    ] = None,
    format: Annotated[
        Literal["text", "json"], typer.Option(help="Cómo se muestra la evaluación.")
    ] = "text",
    config: Config = None,
) -> None:
    from bot.installation import Installation
    from handlers.errors import OperatorError

    if (query is None) == (evaluate is None) or (query is not None and not query.strip()):
        raise OperatorError('escriba una consulta, opina search "…", o --evaluate ARCHIVO')
    if query is not None and format != "text":
        raise OperatorError("--format es de --evaluate; una consulta se muestra como texto")
    rows = _labelled(evaluate) if evaluate else {}
    release = Installation.configured(config).release
    if evaluate:
        _check_ids(evaluate, rows, release.content)
    if query is not None:
        _show(query, release)
    elif format == "json":
        import msgspec

        print(msgspec.json.format(msgspec.json.encode(_evaluated(rows.values(), release))).decode())
    else:
        _show_report(_evaluated(rows.values(), release))


def _labelled(file: Path) -> dict[int, LabelledQuery]:
    """The labelled queries by the number of their line."""
    import msgspec

    from handlers.errors import OperatorError
    from handlers.search.evaluate import LabelledQuery
    from storage.files import read_text

    rows: dict[int, LabelledQuery] = {}
    for number, line in enumerate(read_text(file).split("\n"), 1):
        try:
            if line.strip():
                rows[number] = msgspec.json.decode(line, type=LabelledQuery)
        except (msgspec.DecodeError, ValueError, RecursionError):
            raise OperatorError(
                f'{file}:{number}: no es una consulta; cada línea es {{"query": "…", '
                '"expected": ["id"], "kind": "…"}'
            ) from None
        if number in rows and len(rows[number].query) > LONGEST_QUERY:
            raise OperatorError(f"{file}:{number}: la consulta pasa de {LONGEST_QUERY} letras")
    return rows


def _check_ids(file: Path, rows: Mapping[int, LabelledQuery], content: Content) -> None:
    """A card that does not exist can never be found: the figures would be too low."""
    from handlers.errors import OperatorError
    from handlers.text.nearest import did_you_mean

    cards = [*content.service_by_id, *content.area_by_id]
    for number, row in rows.items():
        for card in row.expected:
            if card not in cards:
                raise OperatorError(
                    f"{file}:{number}: «{card}» no es el id de un servicio ni de un área"
                    f"{did_you_mean(card, cards) or '; corríjalo'}"
                )


def _evaluated(rows: Collection[LabelledQuery], release: Release) -> Evaluation:
    from bot.commands.shared.console import Bar
    from handlers.search.evaluate import evaluate

    with Bar("Buscando", len(rows)) as bar:

        def answer(query: str) -> tuple[str, ...]:
            bar.advance()
            return release.index.rank(query).cards()

        return evaluate(rows, answer)


def _show(query: str, release: Release) -> None:
    from rich.table import Table

    from bot.commands.shared.console import out

    console = out()
    ranking = release.index.rank(query)
    console.print(SAID[ranking.verdict.value], markup=False)
    if not ranking.hits:
        return
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column("", justify="right")
    table.add_column("Ficha", ratio=4)
    table.add_column("Puntaje", justify="right")
    table.add_column("Por qué", ratio=5)
    for place, hit in enumerate(ranking.hits, 1):
        name = f"{_name(hit, release.content)} ({KINDS[hit.kind]} {hit.id})"
        score = f"{hit.score:.1f}".replace(".", ",")
        table.add_row(str(place), name, score, release.index.why(query, hit))
    console.print(table, markup=False)


def _name(hit: Hit, content: Content) -> str:
    match hit.kind:
        case "service":
            return content.service_by_id[hit.id].name
        case "area":
            return content.area_by_id[hit.id].name
        case "institution":
            return content.institution_by_id[hit.id].name


def _show_report(report: Evaluation) -> None:
    from rich.table import Table

    from bot.commands.shared.console import out

    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column("Tipo", no_wrap=True)
    for title in ("Consultas", "Acierto 1", "Acierto 3", "Ajenas resp.", "Cobertura"):
        table.add_column(title, justify="right")
    table.add_row("todas", *_cells(report.overall), style="bold")
    for kind, figures in report.by_kind.items():
        table.add_row(kind, *_cells(figures))
    console = out()
    console.print(table)
    console.print(
        "Acierto 1 y 3: una ficha esperada es la primera, o está entre las tres primeras. Ajenas"
        " resp.: de las consultas no municipales, las que recibieron fichas municipales."
        " Cobertura: de las demás, las que recibieron alguna.",
        markup=False,
    )


def _cells(figures: Figures) -> list[str]:
    shares = (
        figures.recall_at_1,
        figures.recall_at_3,
        figures.off_topic_answered,
        figures.coverage,
    )
    return [
        str(figures.queries),
        *("–" if share is None else f"{share:.3f}".replace(".", ",") for share in shares),
    ]
