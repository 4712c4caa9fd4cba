"""What is published every week, what staff do about it, and what they know of the policy."""

from __future__ import annotations

from sqlalchemy import Index, Table

from storage.tables.columns import binary, given_id, integer, metadata, serial_id, string

digest_claims = Table(
    "digest_claims",
    metadata,
    integer("week", key=True),
    integer("contact_id", key=True),
    integer("claimed_at"),
)

published_digests = Table(
    "published_digests",
    metadata,
    integer("week", key=True),
    string("area", key=True),
    integer("made_at"),
    binary("figures"),
)

published_blocks = Table(
    "published_blocks",
    metadata,
    string("area", key=True),
    integer("last_week", key=True),  # the week of the digest it was published with
    integer("first_week"),
    integer("satisfied"),  # grades 6 and 7
    integer("n"),
)

# Like the blocks: other indicators' counts, hidden ones too. Triggers refuse to change or delete
# one: migration 0030.
published_counts = Table(
    "published_counts",
    metadata,
    string("area", key=True),  # empty: of the municipality
    string("measured", key=True),  # handlers.indicators.counts.Series
    string("scope", key=True),
    string("part", key=True),
    integer("last_week", key=True),
    integer("first_week"),
    integer("x"),
    integer("n"),
    integer("is_shown"),  # 1: the digest has its share
)

control_runs = Table(
    "control_runs",
    metadata,
    given_id("week"),
    integer("made_at"),
    binary("record"),
)

# Triggers refuse to change or delete what people set and wrote here: migrations 0021, 0031.
baselines_set = Table(
    "baselines_set",
    metadata,
    string("area", key=True),  # empty: of the municipality
    string("measured", key=True),
    string("scope", key=True),
    string("part", key=True),
    integer("decided_week", key=True),  # the last week published then
    integer("first_week"),  # its measurements begin here
    integer("decided_at"),
    integer("staff_id"),
    string("reason"),
)

indicator_versions = Table(  # published in the panel, in addition to those of the content
    "indicator_versions",
    metadata,
    string("id", key=True),
    integer("version", key=True),
    string("definition"),  # JSON
    integer("published_at"),
    integer("staff_id"),
)

figure_notes = Table(
    "figure_notes",
    metadata,
    serial_id(),
    string("area"),
    integer("week"),  # of the figure that it belongs to
    integer("written_at"),
    integer("staff_id"),
    string("text"),
    Index(None, "area", "week"),
)

# Triggers refuse to change or delete a step: migration 0015.
measure_steps = Table(
    "measure_steps",
    metadata,
    string("number", key=True),
    integer("place", key=True),  # 1, 2, …
    string("kind"),
    integer("at"),
    integer("staff_id"),  # 0: the service, or the command line
    binary("event"),  # handlers.measures.steps.Event as JSON, encrypted
)

# Who was told that a measure waits: proof that each warning was sent.
measure_warnings = Table(
    "measure_warnings",
    metadata,
    string("number", key=True),
    integer("due_at", key=True),  # of that time
    string("step", key=True),
    integer("staff_id", key=True),
    integer("at"),
)

# Triggers refuse to change or delete a step, or to add one to what is validated: migration 0025.
assessment_steps = Table(
    "assessment_steps",
    metadata,
    string("number", key=True),
    integer("place", key=True),  # 1, 2, …
    string("kind"),
    integer("at"),
    integer("staff_id"),
    binary("event"),  # handlers.assessments.steps.Event as JSON, encrypted
)

# Staff who understood the policy, by area; apart from it who was counted, as a keyed hash.
policy_readings = Table(
    "policy_readings",
    metadata,
    string("edition", key=True),
    string("area", key=True),
    integer("n"),
)

policy_readers = Table(
    "policy_readers",
    metadata,
    string("edition", key=True),
    binary("reader", key=True),
)

# Questionnaires to staff, their answers as sums by area, and apart from them who has answered, as a
# keyed hash.
staff_rounds = Table(
    "staff_rounds",
    metadata,
    string("number", key=True),
    string("questionnaire"),
    integer("version"),
    string("title"),
    string("questions"),  # handlers.assessments.rounds.Asked as JSON
    integer("opened_at"),
    integer("closes_at"),
)

staff_sums = Table(
    "staff_sums",
    metadata,
    string("round", key=True),
    string("area", key=True),
    string("question", key=True),
    string("value", key=True),
    integer("n"),
)

staff_asked = Table(
    "staff_asked",
    metadata,
    string("round", key=True),
    binary("person", key=True),
)

# Mistakes in the content that staff reported.
card_reports = Table(
    "card_reports",
    metadata,
    serial_id(),
    string("card"),
    string("area"),  # of the card
    binary("words"),  # encrypted
    integer("staff_id"),
    integer("at"),
    integer("settled_at", default=0),
    integer("settled_by", default=0),
    string("outcome", default=""),  # mended, right
    Index(None, "settled_at"),
)
