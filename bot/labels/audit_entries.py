"""What an entry of the audit log says in Spanish, in the panel and in commands."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bot.labels.codes import ROLES, channel
from bot.reports.words.dates import with_weekday
from handlers.staff.permissions import Role
from storage.audit.chain import AuditEntry
from storage.engine.database import Transaction
from storage.handovers import reading
from storage.handovers.reading import HandoverView
from storage.staff import staff

ACTIONS = {
    "sign-in": "entró",
    "sign-out": "salió",
    "sessions-read": "leyó quién tiene sesiones abiertas",
    "session-ended": "cerró una sesión",
    "sessions-ended": "cerró todas las sesiones",
    "link-sent": "mandó un enlace de entrada",
    "link-made": "hizo un enlace de entrada",
    "cases-read": "leyó una lista de casos",
    "case-read": "leyó un caso",
    "file-read": "abrió un archivo de un caso",
    "failed-event-read": "leyó un mensaje que no se pudo tratar",
    "case-answered": "respondió un caso",
    "answer-undone": "deshizo una respuesta",
    "answer-sent-again": "mandó otra vez una respuesta",
    "announced-again": "mandó otra vez los avisos de WhatsApp",
    "answer-settled": "anotó que avisó de otra forma",
    "case-noted": "anotó en un caso",
    "case-forwarded": "derivó un caso",
    "case-taken-back": "trajo de vuelta un caso que había derivado",
    "case-closed": "cerró un caso",
    "chats-read": "leyó la lista de conversaciones",
    "chat-read": "leyó una conversación",
    "chat-taken": "tomó una conversación",
    "chat-answered": "escribió en una conversación",
    "chat-returned": "devolvió una conversación a la fila",
    "chat-ended": "terminó una conversación",
    "shift-added": "anotó un turno",
    "shift-removed": "quitó un turno",
    "absence-added": "anotó una ausencia",
    "absence-removed": "quitó una ausencia",
    "notices-chosen": "eligió sus avisos",
    "notice-pinned": "puso un aviso sobre todas las respuestas",
    "notice-ended": "quitó el aviso",
    "case-extended": "alargó el plazo de un caso",
    "case-reopened": "abrió otra vez un caso",
    "case-formal": "indicó el camino de la Ley 20.285 en un caso",
    "case-grouped": "juntó un caso con otros",
    "case-ungrouped": "sacó un caso de un incidente",
    "incident-answered": "respondió juntos los casos de un incidente",
    "case-entered": "ingresó un caso en el mesón",
    "rating-entered": "ingresó una nota en el mesón",
    "rating-undone": "deshizo una nota ingresada en el mesón",
    "card-reported": "avisó que una ficha está mal",
    "card-settled": "revisó el aviso de una ficha",
    "template-changed": "cambió una plantilla",
    "template-removed": "quitó una plantilla",
    "rights-read": "leyó la lista de pedidos sobre datos",
    "right-read": "leyó un pedido sobre datos",
    "right-decided": "decidió un pedido sobre datos",
    "right-undone": "deshizo una decisión sobre datos",
    "right-extended": "alargó el plazo de un pedido sobre datos",
    "right-reopened": "abrió otra vez un pedido sobre datos",
    "news-told": "contó qué se hizo a quienes opinaron y aceptaron avisos",
    "breaches-read": "leyó la lista de vulneraciones",
    "breach-read": "leyó una vulneración",
    "breach-recorded": "anotó una vulneración",
    "breach-corrected": "corrigió una vulneración",
    "breach-noted": "anotó en una vulneración",
    "breach-reported": "anotó el reporte a la Agencia",
    "breach-told": "avisó en el chat a quienes afecta una vulneración",
    "breach-told-otherwise": "anotó que avisó de otra forma a quienes afecta una vulneración",
    "breach-closed": "cerró una vulneración",
    "privacy-published": "cambió la página de privacidad",
    "downloaded": "descargó un archivo",
    "figures-published": "publicó cifras",
    "lookups-read": "leyó lo que no se encontró",
    "assessment-opened": "abrió una autoevaluación",
    "assessment-saved": "guardó una autoevaluación",
    "assessment-validated": "validó una autoevaluación",
    "round-opened": "abrió un cuestionario al personal",
    "round-closed": "cerró un cuestionario al personal",
    "measure-opened": "abrió una medida",
    "measure-signalled-again": "anotó otra señal en una medida",
    "measure-taken": "tomó una medida",
    "measure-decided": "decidió una medida",
    "measure-declined": "decidió que no hay medida",
    "measure-noted": "anotó en una medida",
    "measure-done": "dio por hecha una medida",
    "measure-measured": "midió el efecto de una medida",
    "measure-closed": "cerró una medida",
    "measure-reopened": "abrió otra vez una medida",
    "rating-read": "leyó una nota",
    "rating-moved": "movió una nota a otra área",
    "figure-noted": "dejó una nota junto a una cifra",
    "baseline-set": "fijó una base nueva",
    "staff-added": "agregó a una persona",
    "duty-named": "mandó al correo de turno lo que nadie más recibe",
    "duty-retired": "dejó de mandar al correo de turno anterior",
    "staff-removed": "quitó a una persona",
    "indicator-published": "publicó una versión de un indicador",
    "role-given": "dio un rol",
    "role-taken": "quitó un rol",
}
_CODES = {
    "mended": "la ficha se corrigió",
    "right": "la ficha está bien",
    "granted": "aceptado",
    "refused": "rechazado",
    "papel": "en papel",
    "presencial": "en persona",
    "chat": "chat",
    "mail": "correo",
    "weekly": "resumen semanal",
}
_ROLES = set(Role)
_COUNT = re.compile(r"(?:(\S+) )?n=(\d+)")
_PLACES = {
    "lista": "en Casos",
    "hoy": "en Hoy",
    "búsqueda": "al buscar",
    "incidente": "en un incidente",
}
_RULE = re.compile(r".* (\d+) working days")
_WEEK = re.compile(r"(\d{4})-W(\d{2})")
_STAFF = "staff:"
_CHAT = "chat:"
_PREFIXES = {"area:": "", "response:": "respuesta "}


@dataclass(frozen=True, slots=True)
class Names:
    """What staff and conversations are called, by id; areas by theirs."""

    staff: Mapping[int, str]
    chats: Mapping[int, str]
    area: Callable[[str], str]


def names_in(
    tx: Transaction, entries: Iterable[AuditEntry], area_name: Callable[[str], str], zone: ZoneInfo
) -> Names:
    """The names that tell these entries."""
    subjects = {entry.subject for entry in entries}
    ids = [_number(subject, _CHAT) for subject in subjects if subject.startswith(_CHAT)]
    chats = {chat.id: _chat_name(chat, area_name, zone) for chat in reading.of_ids(tx, ids)}
    return Names({member.id: member.name for member in staff.everyone(tx)}, chats, area_name)


def what_was_done(entry: AuditEntry, names: Names) -> str:
    """``dio un rol: Ana (Jefatura en Tránsito)``."""
    said = ACTIONS.get(entry.action, entry.action)
    if entry.subject:
        said += f": {_subject(entry.subject, names)}"
    if entry.detail:
        said += f" ({_detail(entry.detail, names)})"
    return said


def _chat_name(chat: HandoverView, area_name: Callable[[str], str], zone: ZoneInfo) -> str:
    """``la del lunes 16 de noviembre de 2026, 20:47, Tránsito, por Telegram``."""
    at = chat.opened_at.astimezone(zone)
    where = area_name(chat.area) if chat.area else "sin área"
    return f"la del {with_weekday(at)}, {at:%H:%M}, {where}, por {channel(chat.channel)}"


def _subject(subject: str, names: Names) -> str:
    if subject.startswith(_STAFF):
        return _person(subject, names)
    if subject.startswith(_CHAT):
        return names.chats.get(_number(subject, _CHAT), subject.removeprefix(_CHAT))
    if week := _WEEK.fullmatch(subject):
        return f"semana {int(week[2])} de {week[1]}"
    for prefix, said in _PREFIXES.items():
        if subject.startswith(prefix):
            return said + names.area(subject.removeprefix(prefix))
    return names.area(subject)


def _detail(detail: str, names: Names) -> str:
    """Each word of its own, as some are codes and some were written by a person."""
    if rule := _RULE.fullmatch(detail):
        return f"{rule[1]} días hábiles"
    if count := _COUNT.fullmatch(detail):
        return f"{count[2]} {_PLACES.get(count[1], count[1])}" if count[1] else count[2]
    role, _, area = detail.partition(" ")
    if role in _ROLES:
        where = "todo el municipio" if area == "*" else names.area(area)
        return f"{ROLES[Role(role)]} en {where}"
    return " ".join(_word(word, names) for word in detail.split(" "))


def _word(word: str, names: Names) -> str:
    if week := _WEEK.fullmatch(word):
        return f"semana {int(week[2])} de {week[1]}"
    if word.startswith(_STAFF):
        return _person(word, names)
    if word in ("*", "-"):
        return "todo el municipio" if word == "*" else "sin área"
    return _CODES.get(word) or names.area(word)


def _person(written: str, names: Names) -> str:
    id = written.removeprefix(_STAFF)
    return names.staff.get(int(id), written) if id.isdecimal() else "nadie"


def _number(written: str, prefix: str) -> int:
    return int(written.removeprefix(prefix))
