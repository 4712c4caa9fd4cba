"""No matter what citizens write to the real service, no table holds their words in the clear."""

from __future__ import annotations

from handlers.messages import Channel
from handlers.release import Release
from storage.contacts import contacts
from storage.engine.database import Database
from storage.engine.keyring import Keyring
from storage.outbox import outbox
from storage.staff import staff
from storage.tables import metadata
from tests.bot.one_process import FakeChannel, OneProcess, opened

MARK = "zarabanda"  # in no content and no sentence

SAID = {
    "comment": ("nota", "deportes", "2", f"{MARK} en la fila", f"y {MARK}"),
    "comment to the end": ("nota", "deportes", "6", f"{MARK} en la fila", "listo", "ver", "sí"),
    "changed": ("nota", "deportes", "2", f"{MARK} en la fila", "listo", "cambiar", "3", "trato"),
    "before the grade": (f"ayer me atendieron mal en el tránsito, {MARK}", "2"),
    "draft": (f"me atendieron muy mal {MARK}",),
    "waiting": (f"llevo tres semanas esperando que pase el camión {MARK}",),
    "told before": (
        f"llevo tres semanas esperando que pase el camión {MARK}",
        "reclamo",
        "saltar",
        "sí",
    ),
    "complaint": (
        "reclamo",
        f"no pasa el camión {MARK}",
        f"ni {MARK} el otro",
        "sí",
        f"ni el otro {MARK}",
        "listo",
    ),
    "no comment perhaps": ("nota", "deportes", "2", f"y el {MARK} cuándo viene?"),
    "no words of a case": ("reclamo", "no pasa el camión", "saltar", "sí", f"quién es {MARK}"),
    "person": ("persona", f"llámenme, {MARK}"),
    "questionnaire": ("encuesta", "1", "2", f"{MARK} de noche", "1 y 2"),
    "lookup": (MARK, f"permiso {MARK}"),
    "put aside": (f"ayer me atendieron mal en el tránsito, {MARK}", "permiso de circulación"),
}


async def leaks(process: OneProcess) -> set[str]:
    """Columns in which the mark can be read without the keys."""
    found = set()
    for table in metadata.sorted_tables:
        names = [column.name for column in table.columns]
        for row in await process.rows(f"SELECT * FROM {table.name}"):
            for name, cell in zip(names, row, strict=True):
                raw = cell if isinstance(cell, bytes) else str(cell).encode()
                if MARK.encode() in raw.lower():
                    found.add(f"{table.name}.{name}")
    return found


async def test_no_table_holds_words_in_the_clear_after_any_message(
    database: Database, keyring: Keyring, release: Release
) -> None:
    web = FakeChannel(Channel.WEB)
    async with opened(database, keyring, release, [web], running=False) as process:
        await process.database.write(
            lambda tx: staff.add(
                tx, keyring, staff.NewMember("Rosa", "rosa@ejemplo.cl", ""), process.clock()
            )
        )
        process.starts_late()
        for who, texts in SAID.items():
            for text in texts:
                await process.hears(text, who=who, channel=Channel.WEB)
                assert await leaks(process) <= {"lookups.query"}  # masked, and without a contact
        assert await leaks(process) == {"lookups.query"}


async def test_what_the_page_can_read_again_is_read_with_the_keys_only(
    database: Database, keyring: Keyring, release: Release
) -> None:
    web = FakeChannel(Channel.WEB)
    async with opened(database, keyring, release, [web]) as process:
        await process.hears(*SAID["comment to the end"], who="ana", channel=Channel.WEB)
        # Each is answered once, and VER with two files besides.
        await process.until_states(*["sent"] * (len(SAID["comment to the end"]) + 2))
        sender = process.event("", who="ana", channel=Channel.WEB).sender
        ana = await database.read(lambda tx: contacts.contact_of(tx, keyring, sender))
        assert ana is not None
        kept = await database.read(lambda tx: outbox.replies_after(tx, keyring, ana.id, 0))
        assert MARK in kept[-1].text  # the answer to VER
        assert [one.file is not None for one in kept[-3:]] == [True, True, False]
        assert await leaks(process) == set()


async def test_a_comment_is_read_where_it_was_stored_and_stays_with_a_changed_grade(
    database: Database, keyring: Keyring, release: Release
) -> None:
    async with opened(database, keyring, release, [FakeChannel()]) as process:
        await process.hears("calificar", "transito", "3", "espera", "Esperé dos horas", "listo")
        await process.hears("cambiar", "6", "listo", "cambiar", "2", "trato", "Y gritaban")
        rows = await process.rows("SELECT words FROM answers WHERE words IS NOT NULL")
        assert [keyring.decrypt(bytes(row[0])) for row in rows] == ["Esperé dos horas\nY gritaban"]
        states = await process.rows("SELECT state FROM conversations")
        assert "dos horas" not in repr(states)
