"""The digest as text: one phone screen for chat, and whole for the mail's text part."""

from __future__ import annotations

import textwrap

from bot.reports import digest_words as words
from handlers.quality.figures import AreaDigest, Digest
from handlers.text.display import undirected

CHAT_LIMIT = 900
CHAT_AREAS = 5
COLUMNS = 80

_LABEL = 13  # columns of the label before a figure
_QUOTE_SHORTEST = 40  # below this a praise is left out of the chat text


def chat_text(digest: Digest, link: str) -> str:
    """At most 900 characters and 5 areas: week, finding, numbers, praise, link."""
    head = f"Resumen semanal · {words.heading(digest)}"
    if digest.made_up:
        head = f"{words.MADE_UP.upper()}\n{head}"
    tail = f"{words.RESPONDENTS}\nResumen completo: {link}"
    areas = [] if digest.scope else _chosen(digest)
    finding = words.finding(digest)
    while True:
        column = _column(digest, areas)
        text = "\n\n".join(part for part in (head, finding, column, tail) if part)
        if len(text) <= CHAT_LIMIT or not areas:
            break
        areas = areas[:-1]
    return undirected(_with_praise(text, digest, tail))


def plain_text(digest: Digest, link: str | None = None, *, audit: str = "") -> str:
    """Everything the digest holds, at most 80 columns wide. ``audit``: the log's head."""
    lines = [f"Resumen semanal · {digest.municipality}", words.heading(digest)]
    if digest.made_up:
        lines.append(words.MADE_UP.upper())
    lines += ["", *_wrapped(words.finding(digest)), *_wrapped(words.RESPONDENTS)]
    shown = [area for area in digest.areas if area.satisfied]
    for area in shown:
        lines += ["", area.short_name, "-" * len(area.short_name)]
        if area.name != area.short_name:
            lines += _wrapped(area.name)
        for row in words.area_rows(area):
            lines += _wrapped(row.text, first=f"{row.label:<{_LABEL}}", rest=" " * _LABEL)
        for quote in area.quotes:
            lines += _wrapped(f"«{quote.text}»", first="  ", rest="  ")
    lines += _small_areas([area for area in digest.areas if not area.satisfied])
    if looked := words.lookup_text(digest):
        lines += ["", *_wrapped(looked)]
    if digest.not_found_queries:
        lines += ["Lo que más se repitió sin respuesta:"]
        for query in digest.not_found_queries:
            lines += _wrapped(query, first="- ", rest="  ")
    lines.append("")
    for note in words.notes(digest):
        lines += _wrapped(note)
    if audit:
        lines += _wrapped(f"{words.AUDIT} {audit}")
    if link:
        lines += ["", link]
    return undirected("\n".join(lines) + "\n")


def _chosen(digest: Digest) -> list[AreaDigest]:
    """The areas of the chat text: those to look at, then those with most answers; alphabetical."""
    shown = [area for area in digest.areas if area.satisfied]
    first = sorted(
        shown,
        key=lambda area: (
            not (area.change and area.change.clear),
            -(area.satisfied.n if area.satisfied else 0),
        ),
    )[:CHAT_AREAS]
    chosen = {area.id for area in first}
    return [area for area in shown if area.id in chosen]


def _column(digest: Digest, areas: list[AreaDigest]) -> str:
    if digest.scope or digest.total is None:
        return ""
    lines = ["Nota 6 o 7 (intervalo, respuestas):"]
    for area in areas:
        if share := area.satisfied:
            lines.append(
                f"{share.percent} % ({share.low}–{share.high}, n {share.n}) {area.short_name}"
            )
    more = digest.total.areas - len(areas)
    if more:
        lines.append(f"y {'1 área' if more == 1 else f'{more} áreas'} más en el resumen completo")
    return "\n".join(lines)


def _with_praise(text: str, digest: Digest, tail: str) -> str:
    """One praise before the tail, where it fits; another area's each week."""
    praises = [
        (area.short_name, quote.text)
        for area in digest.areas
        for quote in area.quotes
        if quote.praise
    ]
    if not praises:
        return text
    name, praise = praises[int(digest.week[-2:]) % len(praises)]
    room = CHAT_LIMIT - len(text) - len(f"Felicitación a {name}: «»\n\n")
    if room < min(len(praise), _QUOTE_SHORTEST):
        return text
    quote = f"Felicitación a {name}: «{textwrap.shorten(praise, room, placeholder='…')}»"
    return f"{text.removesuffix(tail)}{quote}\n\n{tail}"


def _small_areas(areas: list[AreaDigest]) -> list[str]:
    if not areas:
        return []
    silent = [area.short_name for area in areas if not words.small_area_text(area)]
    title = words.TOO_FEW.capitalize()
    lines = ["", title, "-" * len(title)]
    for area in areas:
        if more := words.small_area_text(area):
            lines += _wrapped(f"{area.short_name}: {more}", rest="  ")
    return lines + (_wrapped(f"{', '.join(silent)}: sin más que informar.") if silent else [])


def _wrapped(text: str, first: str = "", rest: str = "") -> list[str]:
    lines = textwrap.wrap(
        words.unbroken(text),
        COLUMNS,
        initial_indent=first,
        subsequent_indent=rest,
        break_on_hyphens=False,
    )
    return [line.replace("\u00a0", " ") for line in lines]
