"""Mail to staff over SMTP: a channel that only sends."""

from __future__ import annotations

import hashlib
import re
import ssl
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from email.errors import HeaderParseError
from email.header import Header
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP as SMTP_LINES
from email.policy import Policy
from email.utils import format_datetime, parseaddr

import structlog
from aiosmtplib import (
    SMTP,
    SMTPAuthenticationError,
    SMTPConnectError,
    SMTPDataError,
    SMTPException,
    SMTPRecipientRefused,
    SMTPResponseException,
    SMTPSenderRefused,
    SMTPServerDisconnected,
    SMTPTimeoutError,
)

from bot.channels.ports import (
    Blocked,
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
from handlers.messages import Channel
from handlers.text.display import one_line, undirected

SOON = timedelta(minutes=1)  # retry when the server could not be reached
GREYLISTED = timedelta(minutes=5)  # the usual delay of greylisting servers (RFC 6647)
FALLBACK_SUBJECT_LENGTH = 70

# An enhanced status code (RFC 3463) at the beginning of a reply.
_ENHANCED = re.compile(r"\s*(\d\.\d{1,3}\.\d{1,3})\b")
_NO_SUCH_MAILBOX = (550, 551, 553)
_TOO_LARGE = 552
_NEEDS_LOGIN = 530

log = structlog.get_logger()


def _utc_now() -> datetime:
    return datetime.now(UTC)


class Mailer:
    """Hands mails to the municipality's SMTP server, each over its own connection."""

    name = Channel.MAIL

    def __init__(
        self,
        settings: MailSettings,
        *,
        now: Callable[[], datetime] = _utc_now,
        timeout_s: float = 30.0,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        """``timeout_s`` limits each SMTP step; sending the message may take four times as long.

        ``tls``: how the server's certificate is checked (None: the system's authorities). Raises
        OperatorError if ``settings`` have no host or no valid sender.
        """
        if not settings.host:
            raise OperatorError("[mail] host: falta; es el nombre de un servidor SMTP")
        name, spec = parseaddr(settings.sender or "")
        sender = _address(spec, name)
        if sender is None:
            raise OperatorError(
                "[mail] from: falta o no es un correo; "
                "se permite opina@example.cl u Opina <opina@example.cl>"
            )
        self._settings = settings
        self._sender = sender
        self._now = now
        self._timeout_s = timeout_s
        self._tls = tls

    async def send(self, outgoing: Outgoing) -> SendOutcome:
        """Hand one reply to the server. Its refusals are outcomes, not exceptions."""
        recipient = _address(outgoing.address)
        if recipient is None:
            return self._noted(outgoing, Failed("address"))
        message = self._compose(outgoing, recipient)
        smtp = self._connection()
        try:
            outcome = await self._deliver(smtp, message, recipient.addr_spec)
        finally:
            smtp.close()
        return self._noted(outgoing, outcome)

    def _noted(self, outgoing: Outgoing, outcome: SendOutcome) -> SendOutcome:
        if not isinstance(outcome, Sent):
            kind = type(outcome).__name__.lower()
            log.warning(
                "mail not sent", number=outgoing.reply.number, result=kind, code=outcome.code
            )
        return outcome

    def _connection(self) -> SMTP:
        secret = self._settings.password
        return SMTP(
            hostname=self._settings.host,
            port=self._settings.port,
            username=self._settings.username,
            password=secret.get_secret_value() if secret else None,
            # By default aiosmtplib looks the host's name up in the DNS, which can hang.
            local_hostname=self._sender.domain,
            timeout=self._timeout_s,
            use_tls=self._settings.security == "tls",
            start_tls=self._settings.security == "starttls",
            tls_context=None if self._settings.security == "none" else self._tls,
        )

    async def _deliver(self, smtp: SMTP, message: EmailMessage, recipient: str) -> SendOutcome:
        """Go through the SMTP dialogue; the meaning of an error depends on the step it stops."""
        try:
            await smtp.connect()
            await smtp.mail(self._sender.addr_spec)
            await smtp.rcpt(recipient)
        except (SMTPException, OSError) as error:
            return _not_taken(error)
        try:
            await smtp.data(message.as_bytes(policy=SMTP_LINES), timeout=4 * self._timeout_s)
        except SMTPDataError as error:
            code = _code(error)
            return RetryLater(GREYLISTED, code=code) if error.code < 500 else Failed(code)
        except (SMTPException, OSError) as error:
            return Uncertain(_kind(error))
        with suppress(SMTPException, OSError):
            await smtp.quit()
        return Sent(str(message["Message-ID"]))

    def _compose(self, outgoing: Outgoing, recipient: Address) -> EmailMessage:
        reply = outgoing.reply
        subject = one_line(reply.subject or reply.text[:FALLBACK_SUBJECT_LENGTH])
        subject = " ".join(subject.split())
        message = EmailMessage(policy=SMTP_LINES)
        message["From"] = self._sender
        message["To"] = recipient
        message["Subject"] = subject if subject.isascii() else _Subject(subject)
        message["Date"] = format_datetime(self._now())
        message["Message-ID"] = message_id(outgoing, self._sender.domain)
        # Ask for no out-of-office replies: RFC 3834, and Exchange's own header.
        message["Auto-Submitted"] = "auto-generated"
        message["X-Auto-Response-Suppress"] = "All"
        message.set_content(undirected(reply.text))
        if reply.html:
            message.add_alternative(reply.html, subtype="html")
        if (file := outgoing.document) is not None:
            main, _, sub = file.media_type.partition("/")
            message.add_attachment(file.content, maintype=main, subtype=sub, filename=file.name)
        return message


class _Subject(str):
    """A subject in encoded words.

    ``EmailMessage`` loses the space between two of them where it breaks the line
    (https://github.com/python/cpython/issues/92081).
    """

    __slots__ = ()
    name = "Subject"  # with ``fold``, all that EmailMessage needs of a header object

    def fold(self, *, policy: Policy) -> str:
        """The header's lines."""
        encoded = Header(self, "utf-8", header_name=self.name).encode(linesep=policy.linesep)
        return f"{self.name}: {encoded}{policy.linesep}"


def message_id(outgoing: Outgoing, domain: str) -> str:
    """The Message-ID, the same whenever this reply is sent again.

    It covers the text: a new database numbers its replies from 1 again and must not repeat the
    id of another mail.
    """
    reply = outgoing.reply
    key = "\0".join((outgoing.address.lower(), str(reply.number), reply.subject, reply.text))
    return f"<{reply.number}.{hashlib.sha256(key.encode()).hexdigest()[:32]}@{domain}>"


def _address(spec: str, name: str = "") -> Address | None:
    """The address if SMTP without extensions can carry it."""
    try:
        address = Address(display_name=name, addr_spec=spec)
    except (HeaderParseError, ValueError, IndexError):
        return None
    if not spec.isascii() or not address.username or not address.domain:
        return None
    return address


def _not_taken(error: SMTPException | OSError) -> SendOutcome:
    """The outcome of an error before the message was handed over."""
    if isinstance(error, SMTPRecipientRefused):
        return _recipient_refused(error)
    if isinstance(error, SMTPResponseException):
        code = _code(error)
        if error.code < 500:
            return RetryLater(SOON, whole_channel=True, code=code)
        if isinstance(error, SMTPSenderRefused) and error.code == _TOO_LARGE:
            return Failed(code)
        return Stopped(code)  # connection, greeting, log-in or sender refused for good
    if isinstance(_root(error), ssl.SSLCertVerificationError):
        return Stopped("certificate")
    reachable = (SMTPConnectError, SMTPServerDisconnected, SMTPTimeoutError, OSError)
    if isinstance(error, reachable):
        return RetryLater(SOON, whole_channel=True, code=_kind(error))
    return Stopped(_kind(error))  # the server lacks what the settings require: STARTTLS, log-in


def _recipient_refused(error: SMTPRecipientRefused) -> SendOutcome:
    code = _code(error)
    if error.code < 500:
        return RetryLater(GREYLISTED, code=code)
    if error.code == _NEEDS_LOGIN:
        return Stopped(code)
    _, _, enhanced = code.partition("/")
    if enhanced:
        # 5.1.x and 5.2.1: no such mailbox, or a disabled one (RFC 3463).
        has_no_mailbox = enhanced.startswith("5.1.") or enhanced == "5.2.1"
    else:
        has_no_mailbox = error.code in _NO_SUCH_MAILBOX
    return Blocked(code) if has_no_mailbox else Failed(code)


def _code(error: SMTPResponseException) -> str:
    """The reply's codes only, such as ``550/5.1.1``: its text may contain addresses."""
    enhanced = _ENHANCED.match(error.message)
    prefix = "auth/" if isinstance(error, SMTPAuthenticationError) else ""
    return f"{prefix}{error.code}" + (f"/{enhanced[1]}" if enhanced else "")


def _kind(error: BaseException) -> str:
    return type(error).__name__


def _root(error: BaseException) -> BaseException:
    return error.__cause__ or error
