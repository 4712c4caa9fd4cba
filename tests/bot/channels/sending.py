"""What sending is tested with on every platform: any reply, and calls whose answer gets lost."""

from __future__ import annotations

from hypothesis import strategies as st

from bot.channels.ports import Uncertain
from handlers.messages import MAX_ROW_LABEL, Layout, Option, Reply
from tests.fakes.faults import CUTS, CUTS_DELIVERED, HANGS, HANGS_DELIVERED

LOST_CALLS = [
    (HANGS, Uncertain("time-out")),
    (HANGS_DELIVERED, Uncertain("time-out")),
    (CUTS, Uncertain("connection-cut")),
    (CUTS_DELIVERED, Uncertain("connection-cut")),
]
"""Faults and their outcome, whether the message was delivered or not."""

_visible = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=4200)
_labels = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Zs", "Zl", "Zp")),
    min_size=1,
    max_size=MAX_ROW_LABEL,
)


def _reply(number: int, text: str, labels: list[str], layout: Layout) -> Reply:
    chosen = tuple(Option(f"k:{'ñ' * 22}{i}", label) for i, label in enumerate(labels))
    return Reply(number, f"¿{text}", chosen, layout)


replies = st.builds(
    _reply,
    st.integers(1, 10**9 - 1),
    _visible,
    st.lists(_labels, max_size=10, unique=True),
    st.sampled_from(Layout),
)
