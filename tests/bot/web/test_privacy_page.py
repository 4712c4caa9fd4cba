"""The privacy page says every item of Ley 19.628, article 14 ter, from panel and settings."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from html import unescape
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.config import (
    MunicipalitySettings,
    PrivacySettings,
    Settings,
    TelegramSettings,
    WhatsAppSettings,
)
from bot.privacy_notice import Configured
from bot.web.chat.pages import ChatPages, Company, Site, period_words

UNKNOWN = "por confirmar"
NOTICE = PrivacySettings(
    representative="Representante de Prueba",
    officer="Encargada de Prueba",
    address="Domicilio de Prueba 100",
    email="datos@example.cl",
    security_policy="https://example.cl/seguridad",
    server_country="País de Prueba",
    transfer_safeguards="cláusulas de prueba",
    approved_on=date(2026, 12, 1),
    version="1.4",
    answer_days=29,
    extension_days=28,
    block_working_days=3,
    agency_working_days=31,
    comments_days=730,
    failed_messages_days=6,
    closed_cases_days=400,
    idle_contacts_days=1095,
)
TELEGRAM = Company("Telegram", "Telegram", by_phone=False)
WHATSAPP = Company("WhatsApp", "Meta", by_phone=True)
FULL = Site(
    municipality="Municipalidad de Prueba",
    phone="+56 51 000 0000",
    companies=(TELEGRAM, WHATSAPP),
    notice=NOTICE,
)
BARE = Site(municipality="Municipalidad de Prueba")

# Every item of the article: where it stands, and what has to be said there.
ITEMS = {
    "a) the policy, its date and version": ("version", ["1.4", "1 de diciembre de 2026"]),
    "b) the controller": ("responsable", ["Municipalidad de Prueba"]),
    "b) its legal representative": ("responsable", ["Representante de Prueba"]),
    "b) who answers for data protection": ("responsable", ["Encargada de Prueba"]),
    "c) postal address": ("responsable", ["Domicilio de Prueba 100"]),
    "c) mail, and a way to ask": ("contacto", ["datos@example.cl", "DERECHOS", "/chat"]),
    "d) categories of data": ("datos", ["notas", "comentarios", "reclamos", "identificador"]),
    "d) whose they are": ("datos", ["De quienes escriben al asistente"]),
    "d) recipients": ("destinatarios", ["personas de la municipalidad", "Telegram", "Meta"]),
    "d) purposes": ("fines", ["Mejorar los servicios", "Orientarle", "reclamos", "Avisarle"]),
    "d) legal basis": ("base", ["artículo 20", "Ley 19.628", "artículo 98", "consentimiento"]),
    "e) security": ("seguridad", ["cifrados", "https://example.cl/seguridad"]),
    "f) access": ("derechos", ["Acceder", "VER"]),
    "f) rectification": ("derechos", ["Rectificarlos", "CORREGIR"]),
    "f) erasure": ("derechos", ["Suprimirlos", "BORRAR"]),
    "f) objection": ("derechos", ["Oponerse", "OPONERME"]),
    "f) blocking": ("derechos", ["bloqueo", "BLOQUEAR", "3 días hábiles"]),
    "f) portability": ("derechos", ["portabilidad", "LLEVARME"]),
    "f) in which time": ("derechos", ["29 días corridos", "otros 28"]),
    "g) the Agency": ("agencia", ["Agencia de Protección de Datos Personales", "31 días hábiles"]),
    "h) transfers abroad": ("transferencias", ["Telegram y Meta", "cláusulas de prueba"]),
    "h) where the server is": ("transferencias", ["País de Prueba"]),
    "i) how long comments are kept": ("plazos", ["Comentarios: 2 años"]),
    "i) how long contacts are kept": ("plazos", ["3 años después de su último mensaje"]),
    "i) how long cases are kept": ("plazos", ["400 días después"]),
    "i) how long the rest is kept": ("plazos", ["6 días", "8 días"]),
    "j) the source": ("origen", ["solo de usted"]),
    "k) withdrawing consent": ("derechos", ["Retirar su consentimiento", "BASTA"]),
    "l) automated decisions": ("automatico", ["No hace perfiles ni toma decisiones"]),
}
# What only the municipality knows: where it is not configured, the page says so.
ASKED_OF_THE_MUNICIPALITY = {
    "responsable": 3,
    "contacto": 3,
    "transferencias": 1,
    "seguridad": 1,
    "version": 2,
}


def section(site: Site, name: str) -> str:
    """The text under a heading."""
    page = ChatPages(site)._privacy
    found = re.search(rf'<h2 id="{name}">.*?(?=<h2 |</main>)', page, re.DOTALL)
    assert found, name
    return " ".join(unescape(found[0]).split())


@pytest.mark.parametrize("item", ITEMS)
def test_every_item_of_the_article_is_said(item: str) -> None:
    name, parts = ITEMS[item]
    text = section(FULL, name)
    assert [part for part in parts if part not in text] == []


def test_nothing_is_left_to_confirm_once_all_is_configured() -> None:
    site = Site(
        municipality="M",
        phone="1",
        hours="8:30 a 14:00",
        place="x",
        companies=(WHATSAPP,),
        notice=NOTICE,
    )
    assert UNKNOWN not in ChatPages(site)._privacy


def test_since_when_the_law_is_in_force_is_said_so_that_it_is_true_on_any_day() -> None:
    assert "que rigen desde el 1 de diciembre de 2026" in ChatPages(BARE)._privacy


@pytest.mark.parametrize("name", ASKED_OF_THE_MUNICIPALITY)
def test_what_is_not_configured_is_shown_as_such(name: str) -> None:
    assert section(BARE, name).count(UNKNOWN) == ASKED_OF_THE_MUNICIPALITY[name]


def test_each_thing_to_confirm_is_one_that_the_operator_is_told_of() -> None:
    token = SecretStr("1:a")
    for settings, companies in (
        (Settings(), ()),
        (Settings(privacy=NOTICE), ()),
        (Settings(telegram=TelegramSettings(token=token)), (TELEGRAM,)),
        (Settings(municipality=MunicipalitySettings(place="x", email="a@b.cl", phone="1")), ()),
    ):
        known = settings.municipality
        site = Site(
            municipality="M",
            phone=known.phone,
            email=known.email,
            place=known.place,
            companies=companies,
            notice=settings.privacy,
        )
        lacking = Configured.by(settings).lacking({})
        assert len(lacking) == ChatPages(site)._privacy.count(UNKNOWN) > 0
    bare = Configured.by(Settings(whatsapp=WhatsAppSettings(token=token)))
    every = [one.key for one in bare.lacking({})]
    example = Path("config.example.toml").read_text()
    assert len(set(every)) == 11
    assert [key for key in every if f"#{key.partition('] ')[2]} = " not in example] == []


def test_the_laws_periods_are_the_defaults() -> None:
    assert "30 días corridos, que se puede extender una vez por otros 30" in section(
        BARE, "derechos"
    )
    assert "2 días hábiles" in section(BARE, "derechos")
    assert "30 días hábiles" in section(BARE, "agencia")
    assert "Comentarios: 12 meses" in section(BARE, "plazos")


def test_the_policy_is_linked_only_where_there_is_one() -> None:
    link = 'href="/politica"'
    assert link in ChatPages(replace(BARE, has_policy=True))._privacy
    assert link not in ChatPages(BARE)._privacy


def test_only_companies_whose_channel_is_on_are_named() -> None:
    page = ChatPages(BARE)._privacy
    assert "Telegram" not in page
    assert "Meta" not in page
    telegram = Site(municipality="M", companies=(TELEGRAM,))
    assert "Telegram puede guardar" in section(telegram, "transferencias")
    assert "Meta" not in section(telegram, "destinatarios")


def test_what_is_configured_is_never_parsed_as_html() -> None:
    site = Site(municipality="M", notice=PrivacySettings(officer="<b>A&B</b>"))
    assert "&lt;b&gt;A&amp;B&lt;/b&gt;" in ChatPages(site)._privacy


@pytest.mark.parametrize(
    ("days", "said"),
    [(365, "12 meses"), (730, "2 años"), (7, "7 días"), (1, "1 día"), (400, "400 días")],
)
def test_a_period_is_said_in_whole_units(days: int, said: str) -> None:
    assert period_words(days) == said
