"""The two conversations that the product aims for, as far as it goes now."""

from __future__ import annotations

from datetime import UTC, datetime

from handlers.facts.cases import CaseKind, CaseOpened
from handlers.facts.files import FileSent, FilesFiled
from handlers.facts.responses import AnswerGiven
from handlers.messages import CaseAnswer, CaseNews, CaseStep, Channel, MediaKind
from handlers.release import Release
from tests.handlers.chat import Chat


def test_a_neighbour_of_seventy_one_with_poor_sight(release: Release) -> None:
    v = Chat(release, channel=Channel.WHATSAPP)
    first = v.says("ola nesecito lo de la basura q no pagamos los mallores")
    assert first.startswith("Exención o rebaja de los derechos de aseo\n")
    assert "Registro Social de Hogares" in first
    assert "El área aún no confirma lugar ni horario." in first
    assert "Soy el asistente automático" in first
    assert first.endswith("\n\n¿Le sirvió?")

    audio = v.sends_file(MediaKind.VOICE)
    assert "Yo no puedo escucharlo: lo escuchará una persona" in audio
    assert "Su número es LS-2026-000001." in audio
    assert "escriba LLAMAR" in audio
    assert audio.endswith("¿Le sirvió?"), "what was open is open still"
    (sent,), (heard,) = v.recorded(FileSent), v.recorded(CaseOpened)
    assert (sent.number, heard.kind, heard.area) == (heard.number, CaseKind.PERSON, "finanzas")

    assert "¿Ya le atendieron en Tesorería y Finanzas?" in v.says("si")
    shorter = v.says("no veo vien tanta letra")
    assert shorter.startswith("Desde ahora le escribo corto.")
    assert "diga LARGO" in shorter
    assert len(shorter) < len(first)
    noticed = v.says("ai si. el martes la niña me atendio mui bien")
    assert noticed.startswith("Gracias por contarlo. ¿Fue en Tesorería y Finanzas?")
    assert "No ponga nombres, RUT ni datos de salud. Más detalle: DATOS." in noticed

    check = v.says("1")
    assert check.startswith("Un momento. El 1 es una nota mala, y usted contó algo bueno.")
    assert "Aún no anoto nada. Escriba la nota con letras: UNO, SIETE u otra." in check
    assert not [f for f in v.recorded(AnswerGiven) if f.question == "grade"]

    noted = v.says("no no siete, disculpe")
    assert "Anoté un 7 para Tesorería y Finanzas." in noted
    assert "¿Qué fue lo mejor? Cuéntelo a su modo, o escriba LISTO." in noted
    assert v.says("me esplico con calma").startswith("Gracias. Anotamos su nota 7")
    joined = v.says("y me anoto todo en un papelito")
    assert joined.startswith("Lo sumé a su comentario para Tesorería y Finanzas.")

    v.waits(days=3)
    stale = v.says("1")
    assert stale.startswith("No sé a qué responde ese 1, así que no cambié nada.")
    assert "Su nota para Tesorería y Finanzas sigue siendo 7." in stale
    assert stale.endswith("¿Qué necesita?")
    assert v.record() == {
        "useful": "yes",
        "grade": "7",
        "best": "ai si. el martes la niña me atendio mui bien\nme esplico con calma\n"
        "y me anoto todo en un papelito",
    }


def test_a_shop_owner_who_has_waited_for_two_months(release: Release) -> None:
    monday_evening = datetime(2026, 11, 30, 23, 40, tzinfo=UTC)  # 20:40 in La Serena
    c = Chat(release, now=monday_evening)
    first = c.says("QUE WEA PASA CON MI PATENTE 2 MESES ESPERANDO MANGA DE INUTILES")
    assert "Soy el asistente automático: no veo su expediente ni puedo apurarlo." in first
    assert c.labels == ["Dejar un reclamo", "Patente comercial", "Hablar con persona"]

    opened = c.says("A pero no pienso repetir todo")
    assert opened.startswith("No hace falta repetir. Ya anoté: «QUE WEA PASA CON MI PATENTE")
    assert "Me falta saber: el número o la fecha de ingreso y qué pide." in opened
    assert "va con su solicitud" in c.sends_file(MediaKind.PHOTO)
    details = "4471, 28 sept, nueva, almacen. la jefa me dijo vuelva mañana 5 veces"
    summary = c.says(details)
    assert summary.startswith("Revise antes de enviar: «QUE WEA PASA CON MI PATENTE")
    assert "Lo recibe: Patentes Comerciales." in summary
    assert "¿Lo ingreso?" in c.says("C. y q me paguen el arriendo botado")

    filed = c.says("si. y si no contestan??")
    assert "Su reclamo tiene el número LS-2026-000001. Responde: Patentes Comerciales." in filed
    assert "Plazo: 30 de diciembre de 2026 (20 días hábiles)." in filed
    assert "No reemplaza recursos legales ni detiene sus plazos." in filed
    assert "lo ve la Administración Municipal y se lo digo por aquí" in filed
    assert "Contraloría" in filed
    assert "Comprobante (PDF)" in c.labels
    assert [one.number for one in c.recorded(FilesFiled)] == ["LS-2026-000001"]
    c.says("20 dias mas?? voy a cerrar el local")
    told, added = c.case_texts("LS-2026-000001")
    assert details in told
    assert "y q me paguen el arriendo botado" in told
    assert "si no contestan" not in told  # it was answered
    assert added == "20 dias mas?? voy a cerrar el local"

    graded = c.says("ponles un 1")
    assert "Anoté un 1 para Patentes Comerciales, como trámite que aún no termina." in graded
    assert "La nota va aparte de un reclamo." in graded
    (grade,) = c.recorded(AnswerGiven)
    assert (grade.grade, grade.pending, grade.subject.area) == (1, True, "patentes")
    c.says("listo")

    c.waits(hours=13)
    due = datetime(2026, 12, 31, 2, 59, 59, tzinfo=UTC)
    read = c.hear(CaseNews("LS-2026-000001", CaseStep.READ, "patentes", due))
    assert "una persona de Patentes Comerciales ya lo leyó" in read
    moved = c.hear(CaseNews("LS-2026-000001", CaseStep.FORWARDED, "obras", due, "Falta un papel."))
    assert "Ahora responde: Dirección de Obras (DOM)." in moved
    assert "El plazo no cambia: 30 de diciembre de 2026." in moved
    c.says("al menos se donde esta")
    answer = c.hear(CaseAnswer("LS-2026-000001", "obras", "Falta la recepción final del local."))
    assert "Respuesta de una persona de Dirección de Obras (DOM)" in answer
    assert "Abrí otra vez LS-2026-000001" in c.presses("No, reabrir")
    (case,) = c.recorded(CaseOpened)
    assert (case.kind, case.area) == (CaseKind.COMPLAINT, "patentes")
