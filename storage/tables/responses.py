"""What citizens answered and looked up, and the sums of it."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Table, text

from storage.tables.columns import (
    binary,
    given_id,
    integer,
    metadata,
    serial_id,
    shuffle_key,
    string,
)

NOTHING_FOUND = "found = 'nothing'"
"""Lookups that found nothing; the query repeats it word for word to use the partial index."""

responses = Table(
    "responses",
    metadata,
    given_id("id"),
    Column("contact_id", BigInteger, nullable=True),  # null: the contact was erased
    string("questionnaire"),
    integer("version"),
    string("area"),
    string("service"),
    string("desk"),
    string("channel"),
    string("origin"),
    integer("pending"),  # 1: the procedure has not ended; 2: set apart as part of a burst
    integer("started_at"),
    integer("finished_at"),
    string("outcome"),
    integer("week"),  # of its start
    Index(None, "contact_id"),
)

# For the week of the answer only: what is set apart is found by it.
answer_networks = Table(
    "answer_networks",
    metadata,
    given_id("response_id"),
    integer("week"),  # in which the response counts
    string("area"),
    binary("network"),  # hash with the week's key
)

answers = Table(
    "answers",
    metadata,
    integer("response_id", key=True),
    string("question", key=True),
    string("questionnaire"),
    string("kind"),
    string("value"),  # empty for words
    binary("words", nullable=True),  # encrypted; null: none, or erased
    integer("grade"),
    integer("pending"),
    string("area"),
    string("service"),
    string("desk"),
    string("channel"),
    integer("answered_at"),  # when it was given last
    integer("week"),  # of its response's first answer: a correction moves that week's sum
    integer("first_answered_at", default=0),
    Index(None, "answered_at"),
    Index(
        "ix_answers_words",  # all that is needed to choose the words that a digest reads
        "week",
        "questionnaire",
        "pending",
        "area",
        text(shuffle_key("response_id")),
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
    integer("week", key=True),
    string("questionnaire", key=True),
    string("question", key=True),
    string("area", key=True),
    string("channel", key=True),
    integer("pending", key=True),
    string("service", key=True),
    string("desk", key=True),
    integer("shard", key=True),  # one a writing process, so that they do not queue on the same rows
    integer("n"),
    *(integer(f"c{grade}") for grade in range(1, 8)),
    sqlite_with_rowid=False,
)

weekly_counts = Table(
    "weekly_counts",
    metadata,
    integer("week", key=True),
    string("questionnaire", key=True),
    string("question", key=True),  # ":response" and ":lookup" count those by their outcome
    string("area", key=True),
    string("value", key=True),
    integer("pending", key=True),
    string("channel", key=True),
    string("service", key=True),
    string("desk", key=True),
    integer("shard", key=True),
    integer("n"),
    sqlite_with_rowid=False,
)

lookups = Table(
    "lookups",
    metadata,
    serial_id(),
    integer("at"),
    integer("week"),
    string("channel"),
    string("query"),  # masked; no contact, on purpose
    string("found"),
    string("card"),
    string("area"),
    Index(None, "at"),
    Index(
        "ix_lookups_in_vain",
        "week",
        "query",
        sqlite_where=text(NOTHING_FOUND),
        postgresql_where=text(NOTHING_FOUND),
    ),
)

questionnaire_versions = Table(
    "questionnaire_versions",
    metadata,
    string("id", key=True),
    integer("version", key=True),
    string("definition"),  # JSON
)
