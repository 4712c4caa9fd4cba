"""Mail against a real SMTP server on this machine that answers as real ones do."""

import asyncio
import email
import email.policy
import ipaddress
import ssl
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from msgspec.structs import replace
from pydantic import SecretStr
from structlog.testing import capture_logs

from bot.channels.mail.mailer import Mailer
from bot.channels.ports import (
    Blocked,
    Document,
    Failed,
    Outgoing,
    RetryLater,
    SendOutcome,
    Sent,
    Stopped,
    Uncertain,
)
from bot.config import MailSettings
from handlers.errors import OperatorError
from handlers.messages import Channel, Reply

NOW = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)
REPLY = Reply(
    number=7,
    subject="Semana 47 · Tránsito: bajó más de lo esperable",
    text="Semana 47 · Tránsito · 48 respuestas\n.un punto solo\n",
    html="<p>Semana 47 · <b>Tránsito</b></p>",
)
OUTGOING = Outgoing(address="jefatura@muni.example", reply=REPLY)

Answer = Callable[[], Coroutine[Any, Any, str]]


class Postmaster:
    """Keeps what it takes; answers each step as it was told to."""

    def __init__(self, mail: str = "", rcpt: str = "", data: str | Answer = "") -> None:
        self.mail, self.rcpt, self.data = mail, rcpt, data
        self.taken: list[Envelope] = []

    async def handle_MAIL(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        del server, session, options
        envelope.mail_from = address
        return self.mail or "250 OK"

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        del server, session, options
        envelope.rcpt_tos.append(address)
        return self.rcpt or "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        del server, session
        self.taken.append(envelope)
        if callable(self.data):
            return await self.data()
        return self.data or "250 OK"

    @property
    def mails(self) -> list[EmailMessage]:
        return [
            email.message_from_bytes(bytes(e.content), policy=email.policy.default)
            for e in self.taken
        ]


@asynccontextmanager
async def serving(postmaster: Postmaster, **options: Any) -> AsyncIterator[int]:
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: SMTP(postmaster, hostname="mail.example", loop=loop, **options), "127.0.0.1", 0
    )
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        await asyncio.sleep(0)


def settings(port: int, **changes: Any) -> MailSettings:
    values = {"host": "127.0.0.1", "port": port, "from": "Opina <opina@muni.example>"}
    return MailSettings.model_validate({**values, "security": "none", **changes})


async def sent(postmaster: Postmaster, outgoing: Outgoing = OUTGOING) -> SendOutcome:
    async with serving(postmaster) as port:
        return await Mailer(settings(port), now=lambda: NOW, timeout_s=2).send(outgoing)


async def test_a_reply_arrives_as_text_and_html_with_its_subject() -> None:
    postmaster = Postmaster()
    outcome = await sent(postmaster)
    (mail,) = postmaster.mails
    text, html = mail.iter_parts()
    assert mail.get_content_type() == "multipart/alternative"
    assert text.get_content().replace("\r\n", "\n") == REPLY.text
    assert html.get_content_type() == "text/html"
    assert html.get_content().strip() == REPLY.html
    assert mail["Subject"] == REPLY.subject
    assert mail["From"] == "Opina <opina@muni.example>"
    assert mail["To"] == "jefatura@muni.example"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Date"].datetime == NOW
    assert outcome == Sent(ref=mail["Message-ID"])
    assert postmaster.taken[0].mail_from == "opina@muni.example"
    assert postmaster.taken[0].rcpt_tos == ["jefatura@muni.example"]


async def test_a_file_is_attached_beside_text_and_html() -> None:
    postmaster = Postmaster()
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    sheet = Document("resumen-2026-W47.xlsx", kind, b"PK\x03\x04\r\n.\r\n\xff")
    await sent(postmaster, replace(OUTGOING, document=sheet))
    (mail,) = postmaster.mails
    (file,) = mail.iter_attachments()
    assert (file.get_filename(), file.get_content_type()) == (sheet.name, kind)
    assert file.get_content() == sheet.content
    body = mail.get_body(("html",))
    assert body is not None
    assert body.get_content().strip() == REPLY.html


