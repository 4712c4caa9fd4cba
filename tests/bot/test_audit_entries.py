"""The audit log in words: codes of ours are told in Spanish, wherever they were written."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.labels.audit_entries import ACTIONS, Names, what_was_done
from storage.audit.chain import AuditEntry

ROOT = Path(__file__).parents[2]
WRITTEN = re.compile(r'(?:visit\.note\(tx,|_note\(tx, here,|AuditEntry\(\w+,)\s*"([a-z-]+)"')
AREAS = {"transito": "Tránsito", "aseo": "Aseo"}
CHAT = "la del lunes 16 de noviembre de 2026, 20:47, Aseo, por Telegram"


def area_name(area: str) -> str:
    return AREAS.get(area, area)


NAMES = Names({7: "Ana", 8: "Luis"}, {12: CHAT}, area_name)


@pytest.mark.parametrize(
    ("action", "subject", "detail", "said"),
    [
        ("role-given", "staff:7", "head *", "dio un rol: Ana (Jefatura en todo el municipio)"),
        ("role-taken", "staff:7", "desk aseo", "quitó un rol: Ana (Mesón en Aseo)"),
        ("cases-read", "", "lista n=9", "leyó una lista de casos (9 en Casos)"),
        ("cases-read", "aseo", "búsqueda n=2", "leyó una lista de casos: Aseo (2 al buscar)"),
        ("chats-read", "", "n=1", "leyó la lista de conversaciones (1)"),
        ("chat-read", "chat:12", "", f"leyó una conversación: {CHAT}"),
        ("chat-read", "chat:13", "", "leyó una conversación: 13"),
        ("case-forwarded", "LS-1", "- → aseo", "derivó un caso: LS-1 (sin área → Aseo)"),
        ("case-extended", "LS-1", "a 10 working days", "alargó el plazo de un caso: LS-1 (10 días"),
        ("card-settled", "permiso", "mended", "aviso de una ficha: permiso (la ficha se corrigió)"),
        ("right-decided", "D-1", "refused", "sobre datos: D-1 (rechazado)"),
        ("figures-published", "2026-W04", "e944", "publicó cifras: semana 4 de 2026 (e944)"),
        ("figure-noted", "area:aseo", "2026-W47", "junto a una cifra: Aseo (semana 47 de 2026)"),
        ("absence-added", "staff:7", "staff:8", "anotó una ausencia: Ana (Luis)"),
        ("absence-added", "staff:7", "staff:None", "anotó una ausencia: Ana (nadie)"),
        (
            "rating-entered",
            "",
            "transito papel",
            "ingresó una nota en el mesón (Tránsito en papel)",
        ),
        ("notices-chosen", "staff:9", "chat mail", "eligió sus avisos: staff:9 (chat correo)"),
    ],
)
def test_an_entry_is_told_without_codes(action: str, subject: str, detail: str, said: str) -> None:
    assert said in what_was_done(AuditEntry(7, action, subject, detail), NAMES)


def test_every_action_that_is_written_has_words() -> None:
    files = [*(ROOT / "bot").rglob("*.py"), *(ROOT / "storage").rglob("*.py")]
    written = {found for file in files for found in WRITTEN.findall(file.read_text("utf-8"))}
    assert len(written) > 40
    assert written - set(ACTIONS) == set()
