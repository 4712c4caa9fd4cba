"""Everything an operator can set: one class per section, with defaults and allowed values."""

from __future__ import annotations

import os
import re
from datetime import time as ClockTime
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SecretStr,
    field_validator,
    model_validator,
)

from handlers.content.fields import Day, StrictInt, StrictNumber
from handlers.text.emails import EMAIL, SENDER

# The last label may not be a number: 10.0.0.256 is a mistyped address, not a host name.
_HOST_NAME = re.compile(
    r"(?=.{1,253}$)([a-z0-9_-]{1,63}\.)*(?!\d+$)[a-z0-9_-]{1,63}", re.IGNORECASE
)

JOURNAL = "erasures.jsonl"
"""File name of the erasure journal, in the folder of the keys and in a backup."""

Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]


def _with_host(url: str) -> str:
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        parts = None
    if parts is None or not parts.hostname:
        raise ValueError("una dirección como https://opina.dominio.cl")
    return url


def _without_query(url: str) -> str:
    """Refuse credentials, query and fragment: paths are appended to it, and it is published."""
    if "@" in urlsplit(url).netloc:
        raise ValueError("una dirección como https://opina.dominio.cl, sin usuario ni clave")
    if "?" in url or "#" in url:
        raise ValueError("una dirección como https://opina.dominio.cl, sin ? ni #")
    return url


def _without_folder(url: str) -> str:
    """Refuse a path: our pages link to each other and to their assets from the root."""
    if urlsplit(url).path.strip("/"):
        raise ValueError("una dirección como https://opina.dominio.cl, sin nada después del nombre")
    return url


def _without_spaces(secret: SecretStr) -> SecretStr:
    """Refuse spaces and line ends, easily copied along: it becomes a header or part of a URL."""
    if not re.fullmatch(r"[!-~]+", secret.get_secret_value()):
        raise ValueError("solo letras sin acento, cifras y signos, sin espacios")
    return secret


def _with_digits(value: str) -> str:
    if not any(map(str.isdecimal, value)):
        raise ValueError("un teléfono, con cifras")
    return value


Url = Annotated[str, Field(pattern=r"^https?://[^\s/]+(/\S*)?$"), AfterValidator(_with_host)]
BaseUrl = Annotated[Url, AfterValidator(_without_query)]
OwnUrl = Annotated[BaseUrl, AfterValidator(_without_folder)]
Token = Annotated[SecretStr, AfterValidator(_without_spaces)]
Email = Annotated[str, Field(pattern=f"^{EMAIL}$")]
Sender = Annotated[str, Field(pattern=SENDER)]
Short = Annotated[str, Field(max_length=200)]  # part of a message in the chat