async def test_a_reply_without_html_is_plain_text_and_gets_a_subject_from_its_words() -> None:
    postmaster = Postmaster()
    reply = Reply(number=1, text="Hay un reclamo\nnuevo: LS-2026-000123")
    await sent(postmaster, Outgoing(address="oirs@muni.example", reply=reply))
    (mail,) = postmaster.mails
    assert mail.get_content_type() == "text/plain"
    assert mail["Subject"] == "Hay un reclamo nuevo: LS-2026-000123"


@pytest.mark.parametrize(
    "subject",
    [
        "LS-2026-000123: la petición está respondida",
        "LS-2026-000123: a a petición está atención más días",
        "Una persona espera en el chat: Niñez y Juventud, Educación Técnica Ñuñoa 🙂 Ánimo",
        "ñ" * 120,
    ],
)
async def test_a_long_subject_keeps_its_spaces_and_its_lines_are_short(subject: str) -> None:
    postmaster = Postmaster()
    reply = Reply(number=1, text="x", subject=subject)
    await sent(postmaster, Outgoing(address="oirs@muni.example", reply=reply))
    head, _, _ = bytes(postmaster.taken[0].content).partition(b"\r\n\r\n")
    assert postmaster.mails[0]["Subject"] == subject
    assert max(map(len, head.split(b"\r\n"))) <= 78


async def test_a_repeated_send_has_the_same_message_id_and_another_reply_another() -> None:
    postmaster = Postmaster()
    await sent(postmaster)
    await sent(postmaster)
    await sent(postmaster, Outgoing(address=OUTGOING.address, reply=Reply(number=8, text="x")))
    await sent(postmaster, Outgoing(address="otra@muni.example", reply=REPLY))
    first, again, later, other = (mail["Message-ID"] for mail in postmaster.mails)
    assert first == again
    assert first.endswith("@muni.example>")
    assert len({first, later, other}) == 3


async def test_a_subject_cannot_smuggle_in_a_header() -> None:
    postmaster = Postmaster()
    reply = Reply(number=1, text="x", subject="Semana 47\r\nBcc: otra@example.org")
    await sent(postmaster, Outgoing(address="oirs@muni.example", reply=reply))
    (mail,) = postmaster.mails
    assert mail["Bcc"] is None
    assert mail["Subject"] == "Semana 47 Bcc: otra@example.org"


@pytest.mark.parametrize(
    ("postmaster", "expected"),
    [
        (Postmaster(rcpt="450 4.2.0 grey"), RetryLater(timedelta(minutes=5), False, "450/4.2.0")),
        (Postmaster(data="451 4.3.0 later"), RetryLater(timedelta(minutes=5), False, "451/4.3.0")),
        (Postmaster(mail="451 busy"), RetryLater(timedelta(minutes=1), True, "451")),
        (Postmaster(mail="421 4.7.0 closing"), RetryLater(timedelta(minutes=1), True, "421/4.7.0")),
        (Postmaster(rcpt="550 5.1.1 jefatura@muni.example unknown"), Blocked("550/5.1.1")),
        (Postmaster(rcpt="550 no such person here"), Blocked("550")),
        (Postmaster(rcpt="550 5.7.1 policy"), Failed("550/5.7.1")),
        (Postmaster(rcpt="552 5.2.2 mailbox full"), Failed("552/5.2.2")),
        (Postmaster(rcpt="530 5.7.0 log in first"), Stopped("530/5.7.0")),
        (Postmaster(mail="553 5.7.1 sender not yours"), Stopped("553/5.7.1")),
        (Postmaster(mail="552 5.3.4 too large"), Failed("552/5.3.4")),
        (Postmaster(data="554 5.6.0 looks like spam"), Failed("554/5.6.0")),
    ],
)  # fmt: skip
async def test_each_refusal_has_its_outcome(postmaster: Postmaster, expected: SendOutcome) -> None:
    with capture_logs() as logs:
        assert await sent(postmaster) == expected
    (entry,) = logs
    assert entry["number"] == 7
    assert "@" not in repr(entry)


async def test_a_time_out_after_the_message_was_handed_over_is_uncertain() -> None:
    released = asyncio.Event()

    async def silent() -> str:
        await released.wait()
        return "250 OK"

    postmaster = Postmaster(data=silent)
    async with serving(postmaster) as port:
        mailer = Mailer(settings(port), timeout_s=0.2)
        assert await mailer.send(OUTGOING) == Uncertain("SMTPReadTimeoutError")
        released.set()
    assert len(postmaster.taken) == 1


