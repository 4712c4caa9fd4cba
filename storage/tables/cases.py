"""Cases, what staff wrote and did about them, and what they answer with."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Table, Text, text

from storage.tables.columns import OPEN, binary, given_id, integer, metadata, serial_id, string

IN_CHAT = "handover_id > 0"
"""Files that were sent to a person in the chat."""

cases = Table(
    "cases",
    metadata,
    string("number", key=True),
    string("kind"),
    string("area"),
    Column("contact_id", BigInteger, nullable=True),
    string("channel"),
    string("status"),  # open, answered, closed
    integer("opened_at"),
    integer("changed_at"),
    binary("text", nullable=True),  # encrypted; null: erased
    # The area is the responsible unit; a case that is forwarded changes it.
    string("filed_area", default=""),
    integer("area_since", default=0),
    integer("due_from", default=0),  # the term counts from here: when it was opened, or again
    integer("due_at", default=0),  # 0: no term
    string("rule", default=""),  # handlers.cases.deadlines.Rule, which gives due_at from due_from
    integer("extended_at", default=0),
    binary("extended_why", nullable=True),  # encrypted
    integer("read_at", default=0),  # by staff
    integer("answered_at", default=0),
    integer("urgent", default=0),
    string("judged", default=""),  # the answer, by the citizen: yes, partly, no
    integer("incident_id", default=0),  # 0: it stands alone
    # The contact, of this citizen alone, that answers go to as well; null: no mail was given.
    Column("mail_contact_id", BigInteger, nullable=True),
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

# Who was told that a case waits: proof that each warning was sent.
case_warnings = Table(
    "case_warnings",
    metadata,
    Column("number", Text, ForeignKey("cases.number"), primary_key=True),
    integer("due_at", key=True),  # of that time
    string("step", key=True),
    integer("staff_id", key=True),
    integer("at"),
)

case_notes = Table(
    "case_notes",
    metadata,
    serial_id(),
    Column("number", Text, ForeignKey("cases.number"), nullable=False),
    # citizen, staff, internal (the citizen never sees it), what staff did (read, forwarded,
    # taken-back, extended, closed, reopened, formal), or how the citizen judged an answer:
    # judged-yes, judged-partly, judged-no
    string("author"),
    integer("staff_id"),  # 0: the citizen, or the command line
    binary("text", nullable=True),
    integer("at"),
    string("area", default=""),  # that it was forwarded or taken back to
    Index(None, "number"),
)

# Photos, PDFs and audios of a case, or sent to a person in the chat. Those that are due are still
# to be fetched or made harmless.
attachments = Table(
    "attachments",
    metadata,
    given_id("id"),  # storage.engine.ids
    integer("contact_id"),
    string("number"),  # the case; "" while there is none
    string("kind"),  # handlers.messages.MediaKind
    string("state"),  # due, kept, refused
    binary("source"),  # what its platform calls it, encrypted; emptied once it is fetched
    string("media_type"),
    integer("size"),  # bytes as they are kept
    string("code"),  # why it was refused
    integer("attempts"),
    integer("due_at"),  # when it is tried, or tried again; 0: it is done
    integer("at"),
    integer("expires_at"),  # 0: it stays as long as its note
    binary("content", nullable=True),  # encrypted; while due as it came
    integer("handover_id", default=0),  # the conversation with a person; 0: none
    # Of staff, in case_notes or handover_messages, that it came with; 0: the citizen sent it.
    integer("answer_id", default=0),
    Index(None, "contact_id"),
    Index(None, "number"),
    Index(
        "ix_attachments_handover_id",
        "handover_id",
        sqlite_where=text(IN_CHAT),
        postgresql_where=text(IN_CHAT),
    ),
    Index("ix_attachments_due", "due_at", sqlite_where=text(OPEN), postgresql_where=text(OPEN)),
)

# What many cases are about, so that they can be answered together.
incidents = Table(
    "incidents",
    metadata,
    serial_id(),
    string("title"),  # staff's words, never a citizen's
    integer("staff_id"),
    integer("opened_at"),
)

# Texts to begin an answer with; administration keeps them.
reply_templates = Table(
    "reply_templates",
    metadata,
    serial_id(),
    string("area"),  # empty: for all
    string("title"),
    string("text"),
    integer("version"),
    integer("staff_id"),  # who changed it last
    integer("changed_at"),
)

# What was entered at a desk, by the hash of its form and of its paper's number: never twice.
desk_entries = Table(
    "desk_entries",
    metadata,
    binary("key", key=True),
    string("number"),  # of the case; of a rating the id of its response, or empty
    integer("staff_id"),
    integer("at"),
)
