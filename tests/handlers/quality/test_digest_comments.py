"""The weekly digest: whom it quotes, and which topics of comments it names."""

from __future__ import annotations

import msgspec

from handlers.quality.blocks import figure
from handlers.quality.comments import TOPICS
from handlers.quality.digest import build_digest
from handlers.quality.figures import (
    AreaWeek,
    Verbatim,
    WeekFigures,
)
from handlers.quality.suppression import THRESHOLD
from tests.handlers.quality.areas import NAMES, NOW, WEEK, area, content, digest_of, grades, only


def test_comments_are_masked_few_and_begin_with_praise() -> None:
    comments = (
        Verbatim("Muy mala la espera, nadie sabía nada de nada", 2),
        Verbatim("Gracias a la señora Marta González, rut 12.345.678-5", 7),
        Verbatim("Otra queja larga sobre la fila de la mañana", 3),
        Verbatim("Rápido y amable, salí en diez minutos", 7),
        Verbatim("ok", 7),
    )
    shown = only(digest_of(AreaWeek("obras", grades={"web": grades(20, 10)}, comments=comments)))
    assert [(quote.praise, quote.text) for quote in shown.quotes] == [
        (True, "Rápido y amable, salí en diez minutos"),
        (False, "Muy mala la espera, nadie sabía nada de nada"),
        (False, "Otra queja larga sobre la fila de la mañana"),
    ]


def test_a_quoted_comment_is_masked_and_cut_at_a_word() -> None:
    long = Verbatim("Gracias a la señora Marta González, " + "muy amable " * 40, 7)
    shown = only(digest_of(AreaWeek("obras", grades={"web": grades(20, 10)}, comments=(long,))))
    (quote,) = shown.quotes
    assert quote.text.startswith("Gracias a la señora [nombre], muy amable")
    assert quote.text.endswith("amable…") or quote.text.endswith("muy…")
    assert len(quote.text) <= 201


def test_nobody_is_quoted_whose_side_has_fewer_than_ten_or_who_gave_no_grade() -> None:
    comments = (
        Verbatim("Fui la única que reclamó, por mi diabetes", 2),
        Verbatim("Muy amables todas las personas de la oficina", 7),
        Verbatim("Conté lo mío sin poner ninguna nota", 0),
    )
    praised = AreaWeek("obras", grades={"web": grades(49, 0, 1)}, comments=comments)
    assert [quote.text for quote in only(digest_of(praised)).quotes] == [comments[1].text]
    blamed = AreaWeek("obras", grades={"web": grades(1, 0, 49)}, comments=comments)
    assert [quote.text for quote in only(digest_of(blamed)).quotes] == [comments[0].text]


def test_a_sensitive_or_small_area_quotes_nobody() -> None:
    said = (Verbatim("Me atendieron con mucha paciencia", 7),)
    raw = WeekFigures(
        WEEK,
        (
            AreaWeek("mujer", grades={"web": grades(20, 20)}, comments=said),
            AreaWeek("turismo", grades={"web": grades(20, 9)}, comments=said),
        ),
    )
    known = content(area("mujer", "Mujer", sensitive=True), area("turismo", "Turismo"))
    assert b"paciencia" not in msgspec.json.encode(build_digest(raw, known, NAMES, NOW))


def about(first: int, count: int, text: str) -> tuple[Verbatim, ...]:
    """Comments of as many responses, numbered from ``first`` on."""
    return tuple(Verbatim(text, 3, response) for response in range(first, first + count))


def topics_of(*areas: AreaWeek) -> tuple[tuple[str, ...], dict[str, tuple[str, ...]]]:
    """Of all together and of each area."""
    digest = digest_of(*areas)
    return digest.topics, {entry.id: entry.topics for entry in digest.areas}


ENOUGH = {"web": grades(30, 30)}


def test_a_topic_is_named_from_ten_responses_on_the_most_frequent_first() -> None:
    ten = about(1, 11, "Muy amables") + about(20, 10, "Mucha fila")
    assert topics_of(AreaWeek("obras", grades=ENOUGH, comments=ten))[1] == {
        "obras": ("el trato", "la espera")
    }
    nine = about(1, 11, "Muy amables") + about(20, 9, "Mucha fila")
    assert topics_of(AreaWeek("obras", grades=ENOUGH, comments=nine))[1] == {"obras": ("el trato",)}


def test_a_comment_may_speak_of_several_topics() -> None:
    both = about(1, 10, "Amables, pero con mucha fila")
    assert topics_of(AreaWeek("obras", grades=ENOUGH, comments=both))[0] == (
        "el trato",
        "la espera",
    )


def test_who_speaks_of_a_topic_twice_counts_once() -> None:
    twice = about(1, 9, "Mucha fila") + about(1, 9, "Esperé dos horas")
    assert topics_of(AreaWeek("obras", grades=ENOUGH, comments=twice)) == ((), {"obras": ()})


def test_what_no_area_has_ten_of_is_named_of_all_together() -> None:
    five, six = about(1, 5, "Mucha fila"), about(10, 6, "Mucha fila")
    areas = (
        AreaWeek("aseo", grades=ENOUGH, comments=five),
        AreaWeek("obras", grades=ENOUGH, comments=six),
    )
    assert topics_of(*areas) == (("la espera",), {"aseo": (), "obras": ()})


def test_an_area_without_a_figure_names_no_topics() -> None:
    few = AreaWeek("obras", grades={"web": grades(9, 12)}, comments=about(1, 12, "Mucha fila"))
    assert topics_of(few)[1] == {"obras": ()}


def test_an_order_against_the_alphabet_leaves_each_topic_several_numbers() -> None:
    """The first name has one more than the next, and so on down to ten."""
    fewest_of_the_first = THRESHOLD + TOPICS - 1
    fewest_answers = min(n for n in range(100) if any(figure(k, n) for k in range(n + 1)))
    assert fewest_of_the_first < fewest_answers == 2 * THRESHOLD


def test_of_a_sensitive_area_no_topic_is_named_nor_counted() -> None:
    week = AreaWeek("mujer", grades=ENOUGH, comments=about(1, 30, "Mucha fila"))
    known = content(area("mujer", "Mujer", sensitive=True))
    digest = build_digest(WeekFigures(WEEK, (week,)), known, NAMES, NOW)
    assert (digest.topics, only(digest).topics) == ((), ())
