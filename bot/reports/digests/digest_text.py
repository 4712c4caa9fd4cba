"""The digest as text: one phone screen for chat, a summary for mail, everything for a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, zip_longest

from bot.reports.quality import measure_words
from bot.reports.words import area_words, figure_words
from bot.reports.words import digest_words as words
from handlers.quality.figures import AreaDigest, Digest
from handlers.text.display import undirected

PATH = "/resumen"
"""Path of the digests' pages."""

CARDS_PATH = "/panel/fichas"
WORK_ELSEWHERE = "Pendiente en las áreas sin cifra nueva"
CHAT_LIMIT = 900
CHAT_AREAS = 5
COLUMNS = 80
DETAILED = 6  # areas with all figures; more would exceed the 102 kB that Gmail shows
PRAISES = 5
MEASURE_KINDS = 3  # kinds of measures if not all fit: overdue, to be decided, due
PRAISE_ROOM = 90  # characters of the chat text reserved for a praise

_LABEL = 15  # columns of a figure's label
_QUOTE_SHORTEST = 40  # with less room than this no praise is quoted


@dataclass(frozen=True, slots=True)
class Heads:
    """Codes that mails carry, so that their readers can prove later changes.

    ``audit``: the head of the audit log. ``figures``: the code of the published week.
    """

    audit: str = ""
    figures: str = ""


NOT_NOTED = Heads()


def in_detail(digest: Digest) -> bool:
    """Whether each area is shown with all its figures, not with its share only."""
    return bool(digest.scope) and len(digest.areas) <= DETAILED


def chat_text(digest: Digest, link: str, chart: str = "") -> str:
    """At most 900 characters and 5 areas: week, finding, numbers, praise, link.

    ``chart``: the chart of the picture sent with it, in words.
    """
    head = f"Resumen semanal · {words.heading(digest)}"
    tail = f"{words.RESPONDENTS}\nResumen completo: {link}"
    text = ""
    for names in range(words.NAMES, 0, -1):
        text = one_screen(digest, head, words.finding(digest, names), chart, tail)
        if len(text) <= CHAT_LIMIT:
            break
    return text


def one_screen(digest: Digest, head: str, finding: str, chart: str, tail: str) -> str:
    """These texts with as many numbers as fit, and a praise, in at most 900 characters."""
    if digest.made_up:
        head = f"{words.MADE_UP.upper()}\n{head}"
    room = CHAT_LIMIT - (PRAISE_ROOM if praises(digest) else 0)
    text, all_measures = "", measure_words.digest_short(digest)
    fewer = ("", measure_words.digest_short(digest, MEASURE_KINDS))
    for lines, measures in (*(("\n".join(one), all_measures) for one in _columns(digest)), fewer):
        text = "\n\n".join(filter(None, (head, finding, measures, lines, chart, tail)))
        if len(text) <= room:
            break
    return undirected(_with_praise(text, digest, tail))


def summary_text(digest: Digest, link: str, heads: Heads = NOT_NOTED) -> str:
    """The mail about many areas: one line per area, at most 80 columns wide.

    ``heads``: codes for the reader to keep.
    """
    lines = [*_head(digest), *_measures(measure_words.mail_lines(digest))]
    shown = [area for area in digest.areas if has_figure(area)]
    if shown:
        lines += _titled("Áreas: nota 6 o 7")
        for area in shown:
            lines += _wrapped(
                f"{area.short_name}: {area_words.headline(area, digest.week)}", rest="  "
            )
    if chosen := praises(digest):
        lines += _titled("Felicitaciones")
        for name, praise in chosen:
            lines += _wrapped(f"{name}: «{praise}»", rest="  ")
    lines += [*_without_figure(digest), *_work(digest, link)]
    lines += ["", *_wrapped(f"Cada área con su detalle: {link}"), ""]
    for note in words.notes(digest):
        lines += _wrapped(note)
    if heads.audit:
        lines += _wrapped(f"{words.AUDIT} {heads.audit}")
    if heads.figures:
        lines += _wrapped(f"{words.FIGURES} {heads.figures}")
    return undirected("\n".join(lines) + "\n")


