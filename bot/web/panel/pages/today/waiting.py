"""What waits for one person, read in one transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from bot.channels.whatsapp.errors import is_of_template
from bot.web.panel.pages.cases import forwarded
from bot.web.panel.pages.conversations import chats
from bot.web.panel.pages.quality.measure import ACTIONS
from bot.web.panel.visit import Visit
from handlers.assessments.assessments import Assessment
from handlers.assessments.steps import Validated
from handlers.measures.board import Tile, board, is_called_for
from handlers.measures.measures import Measure, Verb
from handlers.privacy.breaches.breach import Breach, BreachState
from handlers.quality.weeks import IsoWeek
from handlers.staff.permissions import Action, may, may_in
from handlers.state import RoundBrief
from storage.assessments import rounds
from storage.assessments import steps as assessments
from storage.cases import taking_back
from storage.cases.answers import arrivals
from storage.cases.answers.arrivals import RefusedAnswer
from storage.cases.forwarding import Forwarded
from storage.cases.lists import browsing
from storage.cases.lists.browsing import CaseFilter, CaseLine
from storage.cases.taking_back import SentAnswer
from storage.engine.database import Transaction
from storage.handovers.reading import HandoverView
from storage.measures import steps
from storage.outbox.unannounced import Unannounced, unannounced
from storage.privacy import notices, requests
from storage.privacy.breaches import steps as breach_steps
from storage.privacy.requests import Request as PrivacyRequest
from storage.quality import card_reports, digests
from storage.quality.card_reports import CardReport
from storage.staff import pinned_notice, roles, staff

MOST = 8  # of each kind
NEEDED = {
    Action.ANSWER_CASES: "responder los casos y a quienes piden una persona",
    Action.DECIDE_MEASURES: "decidir las medidas",
    Action.DECIDE_RIGHTS: "decidir los pedidos sobre datos personales",
}
"""What somebody has to be able to do from the first day on."""

JUST_NOW = timedelta(hours=1)  # a mistake is noticed soon; later it is found among the cases
DIGEST_IS_NEWS = timedelta(days=4)


@dataclass(frozen=True, slots=True)
class Waiting:
    """All that one person may have to do, with the text of cases."""

    undoable: list[SentAnswer]  # own answers that can still be taken back
    forwarded: list[Forwarded]  # by this person just now, and nobody there has read them
    chats: list[HandoverView]
    pinned: bool
    lines: list[CaseLine]
    open_cases: int  # of which ``lines`` are the most pressing
    unattended: dict[str, int]  # by area
    without_role: int
    undone: list[str]  # what no member of staff has the role for
    digest: IsoWeek | None
    measures: list[Measure]  # that wait for this person
    assessments: list[Assessment]  # that this person may validate
    rounds: tuple[RoundBrief, ...]  # questionnaires that this person is asked
    reports: list[CardReport]
    requests: list[PrivacyRequest]
    breaches: list[Breach]  # that are not closed
    refused: list[RefusedAnswer]  # answers that did not arrive
    unannounced: list[Unannounced]  # for want of a template at WhatsApp
    privacy_lacks: list[str]  # what the page /privacidad does not say yet


def read_waiting(visit: Visit, tx: Transaction) -> Waiting:
    """What waits for the visitor. Case text is read, so an audit entry is written."""
    # Cases without an area wait for those who may forward them.
    without_area = visit.areas(Action.FORWARD_CASES) & {""}
    wanted = CaseFilter(visit.areas(Action.ANSWER_CASES) | without_area, "open")
    lines = browsing.most_pressing(tx, wanted, MOST)
    if lines:
        visit.note(tx, "cases-read", "", f"hoy n={len(lines)}")
    admin = visit.may(Action.MANAGE_STAFF)
    return Waiting(
        taking_back.undoable_by(tx, visit.session.staff_id, visit.now),
        forwarded.of_visitor(visit, tx, JUST_NOW),
        chats.waiting_for(visit, tx),
        visit.may(Action.PIN_NOTICE) and pinned_notice.current(tx) is not None,
        lines,
        browsing.count(tx, wanted),
        _unattended(visit, tx) if admin else {},
        _without_role(tx) if admin else 0,
        _undone(tx) if admin else [],
        _fresh_digest(visit, tx) if visit.may(Action.READ_DIGESTS) else None,
        _waiting_measures(visit, tx),
        _complete_assessments(visit, tx),
        rounds.waiting_for(tx, visit.panel.keyring, visit.session.staff_id, visit.now),
        card_reports.waiting(tx, visit.panel.keyring, visit.areas(Action.SETTLE_CARDS), MOST),
        requests.list_requests(tx, visit.panel.keyring, only_open=True)[:MOST]
        if visit.may(Action.DECIDE_RIGHTS)
        else [],
        _open_breaches(visit, tx),
        arrivals.refused(tx, visit.areas(Action.ANSWER_CASES), MOST),
        unannounced(tx, is_of_template) if visit.may(Action.MEND_WHATSAPP) else [],
        _privacy_lacks(visit, tx),
    )


def _waiting_measures(visit: Visit, tx: Transaction) -> list[Measure]:
    """Measures whose next step this person has to take soon, the one due first in front."""
    if not visit.may(Action.SEE_MEASURES):
        return []
    content = visit.panel.release.content
    found = steps.all_measures(tx, visit.panel.keyring, content.zone)
    waiting = board(found, visit.now, content.zone).tiles[Tile.OPEN]
    return [
        measure
        for measure in waiting
        if measure.verbs[0] is not Verb.NOTE
        and is_called_for(measure, visit.now)
        and visit.may(ACTIONS[measure.verbs[0]], measure.area)
    ]


def _complete_assessments(visit: Visit, tx: Transaction) -> list[Assessment]:
    """Complete drafts that this person may validate, having written none of them."""
    if not visit.may(Action.VALIDATE_ASSESSMENTS):
        return []
    keyring, zone = visit.panel.keyring, visit.panel.release.content.zone
    drafts = [
        assessment for assessment in assessments.all_assessments(tx, keyring) if assessment.is_draft
    ]
    return [
        assessment
        for assessment in assessments.as_they_stand(tx, drafts, visit.now, zone)
        if visit.may(Action.VALIDATE_ASSESSMENTS, assessment.area)
        and assessment.accepts(Validated(), visit.session.staff_id)
    ]


def _open_breaches(visit: Visit, tx: Transaction) -> list[Breach]:
    if not visit.may(Action.KEEP_BREACHES):
        return []
    found = breach_steps.all_breaches(tx, visit.panel.keyring)
    return [breach for breach in found if breach.state is not BreachState.CLOSED]


def _unattended(visit: Visit, tx: Transaction) -> dict[str, int]:
    """Areas with open cases that nobody may answer."""
    everyone = [grant for held in roles.by_person(tx).values() for grant in held]
    return {
        area: count
        for area, count in browsing.open_by_area(tx).items()
        if not may_in(everyone, Action.ANSWER_CASES, area, sensitive=visit.panel.is_sensitive(area))
    }


def _undone(tx: Transaction) -> list[str]:
    everyone = [grant for held in roles.by_person(tx).values() for grant in held]
    return [done for action, done in NEEDED.items() if not may(everyone, action)]


def _without_role(tx: Transaction) -> int:
    known = roles.by_person(tx)
    return sum(not member.is_unnamed and member.id not in known for member in staff.everyone(tx))


def _fresh_digest(visit: Visit, tx: Transaction) -> IsoWeek | None:
    week = digests.newest_published(tx)
    if week is None:
        return None
    kept = digests.published(tx, week)
    news = kept is not None and visit.now - kept.made_at < DIGEST_IS_NEWS
    return week if news else None


def _privacy_lacks(visit: Visit, tx: Transaction) -> list[str]:
    if visit.panel.made_up or not visit.may(Action.PUBLISH_NOTICE):
        return []
    return [item.what for item in visit.panel.privacy.lacking(notices.newest(tx).items)]
