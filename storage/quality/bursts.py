"""Sets the answers of bursts apart, and deletes the hashes of networks."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace
from sqlalchemy import Connection, delete, select, update

from handlers.questionnaires.bursts import FromNetwork, responses_in_bursts
from storage.contacts.contacts import lock
from storage.responses.answers import stored_answers
from storage.responses.responses import stored_responses
from storage.responses.sums import EXCLUDED, Movements
from storage.tables.responses import answer_networks, answers, responses

_AT_A_TIME = 500


def exclude_bursts(tx: Connection) -> int:
    """Take responses that are part of a burst out of the sums; return how many changed.

    Idempotent. The respondents' conversations are locked first, in the order in which a turn does.
    """
    known = tx.execute(
        select(answer_networks.c.network, answer_networks.c.area, answer_networks.c.response_id)
    )
    found = sorted(responses_in_bursts(FromNetwork(bytes(row[0]), row[1], row[2]) for row in known))
    count = 0
    for start in range(0, len(found), _AT_A_TIME):
        count += _exclude(tx, found[start : start + _AT_A_TIME])
    return count


def forget_networks_of(tx: Connection, contact_ids: Sequence[int], shard: int) -> None:
    """Delete the network hashes of contacts being erased, and set their responses apart.

    Without its hash an answer cannot be attributed to a burst, so the author of 300 of them could
    have them counted by erasing each contact. The caller holds the contacts' locks.
    """
    own = select(responses.c.id).where(responses.c.contact_id.in_(contact_ids))
    known = answer_networks.c.response_id.in_(own)
    ids = sorted(tx.execute(select(answer_networks.c.response_id).where(known)).scalars())
    if ids:
        _exclude(tx, ids, shard)
        tx.execute(delete(answer_networks).where(answer_networks.c.response_id.in_(ids)))


def _exclude(tx: Connection, ids: list[int], shard: int = 0) -> int:
    chosen = responses.c.id.in_(ids)
    new = select(responses.c.id, responses.c.contact_id).where(
        chosen, responses.c.pending != EXCLUDED
    )
    if not (rows := tx.execute(new.order_by(responses.c.id)).fetchall()):
        return 0
    lock(tx, sorted({row.contact_id for row in rows if row.contact_id is not None}))
    moving, movements = [row.id for row in rows], Movements()
    for response in stored_responses(tx, moving):
        if response.pending == EXCLUDED:  # another process came first
            continue
        for counted in response.counted():
            movements.values(counted, -1)
            movements.values(replace(counted, pending=EXCLUDED), 1)
    for counted in stored_answers(tx, moving):
        if counted.pending != EXCLUDED:
            movements.answer(counted, -1)
            movements.answer(replace(counted, pending=EXCLUDED), 1)
    tx.execute(update(responses).where(responses.c.id.in_(moving)).values(pending=EXCLUDED))
    tx.execute(update(answers).where(answers.c.response_id.in_(moving)).values(pending=EXCLUDED))
    movements.write(tx, shard)
    return len(moving)


def forget_networks(tx: Connection, week: int) -> int:
    """Set the remaining bursts apart, then delete hashes of before ``week``; return how many."""
    exclude_bursts(tx)
    return tx.execute(delete(answer_networks).where(answer_networks.c.week < week)).rowcount