def plain_text(digest: Digest, link: str | None = None) -> str:
    """Everything in the digest, at most 80 columns wide; with ``link``, as a mail."""
    of_measures = measure_words.mail_lines if link else measure_words.digest_lines
    lines = [*_head(digest), *_measures(of_measures(digest))]
    shown = [area for area in digest.areas if digest.scope or has_figure(area)]
    for area in shown:
        lines += _titled(area.short_name)
        if area.name != area.short_name:
            lines += _wrapped(area.name)
        if digest.scope and len(shown) > 1:
            lines += _wrapped(words.verdict_text(area))
        for row in area_words.area_rows(area, digest.week):
            lines += _wrapped(row.text, first=f"{row.label:<{_LABEL}}", rest=" " * _LABEL)
        if link and digest.scope and area.unconfirmed:
            lines += [" " * _LABEL + cards_link(link)]
        for quote in area.quotes:
            lines += _wrapped(f"{words.quote_label(quote)}: «{quote.text}»", rest="  ")
    if not digest.scope:
        lines += [*_without_figure(digest), *_work_of([a for a in digest.areas if a not in shown])]
    lines += [*_work(digest, link), ""]
    for note in words.notes(digest):
        lines += _wrapped(note)
    if link:
        lines += ["", link]
    return undirected("\n".join(lines) + "\n")


def cards_link(link: str) -> str:
    """The panel's page of cards, on the host of the digest's address ``link``."""
    return f"{link.partition(PATH)[0]}{CARDS_PATH}"


def has_figure(area: AreaDigest) -> bool:
    """Whether the area has a share or a bound."""
    return area.satisfied is not None or area.bound is not None


def praises(digest: Digest) -> list[tuple[str, str]]:
    """Up to five pairs of area name and praise, starting with another area each week.

    Every area that has a praise comes before any area's second one.
    """
    by_area = [
        [(area.short_name, quote.text) for quote in area.quotes if quote.praise]
        for area in digest.areas
    ]
    by_area = [quoted for quoted in by_area if quoted]
    if not by_area:
        return []
    first = int(digest.week[-2:]) % len(by_area)
    turns = zip_longest(*by_area[first:], *by_area[:first])
    chosen = [praise for praise in chain.from_iterable(turns) if praise is not None]
    return chosen[:PRAISES]


def _columns(digest: Digest) -> Iterator[list[str]]:
    """The lines of numbers of the chat text, then ever fewer of them down to none."""
    if digest.scope and len(digest.areas) == 1:
        lines = _area_lines(digest.areas[0])
        yield from (lines[:count] for count in range(len(lines), -1, -1))
    else:
        cases, topics = words.all_cases_text(digest), words.topics_in_short(digest)
        in_short = words.cases_in_short(digest)
        for before in ((cases, topics), (cases,), (in_short,)):
            for count in range(CHAT_AREAS, 0, -1):
                yield _whole_lines(digest, count, before)
        yield from (_whole_lines(digest, 0, before) for before in ((cases, topics), (in_short,)))
        yield []


def _whole_lines(digest: Digest, count: int, before: Sequence[str]) -> list[str]:
    """These lines, and the ``count`` areas with most answers in alphabetical order."""
    shown = [area for area in digest.areas if area.satisfied]
    largest = sorted(shown, key=lambda area: -(area.satisfied.n if area.satisfied else 0))
    chosen = {area.id for area in largest[:count]}
    lines = [
        f"{share.percent} % ({share.low}–{share.high}; {share.n}) {area.short_name}"
        f"{area_words.weeks_short(area, digest.week)}"
        for area in shown
        if area.id in chosen and (share := area.satisfied)
    ]
    if lines:
        lines.insert(0, "Nota 6 o 7 (margen; respuestas):")
    told = [text for text in before if text]
    return [*told, "", *lines] if told and lines else [*told, *lines]


