"""The schema: every table, index and constraint; the migrations build exactly this.

Columns hold int, str and bytes only. Times are microseconds since 1970 in UTC (0: never), weeks
are numbers such as 202647 in the municipality's time zone, flags are 0 or 1. Foreign keys are left
out where rows are written with every message: there the transaction that writes them is the guard.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    text,
)

OPEN = "due_at > 0"
"""Outbox rows that are not finished; queries repeat it word for word to use the partial index.

SQLite evaluates it with every row it writes: a list of states made that three times as slow."""

WAITING = "state <> 'sending' AND " + OPEN
"""Open outbox rows that nobody has taken."""

IN_VAIN = "found = 'nothing'"
"""Lookups that found nothing; the query repeats it word for word to use the partial index."""

# What SQLite keeps a row under, and fills by itself. With any other type it would keep the whole
# key in an index beside the table; elsewhere its integers have 64 bits too.
RowNumber = BigInteger().with_variant(Integer(), "sqlite")

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _int(name: str, *, key: bool = False, default: int | None = None) -> Column[int]:
    server_default = None if default is None else str(default)
    return Column(
        name,
        BigInteger,
        primary_key=key,
        autoincrement=False,
        nullable=False,
        server_default=server_default,
    )


def _number(name: str) -> Column[int]:
    """A whole key that we give."""
    return Column(name, RowNumber, primary_key=True, autoincrement=False, nullable=False)


def _serial() -> Column[int]:
    """A whole key that counts up."""
    return Column("id", RowNumber, primary_key=True, autoincrement=True)


def _str(name: str, *, key: bool = False, default: str | None = None) -> Column[str]:
    return Column(name, Text, primary_key=key, nullable=False, server_default=default)


def _bytes(name: str, *, key: bool = False, nullable: bool = False) -> Column[bytes]:
    return Column(name, LargeBinary, primary_key=key, nullable=nullable)


# --- contacts: one citizen, or staff member, on one channel -----------------------------------

contacts = Table(
    "contacts",
    metadata,
    _number("id"),  # storage.ids
    _str("channel"),
    _str("account"),
    _int("created_at"),
    _int("departed_at", default=0),
    _int("erased_at", default=0),  # what is left goes once the last message is out
)

contact_aliases = Table(
    "contact_aliases",
    metadata,
    _bytes("alias", key=True),  # HMAC of channel, account and address
    _int("contact_id"),
    _int("key_version"),
    Index(None, "contact_id"),
    sqlite_with_rowid=False,
)

contact_addresses = Table(
    "contact_addresses",
    metadata,
    _number("contact_id"),
    _bytes("address"),  # encrypted
)

conversations = Table(
    "conversations",
    metadata,
    _number("contact_id"),
    _bytes("state"),  # handlers.state.Conversation, encrypted if it holds words; empty: a new one
    _int("last_incoming_at"),
    _int("updated_at"),
    postgresql_with={"fillfactor": 70},  # rewritten with every message: room to stay on its page
)

# This table and the outbox have no index of times: whoever forgets what is old reads them through.
seen_events = Table(
    "seen_events",
    metadata,
    _bytes("event_hash", key=True),
    _int("seen_at"),
    sqlite_with_rowid=False,
)

# --- what citizens answered -------------------------------------------------------------------

responses = Table(
    "responses",
    metadata,
    _number("id"),
    Column("contact_id", BigInteger, nullable=True),  # null: the contact was erased
    _str("questionnaire"),
    _int("version"),
    _str("area"),
    _str("service"),
    _str("desk"),
    _str("channel"),
    _str("origin"),
    _int("pending"),  # 1: the procedure has not ended; 2: set apart as part of a burst
    _int("started_at"),
    _int("finished_at"),
    _str("outcome"),
    _int("week"),  # of its start
    Index(None, "contact_id"),
)

# For the week of the answer only: what is set apart is found by it.
answer_networks = Table(
    "answer_networks",
    metadata,
    _number("response_id"),
    _int("week"),  # in which the response counts
    _str("area"),
    _bytes("network"),  # hash with the week's key
)

answers = Table(
    "answers",
    metadata,
    _int("response_id", key=True),
    _str("question", key=True),
    _str("questionnaire"),
    _str("kind"),
    _str("value"),  # empty for words
    _bytes("words", nullable=True),  # encrypted; null: none, or erased
    _int("grade"),
    _int("pending"),
    _str("area"),
    _str("service"),
    _str("desk"),
    _str("channel"),
    _int("answered_at"),  # when it was given last
    _int("week"),  # of its response's first answer: a correction moves that week's sum
    _int("first_answered_at", default=0),
    Index(None, "answered_at"),
    Index(
        "ix_answers_words",  # all that is needed to choose the words that a digest reads
        "week",
        "questionnaire",
        "pending",
        "area",
        "response_id",
        "question",
        sqlite_where=text("words IS NOT NULL"),
        postgresql_where=text("words IS NOT NULL"),
    ),
)

# Both keys have what a digest groups by before what it does not ask for.
weekly_sums = Table(
    "weekly_sums",
    metadata,
    _int("week", key=True),
    _str("questionnaire", key=True),
    _str("question", key=True),
    _str("area", key=True),
    _str("channel", key=True),
    _int("pending", key=True),
    _str("service", key=True),
    _str("desk", key=True),
    _int("shard", key=True),  # one a writing process, so that they do not queue on the same rows
    _int("n"),
    *(_int(f"c{grade}") for grade in range(1, 8)),
    sqlite_with_rowid=False,
)

weekly_counts = Table(
    "weekly_counts",
    metadata,
    _int("week", key=True),
    _str("questionnaire", key=True),
    _str("question", key=True),  # ":response" and ":lookup" count those by their outcome
    _str("area", key=True),
    _str("value", key=True),
    _int("pending", key=True),
    _str("channel", key=True),
    _str("service", key=True),
    _str("desk", key=True),
    _int("shard", key=True),
    _int("n"),
    sqlite_with_rowid=False,
)

lookups = Table(
    "lookups",
    metadata,
    _serial(),
    _int("at"),
    _int("week"),
    _str("channel"),
    _str("query"),  # masked; no contact, on purpose
    _str("found"),
    _str("card"),
    _str("area"),
    Index(None, "at"),
    Index(
        "ix_lookups_in_vain",
        "week",
        "query",
        sqlite_where=text(IN_VAIN),
        postgresql_where=text(IN_VAIN),
    ),
)

questionnaire_versions = Table(
    "questionnaire_versions",
    metadata,
    _str("id", key=True),
    _int("version", key=True),
    _str("definition"),  # JSON
)

# --- cases and staff --------------------------------------------------------------------------

cases = Table(
    "cases",
    metadata,
    _str("number", key=True),
    _str("kind"),
    _str("area"),
    Column("contact_id", BigInteger, nullable=True),
    _str("channel"),
    _str("status"),  # open, answered, closed
    _int("opened_at"),
    _int("changed_at"),
    _bytes("text", nullable=True),  # encrypted; null: erased
    # The area is the responsible unit; a case that is forwarded changes it.
    _str("filed_area", default=""),
    _int("area_since", default=0),
    _int("due_from", default=0),  # the term counts from here: when it was opened, or again
    _int("due_at", default=0),  # 0: no term
    _str("rule", default=""),  # handlers.cases.deadlines.Rule, which gives due_at from due_from
    _int("extended_at", default=0),
    _bytes("extended_why", nullable=True),  # encrypted
    _int("read_at", default=0),  # by staff
    _int("answered_at", default=0),
    _int("urgent", default=0),
    _str("judged", default=""),  # the answer, by the citizen: yes, partly, no
    _int("incident_id", default=0),  # 0: it stands alone
    Index(None, "contact_id"),
    Index(None, "incident_id"),
    Index(None, "changed_at"),
    Index(
        "ix_cases_with_words",  # all that is needed to choose the cases that a search looks through
        "changed_at",
        "area",
        "status",
        "number",
        sqlite_where=text("text IS NOT NULL"),
        postgresql_where=text("text IS NOT NULL"),
    ),
    Index(None, "status", "opened_at"),
    Index(None, "status", "due_at"),
)

# Who was told that a case waits: the proof that nobody was forgotten.
case_warnings = Table(
    "case_warnings",
    metadata,
    Column("number", Text, ForeignKey("cases.number"), primary_key=True),
    _int("due_at", key=True),  # of that time
    _str("step", key=True),
    _int("staff_id", key=True),
    _int("at"),
)

case_notes = Table(
    "case_notes",
    metadata,
    _serial(),
    Column("number", Text, ForeignKey("cases.number"), nullable=False),
    # citizen, staff, internal (the citizen never sees it), or what staff did: read, forwarded,
    # extended, closed, reopened, formal
    _str("author"),
    _int("staff_id"),  # 0: the citizen, or the command line
    _bytes("text", nullable=True),
    _int("at"),
    _str("area", default=""),  # that it was forwarded to
    Index(None, "number"),
)

# Photos, PDFs and audios of a case. Those that are due are still to be fetched or made harmless.
attachments = Table(
    "attachments",
    metadata,
    _number("id"),  # storage.ids
    _int("contact_id"),
    _str("number"),  # the case; "" while there is none
    _str("kind"),  # handlers.messages.MediaKind
    _str("state"),  # due, kept, refused
    _bytes("source"),  # what its platform calls it, encrypted; emptied once it is fetched
    _str("media_type"),
    _int("size"),  # bytes as they are kept
    _str("code"),  # why it was refused
    _int("attempts"),
    _int("due_at"),  # when it is tried, or tried again; 0: it is done
    _int("at"),
    _int("expires_at"),  # 0: it stays as long as the words of its case
    _bytes("content", nullable=True),  # encrypted; while due as it came
    Index(None, "contact_id"),
    Index(None, "number"),
    Index("ix_attachments_due", "due_at", sqlite_where=text(OPEN), postgresql_where=text(OPEN)),
)

# What many cases are about, so that they can be answered together.
incidents = Table(
    "incidents",
    metadata,
    _serial(),
    _str("title"),  # staff's words, never a citizen's
    _int("staff_id"),
    _int("opened_at"),
)

# Texts to begin an answer with; administration keeps them.
reply_templates = Table(
    "reply_templates",
    metadata,
    _serial(),
    _str("area"),  # empty: for all
    _str("title"),
    _str("text"),
    _int("version"),
    _int("staff_id"),  # who changed it last
    _int("changed_at"),
)

# What staff found wrong in the content.
card_reports = Table(
    "card_reports",
    metadata,
    _serial(),
    _str("card"),
    _str("area"),  # of the card
    _bytes("words"),  # encrypted
    _int("staff_id"),
    _int("at"),
    _int("settled_at", default=0),
    _int("settled_by", default=0),
    _str("outcome", default=""),  # mended, right
    Index(None, "settled_at"),
)

# What was entered at a desk, by the hash of its form and of its paper's number: never twice.
desk_entries = Table(
    "desk_entries",
    metadata,
    _bytes("key", key=True),
    _str("number"),  # of the case; empty: a rating
    _int("staff_id"),
    _int("at"),
)

counters = Table("counters", metadata, _str("name", key=True), _int("value"))

staff = Table(
    "staff",
    metadata,
    _serial(),
    _str("name"),
    _str("email"),
    _str("area"),  # empty: the whole municipality
    _int("duty"),  # 1: told of cases that nobody else takes
    _int("created_at"),
    # How they want to be told: 1 is yes.
    _int("by_chat", default=1),
    _int("by_mail", default=1),
    _int("weekly", default=1),
    UniqueConstraint("email"),
)

staff_contacts = Table(
    "staff_contacts",
    metadata,
    _number("contact_id"),
    Column("staff_id", BigInteger, ForeignKey("staff.id"), nullable=False),
    Index(None, "staff_id"),
)

staff_codes = Table(
    "staff_codes",
    metadata,
    _bytes("code_hash", key=True),
    Column("staff_id", BigInteger, ForeignKey("staff.id"), nullable=False),
    _int("expires_at"),
    _int("used_at"),
)

# Who answers in the chat and is told of what is urgent, and when.
duty_shifts = Table(
    "duty_shifts",
    metadata,
    _serial(),
    Column("staff_id", BigInteger, ForeignKey("staff.id"), nullable=False),
    _str("area"),  # empty: the whole municipality
    _str("first_day"),  # such as 2026-11-30
    _str("last_day"),  # empty: until it is removed
    _str("weekdays"),  # digits, 1 is Monday
    _int("begins"),  # minutes after midnight
    _int("ends"),  # not after ``begins``: on the next day
    _str("zone"),  # that the times are of
    Index(None, "staff_id"),
)

absences = Table(
    "absences",
    metadata,
    _serial(),
    Column("staff_id", BigInteger, ForeignKey("staff.id"), nullable=False),
    _int("substitute_id"),  # 0: nobody
    _int("begins_at"),
    _int("ends_at"),
    Index(None, "staff_id"),
    Index(None, "ends_at"),
)

# --- a person answers in the chat ---------------------------------------------------------------

handovers = Table(
    "handovers",
    metadata,
    _number("id"),
    Column("contact_id", BigInteger, nullable=True),  # null: the contact was erased
    _str("channel"),
    _str("area"),
    _str("status"),  # handlers.state.HandoverStatus
    _int("opened_at"),
    _int("waiting_since"),  # the oldest words of the citizen without an answer; 0: there are none
    _int("queued_at"),  # nobody has it since; 0: somebody has
    _int("staff_id"),  # who has it, or had it last; 0: nobody yet
    _int("taken_at"),
    _int("changed_at"),
    _int("ended_at"),
    _str("ended_by"),  # citizen, staff, unanswered, idle, erased
    _str("case_number"),  # that became of it
    _int("urgent"),
    Index(None, "contact_id"),
    Index(None, "status", "waiting_since"),
)

handover_messages = Table(
    "handover_messages",
    metadata,
    _serial(),
    Column("handover_id", BigInteger, ForeignKey("handovers.id"), nullable=False),
    _int("staff_id"),  # 0: the citizen
    _bytes("text", nullable=True),  # encrypted; null: erased
    _int("at"),
    Index(None, "handover_id"),
)

# What stands above every reply while it is pinned: the last one that has not ended.
pinned_notices = Table(
    "pinned_notices",
    metadata,
    _serial(),
    _str("text"),
    _int("stops_surveys"),
    _int("begun_at"),
    _int("ended_at"),  # 0: it is pinned
)

# --- the staff's panel ------------------------------------------------------------------------

staff_roles = Table(
    "staff_roles",
    metadata,
    Column("staff_id", BigInteger, ForeignKey("staff.id"), primary_key=True, autoincrement=False),
    _str("role", key=True),  # handlers.staff.permissions.Role
    _str("area", key=True),  # empty: the whole municipality
    _int("given_at"),
)

sign_in_tokens = Table(
    "sign_in_tokens",
    metadata,
    _bytes("token_hash", key=True),
    _bytes("code_hash"),  # empty: it has no code
    _bytes("browser_hash"),  # in which the code may be typed
    Column("staff_id", BigInteger, ForeignKey("staff.id"), nullable=False),
    _int("expires_at"),
    _int("used_at"),
    _int("misses"),  # codes typed wrong
)

sign_in_attempts = Table(
    "sign_in_attempts",
    metadata,
    _serial(),
    _bytes("origin"),  # HMAC of a network or mail address
    _int("at"),
    Index(None, "origin", "at"),
)

staff_sessions = Table(
    "staff_sessions",
    metadata,
    _serial(),
    _bytes("token_hash"),
    Column("staff_id", BigInteger, ForeignKey("staff.id"), nullable=False),
    _str("device"),
    _int("created_at"),
    _int("seen_at"),
    UniqueConstraint("token_hash"),
    Index(None, "staff_id"),
)

# Triggers refuse to change or delete an entry: migration 0010.
audit_entries = Table(
    "audit_entries",
    metadata,
    _number("id"),  # counted without gaps
    _int("at"),
    _int("staff_id"),  # 0: the command line
    _str("action"),
    _str("subject"),  # ids only: never a citizen's words, name or address
    _str("detail"),
    _bytes("hash"),  # of this entry and the hash before it
)

# Every key that something here was hashed or encrypted with: a keys file must hold them all.
keys_used = Table(
    "keys_used",
    metadata,
    _bytes("fingerprint", key=True),  # HMAC of the key's two secrets
    _int("version"),
    sqlite_with_rowid=False,
)

# --- what is still to be done -----------------------------------------------------------------

inbox = Table(
    "inbox",
    metadata,
    _serial(),
    _int("contact_id"),
    _str("event_id"),
    _bytes("body"),  # handlers.messages.Body as msgpack, encrypted
    _int("created_at"),
    _int("due_at", default=0),  # not before
    UniqueConstraint("event_id"),
    Index(None, "contact_id", "id"),
)

outbox = Table(
    "outbox",
    metadata,
    _int("contact_id", key=True),
    _int("seq", key=True),  # the reply's number
    _str("channel"),
    _bytes(
        "payload"
    ),  # handlers.messages.Reply, encrypted if private; emptied once sent, web in 24 h
    _str("about"),  # case number
    _int("closes"),
    _str("state"),
    _int("attempts"),
    _int("repeated"),  # 1: sent again after an unknown outcome
    _int("due_at"),  # 0: finished
    _str("owner"),
    _int("owner_epoch"),
    _int("claimed_at"),
    _int("sent_at"),
    _str("sent_ref"),
    _str("code"),
    _int("created_at"),
    # By time, so that it grows at one end and shrinks at the other.
    Index("ix_outbox_open", "due_at", sqlite_where=text(OPEN), postgresql_where=text(OPEN)),
    Index(
        "ix_outbox_reported",
        "sent_ref",
        sqlite_where=text("channel = 'whatsapp' AND sent_ref <> ''"),
        postgresql_where=text("channel = 'whatsapp' AND sent_ref <> ''"),
    ),
    postgresql_with={"fillfactor": 80},
)

pauses = Table("pauses", metadata, _str("channel", key=True), _int("until"))

digest_claims = Table(
    "digest_claims",
    metadata,
    _int("week", key=True),
    _int("contact_id", key=True),
    _int("claimed_at"),
)

published_digests = Table(
    "published_digests",
    metadata,
    _int("week", key=True),
    _str("area", key=True),
    _int("made_at"),
    _bytes("figures"),
)

published_blocks = Table(
    "published_blocks",
    metadata,
    _str("area", key=True),
    _int("last_week", key=True),  # the week of the digest it was published with
    _int("first_week"),
    _int("satisfied"),  # grades 6 and 7
    _int("n"),
)

control_runs = Table(
    "control_runs",
    metadata,
    _number("week"),
    _int("made_at"),
    _bytes("record"),
)

# Triggers refuse to change or delete a step: migration 0015.
measure_steps = Table(
    "measure_steps",
    metadata,
    _str("number", key=True),
    _int("place", key=True),  # 1, 2, …
    _str("kind"),
    _int("at"),
    _int("staff_id"),  # 0: the service, or the command line
    _bytes("event"),  # handlers.measures.steps.Event as JSON, encrypted
)

# Who was told that a measure waits: the proof that nobody was forgotten.
measure_warnings = Table(
    "measure_warnings",
    metadata,
    _str("number", key=True),
    _int("due_at", key=True),  # of that time
    _str("step", key=True),
    _int("staff_id", key=True),
    _int("at"),
)

# Staff who understood the policy, by area; apart from it who was counted, as a keyed hash.
policy_readings = Table(
    "policy_readings",
    metadata,
    _str("edition", key=True),
    _str("area", key=True),
    _int("n"),
)
policy_readers = Table(
    "policy_readers",
    metadata,
    _str("edition", key=True),
    _bytes("reader", key=True),
)

# Triggers refuse to change or delete what people set and wrote here: migration 0021.
baselines_set = Table(
    "baselines_set",
    metadata,
    _str("area", key=True),
    _int("decided_week", key=True),  # the last week published then
    _int("first_week"),  # its measurements begin here
    _int("decided_at"),
    _int("staff_id"),
    _str("reason"),
)

figure_notes = Table(
    "figure_notes",
    metadata,
    _serial(),
    _str("area"),
    _int("week"),  # of the figure that it stands beside
    _int("written_at"),
    _int("staff_id"),
    _str("text"),
    Index(None, "area", "week"),
)

leases = Table(
    "leases",
    metadata,
    _str("name", key=True),
    _str("owner"),
    _int("epoch"),
    _int("expires_at"),
)

quarantine = Table(
    "quarantine",
    metadata,
    _serial(),
    _bytes("event_hash"),
    _str("channel"),
    _int("contact_id"),  # 0: the event could not even be read
    _bytes("body"),  # encrypted
    _str("code"),
    _int("at"),
    Index(None, "at"),
)

erasures_pending = Table(
    "erasures_pending",
    metadata,
    _number("contact_id"),
    _int("erased_at"),
)

# --- what citizens ask about their own data ----------------------------------------------------

privacy_requests = Table(
    "privacy_requests",
    metadata,
    _str("number", key=True),
    _str("kind"),  # handlers.facts.Right
    Column("contact_id", BigInteger, nullable=True),  # null: erased since
    _str("channel"),
    _str("status"),  # open, granted, refused, lifted
    _int("asked_at"),
    _int("due_at"),
    _int("extended_at", default=0),  # once; 0: never
    _int("decided_at", default=0),
    _bytes("text", nullable=True),  # encrypted; null: none, or erased
    _bytes("answer", nullable=True),  # what was decided and why, encrypted
    Index(None, "contact_id"),
    Index(None, "status", "due_at"),
)

consents = Table(
    "consents",
    metadata,
    _serial(),
    _int("contact_id"),
    _str("purpose"),
    _str("version"),  # of the text that was agreed to: its hash
    _str("channel"),
    _int("given_at"),
    _int("withdrawn_at", default=0),
    Index(None, "contact_id"),
)