async def test_a_connection_cut_after_the_message_was_handed_over_is_uncertain() -> None:
    async def cuts(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 mail.example\r\n")
        for answer in (b"250 hello\r\n", b"250 OK\r\n", b"250 OK\r\n", b"354 go\r\n"):
            await reader.readline()
            writer.write(answer)
        await reader.readuntil(b"\r\n.\r\n")
        writer.close()

    server = await asyncio.start_server(cuts, "127.0.0.1", 0)
    async with server:
        port = server.sockets[0].getsockname()[1]
        assert isinstance(await Mailer(settings(port), timeout_s=2).send(OUTGOING), Uncertain)


async def test_a_server_that_is_away_or_silent_is_tried_later() -> None:
    async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()

    server = await asyncio.start_server(silent, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    async with server:
        quiet = await Mailer(settings(port), timeout_s=0.2).send(OUTGOING)
    away = await Mailer(settings(port), timeout_s=0.5).send(OUTGOING)
    for outcome in (quiet, away):
        assert isinstance(outcome, RetryLater)
        assert outcome.whole_channel


@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")
async def test_a_refused_log_in_stops_the_channel_and_a_good_one_delivers() -> None:
    def check(
        server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: LoginPassword
    ) -> AuthResult:
        del server, session, envelope, mechanism
        return AuthResult(success=data == LoginPassword(b"opina", b"secreto"), handled=False)

    postmaster = Postmaster()
    options = {"authenticator": check, "auth_required": True, "auth_require_tls": False}
    async with serving(postmaster, **options) as port:
        wrong = settings(port, username="opina", password=SecretStr("otro"))
        right = settings(port, username="opina", password=SecretStr("secreto"))
        none = settings(port)
        assert await Mailer(wrong, timeout_s=2).send(OUTGOING) == Stopped("auth/535/5.7.8")
        assert isinstance(await Mailer(none, timeout_s=2).send(OUTGOING), Stopped)
        assert isinstance(await Mailer(right, timeout_s=2).send(OUTGOING), Sent)
    assert len(postmaster.taken) == 1


async def test_without_the_encryption_that_is_set_nothing_is_sent() -> None:
    postmaster = Postmaster()
    async with serving(postmaster) as port:
        mailer = Mailer(settings(port, security="starttls"), timeout_s=2)
        assert isinstance(await mailer.send(OUTGOING), Stopped)
    assert postmaster.taken == []


async def test_a_certificate_that_nobody_vouches_for_stops_the_channel(tmp_path: Path) -> None:
    ours = _own_certificate(tmp_path)
    trusting = ssl.create_default_context(cafile=str(ours))
    server_side = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    server_side.load_cert_chain(ours)
    postmaster = Postmaster()
    async with serving(postmaster, tls_context=server_side) as port:
        values = settings(port, security="starttls")
        assert await Mailer(values, timeout_s=2).send(OUTGOING) == Stopped("certificate")
        assert postmaster.taken == []
        assert isinstance(await Mailer(values, timeout_s=2, tls=trusting).send(OUTGOING), Sent)


@pytest.mark.parametrize(
    "address", ["", "nadie", "a@", "a b@example.cl", "ñ@example.cl", "a@b\r\nX: y"]
)
async def test_what_is_no_address_fails_without_asking_the_server(address: str) -> None:
    postmaster = Postmaster()
    assert await sent(postmaster, Outgoing(address=address, reply=REPLY)) == Failed("address")
    assert postmaster.taken == []


@pytest.mark.parametrize(
    ("changes", "key"),
    [({"host": None}, "host"), ({"from": None}, "from")],
)
def test_a_missing_host_or_sender_is_named(changes: dict[str, Any], key: str) -> None:
    with pytest.raises(OperatorError, match=rf"^\[mail\] {key}: "):
        Mailer(settings(25, **changes))


def test_the_channel_is_called_mail() -> None:
    assert Mailer(settings(25)).name is Channel.MAIL


def _own_certificate(folder: Path) -> Path:
    """Write a certificate for 127.0.0.1 that only itself vouches for, with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    today = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(today - timedelta(days=1))
        .not_valid_after(today + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), False
        )
        .sign(key, hashes.SHA256())
    )
    path = folder / "server.pem"
    path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + certificate.public_bytes(serialization.Encoding.PEM)
    )
    return path