def _area_lines(area: AreaDigest) -> list[str]:
    before = [f"Antes: {area_words.change_text(area.change, area.verdict)}"] if area.change else []
    counted = ", ".join(f"{reason.text} {reason.n}" for reason in area.reasons)
    reasons = [f"Motivos de notas 1 a 5: {counted}"] if counted else []
    topics = [f"Temas: {area_words.topics_text(area)}"] if area.topics else []
    work = (f"{row.label}: {row.text}" for row in area_words.work_rows(area))
    return [*before, *reasons, *work, *topics]


def _with_praise(text: str, digest: Digest, tail: str) -> str:
    """The text with one praise before its tail, if it fits."""
    chosen = praises(digest)
    if not chosen:
        return text
    name, praise = chosen[0]
    room = CHAT_LIMIT - len(text) - len(f"Felicitación a {name}: «»\n\n")
    if room < min(len(praise), _QUOTE_SHORTEST):
        return text
    quote = f"Felicitación a {name}: «{textwrap.shorten(praise, room, placeholder='…')}»"
    return f"{text.removesuffix(tail)}{quote}\n\n{tail}"


def _head(digest: Digest) -> list[str]:
    lines = [f"Resumen semanal · {digest.municipality}", words.heading(digest)]
    if digest.made_up:
        lines.append(words.MADE_UP.upper())
    return [*lines, "", *_wrapped(words.finding(digest)), *_wrapped(words.RESPONDENTS)]


def _without_figure(digest: Digest) -> list[str]:
    lines: list[str] = []
    if earlier := [area for area in digest.areas if area.latest]:
        lines += _titled(f"{words.NO_NEW_FIGURE}: la última")
        for area in earlier:
            if area.latest:
                lines += _wrapped(
                    f"{area.short_name}: {figure_words.latest_text(area.latest)}", rest="  "
                )
    if names := [a.short_name for a in digest.areas if not has_figure(a) and not a.latest]:
        lines += [*_titled(figure_words.NO_FIGURE), *_wrapped(f"{', '.join(names)}.")]
    return lines


def _work_of(areas: Iterable[AreaDigest]) -> list[str]:
    """Open work of areas without a new figure."""
    lines: list[str] = []
    for area in areas:
        if rows := area_words.work_rows(area):
            said = "; ".join(f"{row.label.lower()}: {row.text}" for row in rows)
            lines += _wrapped(f"{area.short_name}: {said}", rest="  ")
    return [*_titled(WORK_ELSEWHERE), *lines] if lines else []


def _measures(said: Sequence[str]) -> list[str]:
    """The section on corrective measures."""
    lines = _titled(measure_words.TITLE) if said else []
    for sentence in said:
        lines += _wrapped(sentence, rest="  ")
    return lines


def _work(digest: Digest, link: str | None) -> list[str]:
    """The section on all areas together."""
    said = (
        words.all_cases_text(digest),
        words.all_unconfirmed_text(digest),
        words.all_topics_text(digest),
        words.completion_text(digest),
        words.lookup_text(digest),
    )
    if in_detail(digest) or not any(said):
        return []
    lines = _titled(words.together(digest))
    for sentence in said:
        lines += _wrapped(sentence)
    if link and words.all_unconfirmed_text(digest):
        lines += _wrapped(f"Fichas en el panel: {cards_link(link)}")
    if digest.not_found_queries:
        lines += ["Lo que más se repitió sin respuesta:"]
        for query in digest.not_found_queries:
            lines += _wrapped(query, first="- ", rest="  ")
    return lines


def _titled(title: str) -> list[str]:
    return ["", title, "-" * len(title)]


def _wrapped(text: str, first: str = "", rest: str = "") -> list[str]:
    lines = textwrap.wrap(
        figure_words.unbroken(text),
        COLUMNS,
        initial_indent=first,
        subsequent_indent=rest,
        break_on_hyphens=False,
        break_long_words=False,
    )
    return [line.replace("\u00a0", " ") for line in lines]
