"""The files with everything stored about a citizen: as text and as JSON, in Spanish."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

import msgspec

from handlers.messages import File
from handlers.own_record import (
    OWN_LINES,
    MyRecord,
    StoredCase,
    StoredConsent,
    StoredFile,
    StoredHandover,
    StoredRequest,
    StoredResponse,
    StoredWarning,
)
from handlers.state import Conversation
from handlers.turn import TurnBuilder

FORMAT = "opina-datos-1"
_RIGHTS = {
    "access": "acceso",
    "rectify": "rectificación",
    "erase": "supresión",
    "object": "oposición",
    "block": "bloqueo",
    "port": "portabilidad",
}
_STATES = {
    "open": "abierta",
    "granted": "aceptada",
    "refused": "rechazada",
    "lifted": "terminada",
    "answered": "respondida",
    "closed": "cerrada",
    "reopened": "abierta otra vez",
    "formal": "cerrada, con el camino de la Ley 20.285",
}
_ARRIVALS = {
    "going": "en camino",
    "sent": "enviado",
    "waiting": "espera que usted escriba",
    "failed": "no llegó",
}
_FILES = {"photo": "foto", "document": "documento", "voice": "audio"}
_FILE_STATES = {"due": "llegando", "kept": "guardado", "refused": "no se pudo guardar"}
_DONE = {  # what was done with a case, besides saying something
    "read": "leída",
    "forwarded": "derivada",
    "taken-back": "de vuelta en su área: se había derivado a otra por equivocación",
    "extended": "plazo extendido",
    "closed": "cerrada",
    "reopened": "abierta otra vez",
    "formal": "cerrada: es información pública (Ley 20.285)",
    "judged-yes": "dijo que la respuesta es lo que pidió",
    "judged-partly": "dijo que la respuesta es solo en parte lo que pidió",
    "judged-no": "dijo que la respuesta no es lo que pidió",
}
_OF_CITIZEN = ("citizen", "judged-yes", "judged-partly", "judged-no")


def own_files(turn: TurnBuilder, record: MyRecord) -> tuple[File, File]:
    """The text file and the JSON file of a contact, with the same content."""
    content, zone = _content(turn, record), turn.release.content.zone
    name = f"mis-datos-{turn.at.astimezone(zone):%Y-%m-%d}"
    text = msgspec.json.format(msgspec.json.encode(content), indent=2).decode()
    return File(f"{name}.txt", "\n".join(_lines(content))), File(f"{name}.json", text)


def _content(turn: TurnBuilder, record: MyRecord) -> dict[str, object]:
    zone = turn.release.content.zone
    return {
        "formato": FORMAT,
        "responsable": turn.release.content.municipality,
        "hecho": _time(turn.at, zone),
        "canal": record.channel,
        "identificador": record.address,
        "desde": _time(record.since, zone),
        "conversacion": _conversation(turn.was),
        "respuestas": [_response(turn, response) for response in record.responses],
        "solicitudes": [_case(turn, case) for case in record.cases],
        "conversaciones_con_personas": [_handover(turn, handover) for handover in record.handovers],
        "avisos_de_seguridad": [_breach(warning, zone) for warning in record.breaches],
        "derechos": [_request(request, zone) for request in record.requests],
        "consentimientos": [_consent(consent, zone) for consent in record.consents],
    }


def _breach(warning: StoredWarning, zone: ZoneInfo) -> dict[str, object]:
    return {
        "folio": warning.number,
        "avisado": _time(warning.told_at, zone),
        "estado": _ARRIVALS.get(warning.state, warning.state),
        "texto": warning.text,
    }


def _request(request: StoredRequest, zone: ZoneInfo) -> dict[str, object]:
    return {
        "folio": request.number,
        "derecho": _RIGHTS.get(request.right, request.right),
        "estado": _STATES.get(request.status, request.status),
        "pedido": _time(request.asked_at, zone),
        "plazo": _time(request.due_at, zone),
        "texto": request.text,
        "decision": request.answer,
    }


def _consent(consent: StoredConsent, zone: ZoneInfo) -> dict[str, object]:
    return {
        "para": consent.purpose,
        "version_del_texto": consent.version,
        "canal": consent.channel,
        "dado": _time(consent.given_at, zone),
        "retirado": _time(consent.withdrawn_at, zone) if consent.withdrawn_at else None,
    }


def _lines(value: object, depth: int = 0) -> Iterator[str]:
    """The text file: one line per value, indented by nesting."""
    assert isinstance(value, dict), "entries have names"
    for name, held in value.items():
        label = f"{'  ' * depth}{str(name).replace('_', ' ').capitalize()}:"
        match held:
            case dict():
                yield label
                yield from _lines(held, depth + 1)
            case list():
                yield f"{label} {len(held)}"
                for place, item in enumerate(held, 1):
                    if isinstance(item, dict):
                        yield f"{'  ' * (depth + 1)}{place}."
                        yield from _lines(item, depth + 2)
                    else:
                        yield f"{'  ' * (depth + 1)}{place}. {item}"
            case bool():
                yield f"{label} {'sí' if held else 'no'}"
            case _:
                yield f"{label} {'-' if held in (None, '') else held}"


def _conversation(state: Conversation) -> dict[str, object]:
    """The parts of the conversation's state that are about the person."""
    draft, follow_up = state.draft, state.follow_up
    waiting = [draft.words] if draft is not None and draft.words else []
    if state.matter is not None and state.matter.words not in waiting:
        waiting.append(state.matter.words)
    if follow_up is not None:
        waiting += follow_up.messages
    if state.filing is not None:
        waiting += state.filing.words
    for ongoing in (state.progress, *state.paused):
        if ongoing is not None and ongoing.words:
            waiting.append(ongoing.words)
    return {
        "idioma": state.language,
        "texto_corto": state.short,
        "sin_invitaciones": state.uninvited,
        "palabras_en_espera": waiting,
    }


