"""The panel's templates, with the words that they share."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from bot import labels
from bot.web.static import StaticFiles
from bot.web.templates import templates
from handlers.cases.deadlines import Rule
from handlers.quality.weeks import DAYS, MONTHS
from handlers.release import Release
from handlers.staff.permissions import Action, Role

FOLDER = Path(__file__).parent

ROLES = {
    Role.DESK: "Mesón",
    Role.VIEWER: "Lectura",
    Role.HEAD: "Jefatura",
    Role.QUALITY: "Calidad",
    Role.PRIVACY: "Datos personales",
    Role.ADMIN: "Administración",
}
SOURCES = {"papel": "en papel", "presencial": "en persona"}
FILES = {"photo": "Foto", "document": "Documento", "voice": "Audio"}
ACTIONS = {
    "sign-in": "entró",
    "sign-out": "salió",
    "session-ended": "cerró una sesión",
    "link-sent": "mandó un enlace de entrada",
    "link-made": "hizo un enlace de entrada",
    "cases-read": "leyó una lista de casos",
    "case-read": "leyó un caso",
    "file-read": "abrió un archivo de un caso",
    "case-answered": "respondió un caso",
    "answer-undone": "deshizo una respuesta",
    "answer-sent-again": "mandó otra vez una respuesta",
    "answer-settled": "anotó que avisó de otra forma",
    "case-noted": "anotó en un caso",
    "case-forwarded": "derivó un caso",
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
    "card-reported": "avisó que una ficha está mal",
    "card-settled": "revisó el aviso de una ficha",
    "template-changed": "cambió una plantilla",
    "template-removed": "quitó una plantilla",
    "rights-read": "leyó la lista de pedidos sobre datos",
    "right-read": "leyó un pedido sobre datos",
    "right-decided": "decidió un pedido sobre datos",
    "right-extended": "alargó el plazo de un pedido sobre datos",
    "downloaded": "descargó un archivo",
    "figures-published": "publicó las cifras de una semana",
    "lookups-read": "leyó lo que no se encontró",
    "measure-opened": "abrió una medida",
    "measure-signalled-again": "anotó otra señal en una medida",
    "measure-taken": "tomó una medida",
    "measure-decided": "decidió una medida",
    "measure-declined": "decidió que no hay medida",
    "measure-noted": "anotó en una medida",
    "measure-done": "dio por hecha una medida",
    "measure-measured": "midió el efecto de una medida",
    "measure-closed": "cerró una medida como efectiva",
    "measure-reopened": "abrió otra vez una medida",
    "rating-read": "leyó una nota",
    "rating-moved": "movió una nota a otra área",
    "figure-noted": "dejó una nota junto a una cifra",
    "baseline-set": "fijó una base nueva",
    "staff-added": "agregó a una persona",
    "staff-removed": "quitó a una persona",
    "role-given": "dio un rol",
    "role-taken": "quitó un rol",
}


class Rendering:
    """Renders pages; every value that comes into one is escaped."""

    def __init__(self, release: Release, *, made_up: bool) -> None:
        self._release = release
        self._zone = release.content.zone
        self.files = StaticFiles("/panel", FOLDER / "static")
        self._environment = templates(FOLDER / "templates")
        self.menu: tuple[tuple[str, str, Action], ...] = ()
        self._environment.globals.update(
            municipality=release.content.municipality,
            made_up=made_up,
            assets=self.files.urls,
            roles=ROLES,
            states=labels.STATES,
        )
        self._environment.filters.update(
            area=self.area,
            role=lambda role: ROLES[role],
            kind=lambda kind: labels.kind(kind).capitalize(),
            state=labels.state,
            channel=labels.channel,
            source=lambda channel: SOURCES.get(channel) or f"por {labels.channel(channel)}",
            rule=lambda rule: f"{Rule.read(rule).days} días hábiles",
            action=lambda action: ACTIONS.get(action, action),
            moment=self.moment,
            clock=self.clock,
            time=self.time,
            ago=ago,
            term=self.term,
            beginning=beginning,
            file_kind=lambda kind: FILES.get(kind, kind),
            size=size,
            sentence=lambda text: text[:1].upper() + text[1:],
        )

    def offer(self, menu: Sequence[tuple[str, str, Action]]) -> None:
        """What the menu holds, of which everybody sees what they may do: path, name, action."""
        self.menu = tuple(menu)

    def render(self, template: str, **values: object) -> str:
        """The text of a page."""
        return self._environment.get_template(template).render(**values)

    def area(self, area: str) -> str:
        """What an area is called; of one no longer in the content, its id."""
        return self._release.area_name(area) if area else "Sin área"

    def moment(self, at: datetime, now: datetime) -> str:
        """``lunes 30 de noviembre, 20:47``, in the municipality's time; with the year if it is
        another one than now."""
        return f"{self._day(at, now)}, {at.astimezone(self._zone):%H:%M}"

    def term(self, due_at: datetime, now: datetime) -> str:
        """``vence el lunes 30 de noviembre``; ``venció`` once it has passed."""
        return f"{'vence' if now <= due_at else 'venció'} el {self._day(due_at, now)}"

    def time(self, at: datetime) -> str:
        """``20:47``, in the municipality's time."""
        return f"{at.astimezone(self._zone):%H:%M}"

    def clock(self, at: datetime) -> str:
        """``20:47:05``, in the municipality's time."""
        return f"{at.astimezone(self._zone):%H:%M:%S}"

    def _day(self, at: datetime, now: datetime) -> str:
        local = at.astimezone(self._zone)
        day, month = DAYS[local.weekday()], MONTHS[local.month - 1]
        year = "" if local.year == now.astimezone(self._zone).year else f" de {local.year}"
        return f"{day} {local.day} de {month}{year}"


def ago(at: datetime, now: datetime) -> str:
    """How long it is since, in the largest unit that fits."""
    passed = max(now - at, timedelta())
    for unit, one, many in (
        (timedelta(days=1), "día", "días"),
        (timedelta(hours=1), "hora", "horas"),
        (timedelta(minutes=1), "minuto", "minutos"),
    ):
        if count := passed // unit:
            return f"{count} {one if count == 1 else many}"
    return "un momento"


def beginning(text: str, room: int = 90) -> str:
    """The first words of a text, on one line and cut between two of them."""
    line = " ".join(text.split())
    return line if len(line) <= room else line[:room].rsplit(" ", 1)[0] + "…"


def size(count: int) -> str:
    """Bytes as people read them: "320 kB", "1,4 MB"."""
    if count < 1_000_000:
        return f"{max(1, round(count / 1000))} kB"
    return f"{count / 1_000_000:.1f} MB".replace(".", ",")
