"""The answer by mail: offered where it is of use, taken where it is written, never asked again."""

from __future__ import annotations

import pytest

from handlers.facts.cases import CaseExtended, CaseMailGiven
from handlers.messages import CaseAnswer, Channel
from handlers.release import Release
from handlers.understanding.reading.mail import mail_in
from tests.handlers.chat import Chat

NUMBER = "LS-2026-000001"
WHOLE = "ayer en la plaza de armas había basura, pido que la retiren"
MAIL = "ana.perez@ejemplo.cl"
OFFER = "¿La quiere también por correo?"


@pytest.mark.parametrize(
    ("text", "address"),
    [
        (MAIL, MAIL),
        (f"  {MAIL} ", MAIL),
        (f"mi correo es {MAIL}.", MAIL),
        (f"sí: <{MAIL}>, gracias", MAIL),
        ("Ana.Perez@Ejemplo.CL", "Ana.Perez@ejemplo.cl"),
        ("ana+reclamos@correo.ejemplo.cl", "ana+reclamos@correo.ejemplo.cl"),
        ("o'higgins@ejemplo.cl", "o'higgins@ejemplo.cl"),
        ("ana@ejemplo", ""),
        ("ana.@ejemplo.cl", ""),
        ("ana@-ejemplo.cl", ""),
        ("ana@ejemplo..cl", ""),
        ("ñandú@ejemplo.cl", ""),
        ("a" * 65 + "@ejemplo.cl", ""),
        (f"{'a' * 60}@{'b.' * 100}cl", ""),
        ("ana@x@ejemplo.cl", ""),
        ("ana@ejemplo.cl\r\nBcc: otra@ejemplo.cl", None),
        (f"{MAIL} y luis@ejemplo.cl", None),
        ("hay basura @ la plaza", None),
        ("@municipalidad no contesta", None),
        (f"escribí tres veces a {MAIL} y nadie contestó nunca", None),
        ("", None),
    ],
)
def test_an_address_is_read_whole_or_not_at_all(text: str, address: str | None) -> None:
    assert mail_in(text) == address


@pytest.mark.parametrize(
    ("channel", "mails", "offered"),
    [
        (Channel.WEB, True, True),
        (Channel.WEB, False, False),
        (Channel.TELEGRAM, True, False),
        (Channel.WHATSAPP, True, False),
    ],
)
def test_it_is_offered_once_and_only_on_the_page(
    known: Chat, channel: Channel, *, mails: bool, offered: bool
) -> None:
    known.channel, known.mails = channel, mails
    known.says("reclamo")
    known.says(WHOLE)
    assert (OFFER in known.says("sí")) is offered
    assert OFFER not in known.says("también hay vidrios")
    assert OFFER not in known.says("listo")


@pytest.mark.parametrize("channel", [Channel.WEB, Channel.TELEGRAM, Channel.WHATSAPP])
def test_an_address_after_a_case_is_for_its_answer_and_no_words_of_it(
    known: Chat, channel: Channel
) -> None:
    known.channel, known.mails = channel, True
    known.says("reclamo")
    known.says(WHOLE)
    known.says("sí")
    assert f"le escribiré también a {MAIL}" in known.says(MAIL)
    assert known.last == [CaseMailGiven(NUMBER, MAIL, "")]
    assert known.replies[-1].private
    assert "no parece completo" in known.says("ana.perez@ejemplo")
    assert known.last == []
    known.says("también hay vidrios")
    assert [fact.text for fact in known.last if isinstance(fact, CaseExtended)] == [
        "también hay vidrios"
    ]


def test_an_answer_keeps_its_lines_in_every_mail_program_and_says_its_language(
    release: Release,
) -> None:
    chat = Chat(release, channel=Channel.MAIL)
    chat.hear(CaseAnswer(NUMBER, "aseo", 'Pasará el jueves.\n\n1 < 2 & "sí"'))
    page = chat.reply.html
    assert "Pasará el jueves.<br><br>1 &lt; 2 &amp; &quot;sí&quot;»</p>" in page
    assert '<html lang="es-CL">' in page
    assert f"<title>Respuesta a {NUMBER}</title>" in page


def test_one_tap_leaves_it(known: Chat) -> None:
    known.channel, known.mails = Channel.WEB, True
    known.says("reclamo")
    known.says(WHOLE)
    known.says("sí")
    known.presses("Listo")
    assert not any(isinstance(fact, CaseMailGiven) for fact in known.facts)


def test_where_no_mail_goes_out_an_address_is_words_of_the_case(known: Chat) -> None:
    known.says("reclamo")
    known.says(WHOLE)
    known.says("sí")
    known.says(MAIL)
    assert [fact.text for fact in known.last if isinstance(fact, CaseExtended)] == [MAIL]