def _response(turn: TurnBuilder, response: StoredResponse) -> dict[str, object]:
    zone = turn.release.content.zone
    return {
        "cuestionario": response.questionnaire,
        "version": response.version,
        "area": turn.release.area_name(response.subject.area),
        "tramite": response.subject.service,
        "punto_de_atencion": response.subject.desk,
        "canal": response.channel,
        "tramite_sin_terminar": response.pending,
        "comenzado": _time(response.started_at, zone),
        "respuestas": [
            {
                "pregunta": answer.question,
                "tipo": answer.kind,
                "valor": answer.value,
                "fecha": _time(answer.at, zone),
            }
            for answer in response.answers
        ],
    }


def _case(turn: TurnBuilder, case: StoredCase) -> dict[str, object]:
    zone = turn.release.content.zone
    return {
        "numero": case.number,
        "tipo": case.kind,
        "area": turn.release.area_name(case.area) if case.area else "",
        "estado": _STATES.get(case.status, case.status),
        "ingresada": _time(case.opened_at, zone),
        "plazo": _time(case.due_at, zone) if case.due_at else None,
        "texto": case.text,
        "correo": case.mail,
        "notas": [_note(author, words, at, zone) for author, words, at in case.notes],
        "archivos": [_file(file, zone) for file in case.files],
    }


def _note(author: str, words: str, at: datetime, zone: ZoneInfo) -> dict[str, object]:
    is_act = author == "citizen" and words in OWN_LINES
    return {
        "de": "usted" if author in _OF_CITIZEN else "municipalidad",
        "que": words.strip("().") if is_act else _DONE.get(author, ""),
        "texto": "" if is_act else words,
        "fecha": _time(at, zone),
    }


def _file(file: StoredFile, zone: ZoneInfo) -> dict[str, object]:
    return {
        "tipo": _FILES.get(file.kind, file.kind),
        "formato": file.media_type,
        "bytes": file.size,
        "de": "la municipalidad" if file.answer else "usted",
        "estado": _FILE_STATES[file.state],
        "enviado": _time(file.at, zone),
    }


def _handover(turn: TurnBuilder, handover: StoredHandover) -> dict[str, object]:
    zone = turn.release.content.zone
    return {
        "area": turn.release.area_name(handover.area) if handover.area else "",
        "comenzada": _time(handover.opened_at, zone),
        "terminada": _time(handover.ended_at, zone) if handover.ended_at else None,
        "mensajes": [
            {
                "de": "usted" if by_citizen else "municipalidad",
                "texto": words,
                "fecha": _time(at, zone),
            }
            for by_citizen, words, at in handover.said
        ],
        "archivos": [_file(file, zone) for file in handover.files],
    }


def _time(at: datetime, zone: ZoneInfo) -> str:
    return at.astimezone(zone).isoformat(timespec="seconds")
