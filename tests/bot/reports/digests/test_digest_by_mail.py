"""The digest as a mail server gets it: words, page and sheet agree, and nothing is remote."""

from __future__ import annotations

import re
from email.message import EmailMessage
from io import BytesIO

import pytest
from openpyxl import load_workbook
from sqlalchemy import Connection

from bot.channels.mail.mailer import Mailer
from bot.jobs.quality.digest import Sending, digest_link, send_digest
from handlers.quality.charts import MIN_POINTS
from handlers.release import Release
from storage.engine.keyring import Keyring
from storage.engine.opening import open_database
from tests.bot.channels.test_mail import Postmaster, serving, settings
from tests.bot.one_process import opened, until
from tests.bot.published import AREA, LOW, USUAL, publish_weeks
from tests.hired import hired

BASE = "https://opina.example.cl"
CLIPPED = 102_000  # bytes from which on Gmail shows a part of a mail alone
SHARE = "42 %"


async def mail_of(area: str, sqlite_url: str, keyring: Keyring, release: Release) -> EmailMessage:
    """The digest of a week as it reaches the server; ``area``: of its reader, empty for all."""
    database, postmaster = await open_database(sqlite_url), Postmaster()
    week = await publish_weeks(database, release, *[USUAL] * MIN_POINTS, LOW)
    async with serving(postmaster) as port:
        mailer = Mailer(settings(port), timeout_s=5)
        async with opened(database, keyring, release, [mailer]) as process:

            def hire(tx: Connection) -> None:
                hired(tx, keyring, "Ana", "ana@example.cl", area, process.clock())

            await database.write(hire)
            sending = Sending(week, process.clock(), BASE)
            assert await send_digest(database, keyring, release, sending) == 1
            process.intake.nudge()
            await until(lambda: postmaster.taken)
    await database.close()
    (mail,) = postmaster.mails
    assert digest_link(BASE, keyring, week, area or None) in text_of(mail, "plain")
    return mail


def text_of(mail: EmailMessage, kind: str) -> str:
    body = mail.get_body((kind,))
    assert body is not None
    return str(body.get_content()).replace("\xa0", " ")


@pytest.mark.parametrize("area", ["", AREA])
async def test_words_page_and_sheet_of_a_sent_digest_have_the_same_figures(
    area: str, sqlite_url: str, keyring: Keyring, release: Release
) -> None:
    mail = await mail_of(area, sqlite_url, keyring, release)
    plain, html = text_of(mail, "plain"), text_of(mail, "html")
    (sheet,) = mail.iter_attachments()
    assert [part.get_content_type() for part in mail.walk() if not part.is_multipart()] == [
        "text/plain",
        "text/html",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ]
    assert mail["Subject"] in html
    assert len(html.encode()) <= CLIPPED
    assert not re.search(r"<(img|link|script|iframe|object)|url\(|\bsrc=|@import", html)
    assert max(len(line) for line in plain.splitlines() if "http" not in line) <= 80
    assert not re.search(r"<\w|&\w+;", plain)

    name = sheet.get_filename()
    assert name == ("resumen-transito-2026-W42.xlsx" if area else "resumen-2026-W42.xlsx")
    book = load_workbook(BytesIO(sheet.get_content()))
    titles, *rows = book["Áreas"].iter_rows(values_only=True)
    (row,) = [dict(zip(titles, values, strict=True)) for values in rows if values[3]]
    for told in (plain, html):
        assert f"{row['% nota 6 o 7']} %" == SHARE
        margin = f"entre {row['Margen desde']} % y {row['Margen hasta']} %"
        said = " ".join(told.split())
        for figure in (SHARE, margin, f"{row['Respuestas']} respuestas"):
            assert figure in said
        assert "Bajó más de lo esperable por azar" in said
    assert str(row["Variación"]).startswith("Bajó más de lo esperable por azar")
