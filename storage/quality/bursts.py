"""Sets apart the answers of bursts, and forgets from which network answers came."""

from __future__ import annotations

from msgspec.structs import replace
from sqlalchemy import Connection, delete, select, update

from handlers.questionnaires.bursts import FromNetwork, set_apart
from storage.contacts.contacts import lock
from storage.responses.answers import stored_answers, stored_responses
from storage.responses.sums import APART, Movements
from storage.tables.responses import answer_networks, answers, responses

_AT_A_TIME = 500


def set_bursts_apart(tx: Connection) -> int:
    """Take what came in bursts out of the sums; returns how many responses went now.

    Idempotent. The conversations of those who answered are locked first, as a turn locks them.
    """
    known = tx.execute(
        select(answer_networks.c.network, answer_networks.c.area, answer_networks.c.response_id)
    )
    found = sorted(set_apart(FromNetwork(bytes(row[0]), row[1], row[2]) for row in known))
    count = 0
    for start in range(0, len(found), _AT_A_TIME):
        count += _set_apart(tx, found[start : start + _AT_A_TIME])
    return count


def _set_apart(tx: Connection, ids: list[int]) -> int:
    chosen = responses.c.id.in_(ids)
    new = select(responses.c.id, responses.c.contact_id).where(chosen, responses.c.pending != APART)
    if not (rows := tx.execute(new.order_by(responses.c.id)).fetchall()):
        return 0
    lock(tx, sorted({row.contact_id for row in rows if row.contact_id is not None}))
    moving, movements = [row.id for row in rows], Movements()
    for response in stored_responses(tx, moving):
        if response.pending == APART:  # another process was faster
            continue
        for counted in response.counted():
            movements.values(counted, -1)
            movements.values(replace(counted, pending=APART), 1)
    for counted in stored_answers(tx, moving):
        if counted.pending != APART:
            movements.answer(counted, -1)
            movements.answer(replace(counted, pending=APART), 1)
    tx.execute(update(responses).where(responses.c.id.in_(moving)).values(pending=APART))
    tx.execute(update(answers).where(answers.c.response_id.in_(moving)).values(pending=APART))
    movements.write(tx, 0)
    return len(moving)


def forget_networks(tx: Connection, week: int) -> int:
    """Set apart what is left to be, and erase the hashes of weeks before ``week``; how many."""
    set_bursts_apart(tx)
    return tx.execute(delete(answer_networks).where(answer_networks.c.week < week)).rowcount