class Section(BaseModel):
    """A table of config.toml; an unknown key in it is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    def has_any(self, *keys: str) -> bool:
        """Whether one of ``keys`` is set."""
        return any(getattr(self, key) is not None for key in keys)

    @model_validator(mode="before")
    @classmethod
    def _empty_is_not_set(cls, values: Any) -> Any:
        """Treat an empty string as not set: an emptied variable must not turn a channel on."""
        if not isinstance(values, dict):
            return values
        return {key: value for key, value in values.items() if value != ""}


class WebSettings(Section):
    """``[web]``: where the service listens and how it is reached."""

    host: str = "127.0.0.1"
    port: Annotated[StrictInt, Field(ge=0, le=65535)] = 8080
    public_url: OwnUrl | None = None
    trusted_proxies: str = "127.0.0.1, ::1"

    @field_validator("host")
    @classmethod
    def _address_or_name(cls, value: str) -> str:
        if not _is_address(value) and not _HOST_NAME.fullmatch(value):
            raise ValueError("127.0.0.1, 0.0.0.0 para todas, o el nombre de esta máquina, sin más")
        return value

    @field_validator("trusted_proxies")
    @classmethod
    def _addresses(cls, value: str) -> str:
        try:
            _networks(value)
        except ValueError:
            raise ValueError("direcciones o redes con comas, como 127.0.0.1, 10.0.0.0/8") from None
        return value

    @property
    def proxies(self) -> tuple[IPv4Network | IPv6Network, ...]:
        """Networks whose X-Forwarded-For header is believed."""
        return _networks(self.trusted_proxies)

    def address(self, port: int | None = None) -> str:
        """The service's URL without a final slash: ``public_url``, else on this machine.

        ``port``: the port it listens on, if ``[web] port`` is 0.
        """
        host = "127.0.0.1" if self.host in ("0.0.0.0", "::") else self.host
        host = f"[{host}]" if ":" in host else host
        return self.public_url or f"http://{host}:{port or self.port}"


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


def _networks(text: str) -> tuple[IPv4Network | IPv6Network, ...]:
    return tuple(ip_network(network.strip()) for network in text.split(","))


class DatabaseSettings(Section):
    """``[database]``: the database, its keys and the journal of erasures."""

    url: Annotated[str, Field(pattern=r"^(sqlite:///.+|postgresql://.+)$")] = (
        "sqlite:///var/opina.db"
    )
    keys: Path = Path("var/keys.toml")
    journal: Path | None = None

    @field_validator("url")
    @classmethod
    def _no_folder(cls, value: str) -> str:
        if value.startswith("sqlite:///") and Path(value.removeprefix("sqlite:///")).is_dir():
            raise ValueError("un archivo, como sqlite:///var/opina.db, y no una carpeta")
        return value

    @field_validator("keys", "journal")
    @classmethod
    def _file(cls, value: Path | None) -> Path | None:
        if value is not None and (value.name in ("", "..") or value.is_dir()):
            raise ValueError("un archivo, y no una carpeta")
        return value

    @model_validator(mode="after")
    def _check_files_differ(self) -> DatabaseSettings:
        """Refuse one path for two files: appending the journal would destroy the other one."""
        files = [self.keys, self.journal_file]
        if self.url.startswith("sqlite:///"):
            files.append(Path(self.url.removeprefix("sqlite:///")))
        if len(set(map(os.path.realpath, files))) < len(files):
            raise ValueError("un archivo distinto en cada una de url, keys y journal")
        return self

    @property
    def journal_file(self) -> Path:
        """The erasure journal, by default next to the keys."""
        return self.journal or self.keys.with_name(JOURNAL)


class TelegramSettings(Section):
    """``[telegram]``: off without a token."""

    token: Token | None = None
    mode: Literal["polling", "webhook"] = "polling"
    webhook_secret: SecretStr | None = None
    api_url: BaseUrl = "https://api.telegram.org"
    bot_name: Annotated[str, Field(pattern=r"^@?[A-Za-z0-9_]{3,32}$")] | None = None
    messages_per_second: Annotated[StrictNumber, Field(ge=0)] = 30  # 0: no limit of our own

    @field_validator("token")
    @classmethod
    def _of_a_bot(cls, value: SecretStr | None) -> SecretStr | None:
        if value and not re.fullmatch(r"\d+:\S+", value.get_secret_value()):
            raise ValueError("el que da BotFather: un número, dos puntos y la clave")
        return value

    @field_validator("webhook_secret")
    @classmethod
    def _allowed_characters(cls, value: SecretStr | None) -> SecretStr | None:
        if value and not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", value.get_secret_value()):
            raise ValueError("de 1 a 256 caracteres A-Z a-z 0-9 _ -")
        return value


class WhatsAppSettings(Section):
    """``[whatsapp]``: off without a token."""

    token: Token | None = None
    phone_number_id: Annotated[str, Field(pattern=r"^\d+$")] | None = None
    app_secret: Token | None = None
    verify_token: Token | None = None
    api_url: BaseUrl = "https://graph.facebook.com"
    api_version: Annotated[str, Field(pattern=r"^v\d+\.\d+$")] = "v23.0"
    display_number: Annotated[str, Field(pattern=r"^\d{6,15}$")] | None = None
    template: Annotated[str, Field(pattern=r"^[a-z0-9_]{1,512}$")] | None = None
    template_language: Annotated[str, Field(pattern=r"^[a-z]{2,3}(_[A-Z]{2,3})?$")] = "es"
    messages_per_second: Annotated[StrictNumber, Field(ge=0)] = 80


def _hours_and_minutes(value: object) -> object:
    # pydantic reads a bare number as seconds after midnight.
    if isinstance(value, ClockTime):
        value = value.isoformat()
    if not isinstance(value, str) or not re.fullmatch(r"\d{1,2}:\d{2}(:00)?", value):
        raise ValueError('hora y minutos, como "08:00"')
    return value.removesuffix(":00").zfill(5) if value.count(":") == 2 else value.zfill(5)


TimeOfDay = Annotated[ClockTime, BeforeValidator(_hours_and_minutes)]


class DigestSettings(Section):
    """``[digest]``: when the weekly digest is sent, in local time."""

    weekday: Weekday = "monday"
    time: TimeOfDay = ClockTime(8, 0)


class CaseSettings(Section):
    """``[cases]``: terms of cases and requests, opening hours, attachments, waits in a handover.

    Days are working days, except those of ``reopen`` and ``audio``.
    """

    answer_days: Annotated[StrictInt, Field(ge=1, le=250)] = 20
    longest_days: Annotated[StrictInt, Field(ge=1, le=250)] = 30
    forward_hours: Annotated[StrictInt, Field(ge=1, le=720)] = 24
    first_warning_days: Annotated[StrictInt, Field(ge=1, le=250)] = 10
    second_warning_days: Annotated[StrictInt, Field(ge=1, le=250)] = 3
    reopen_days: Annotated[StrictInt, Field(ge=1, le=365)] = 30
    records_days: Annotated[StrictInt, Field(ge=1, le=250)] = 20
    records_extension_days: Annotated[StrictInt, Field(ge=0, le=250)] = 10
    file_megabytes: Annotated[StrictInt, Field(ge=1, le=12)] = 10
    audio_days: Annotated[StrictInt, Field(ge=1, le=30)] = 7
    opens: TimeOfDay = ClockTime(8, 30)
    closes: TimeOfDay = ClockTime(17, 30)
    person_minutes: Annotated[StrictInt, Field(ge=1, le=480)] = 15
    silent_minutes: Annotated[StrictInt, Field(ge=1, le=480)] = 10
    idle_minutes: Annotated[StrictInt, Field(ge=1, le=1440)] = 60

    @model_validator(mode="after")
    def _in_order(self) -> CaseSettings:
        if self.longest_days < self.answer_days:
            raise ValueError("longest_days igual o mayor que answer_days")
        if self.second_warning_days >= self.first_warning_days:
            raise ValueError("second_warning_days menor que first_warning_days")
        if self.closes <= self.opens:
            raise ValueError("closes después de opens")
        return self


class MeasureSettings(Section):
    """``[measures]``: terms of corrective measures."""

    decide_days: Annotated[StrictInt, Field(ge=1, le=250)] = 10
    warning_days: Annotated[StrictInt, Field(ge=1, le=250)] = 3

    @model_validator(mode="after")
    def _in_order(self) -> MeasureSettings:
        if self.warning_days >= self.decide_days:
            raise ValueError("warning_days menor que decide_days")
        return self


class MailSettings(Section):
    """``[mail]``: off without a host."""

    host: str | None = None
    port: Annotated[StrictInt, Field(ge=1, le=65535)] = 587
    sender: Sender | None = Field(default=None, alias="from")
    username: str | None = None
    password: SecretStr | None = None
    security: Literal["starttls", "tls", "none"] = "starttls"

    @field_validator("host")
    @classmethod
    def _address_or_name(cls, value: str | None) -> str | None:
        if value and not _is_address(value) and not _HOST_NAME.fullmatch(value):
            raise ValueError("el nombre de un servidor, como smtp.dominio.cl, sin más")
        return value


class PanelSettings(Section):
    """``[panel]``: how long sign-ins to the panel last."""

    idle_minutes: Annotated[StrictInt, Field(ge=5, le=24 * 60)] = 60
    session_hours: Annotated[StrictInt, Field(ge=1, le=7 * 24)] = 12


ZONES = ("America/Santiago", "America/Punta_Arenas", "America/Coyhaique", "Pacific/Easter")  # Chile


class MunicipalitySettings(Section):
    """``[municipality]``: its content folder, its time zone and how it is reached."""

    content: Path | None = None
    timezone: str = "America/Santiago"
    phone: Annotated[Short, AfterValidator(_with_digits)] | None = None
    email: Email | None = None
    hours: Short | None = None
    place: Short | None = None
    duty_email: Email | None = None

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        # Names without a place, such as "localtime", mean another zone on another machine.
        if value not in available_timezones() or ("/" not in value and value != "UTC"):
            raise ValueError(f"una zona horaria: {' o '.join(ZONES)}")
        return value

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)


Days = Annotated[StrictInt, Field(ge=1, le=36_500)]
TermHours = Annotated[StrictInt, Field(ge=1, le=720)]


class PrivacySettings(Section):
    """``[privacy]``: what Ley 19.628, article 14 ter, requires to be public, and its periods."""

    representative: str | None = None
    officer: str | None = None
    address: str | None = None
    email: Email | None = None
    security_policy: Url | None = None
    server_country: str | None = None
    transfer_safeguards: str | None = None
    approved_on: Day | None = None
    version: str | None = None
    answer_days: Days = 30
    extension_days: Days = 30
    block_working_days: Days = 2
    breach_report_hours: TermHours = 72
    agency_working_days: Days = 30
    comments_days: Days = 365
    failed_messages_days: Days = 7
    closed_cases_days: Days = 730
    idle_contacts_days: Days = 730


class Settings(Section):
    """Everything an operator can set; see config.example.toml."""

    web: WebSettings = WebSettings()
    database: DatabaseSettings = DatabaseSettings()
    telegram: TelegramSettings = TelegramSettings()
    whatsapp: WhatsAppSettings = WhatsAppSettings()
    digest: DigestSettings = DigestSettings()
    cases: CaseSettings = CaseSettings()
    measures: MeasureSettings = MeasureSettings()
    mail: MailSettings = MailSettings()
    panel: PanelSettings = PanelSettings()
    municipality: MunicipalitySettings = MunicipalitySettings()
    privacy: PrivacySettings = PrivacySettings()
