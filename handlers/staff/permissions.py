"""Permissions: one table of action × role, read by the panel's routes, menu and tests."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum, StrEnum


class Role(StrEnum):
    """A role. One person may have several, each in one area or in the whole municipality."""

    DESK = "desk"  # receives people
    VIEWER = "viewer"  # sees figures, no words
    HEAD = "head"  # answers for an area
    QUALITY = "quality"
    PRIVACY = "privacy"
    ADMIN = "admin"


class Action(StrEnum):
    """An action in the panel."""

    SEE_TODAY = "see-today"
    LIST_CASES = "list-cases"  # number, area, state and age: no words
    READ_CASES = "read-cases"
    NOTE_CASES = "note-cases"
    ANSWER_CASES = "answer-cases"
    CLOSE_CASES = "close-cases"
    FORWARD_CASES = "forward-cases"
    ANSWER_CHATS = "answer-chats"  # as a person, while the assistant is quiet
    EXTEND_CASES = "extend-cases"
    REOPEN_CASES = "reopen-cases"
    GROUP_CASES = "group-cases"  # and answer them together
    ENTER_AT_DESK = "enter-at-desk"  # what somebody says in person or hands in on paper
    REPORT_CARDS = "report-cards"  # that one is wrong
    SETTLE_CARDS = "settle-cards"  # what was reported
    EDIT_TEMPLATES = "edit-templates"
    DECIDE_RIGHTS = "decide-rights"  # what citizens ask about their own data
    SEE_BREACHES = "see-breaches"  # of security
    KEEP_BREACHES = "keep-breaches"  # record them, report them, tell those affected, close them
    PUBLISH_NOTICE = "publish-notice"  # what the page /privacidad says of the municipality
    DOWNLOAD_FIGURES = "download-figures"  # what is published
    DOWNLOAD_ROWS = "download-rows"  # every answer, with its words
    DOWNLOAD_EVIDENCE = "download-evidence"  # for the accreditation and the yearly account
    READ_LOOKUPS = "read-lookups"
    READ_DIGESTS = "read-digests"
    SEE_MEASURES = "see-measures"
    OPEN_MEASURES = "open-measures"
    DECIDE_MEASURES = "decide-measures"  # and take, note, decline and do them
    CLOSE_MEASURES = "close-measures"  # or reopen them: never the area by itself
    SEE_ASSESSMENTS = "see-assessments"
    FILL_ASSESSMENTS = "fill-assessments"  # and open them
    VALIDATE_ASSESSMENTS = "validate-assessments"  # of others
    ANSWER_ROUNDS = "answer-rounds"  # questionnaires that staff are asked
    RUN_ROUNDS = "run-rounds"  # ask them, close them, see what areas answered
    READ_INDICATORS = "read-indicators"  # published figures and charts: no words of citizens
    MOVE_RATINGS = "move-ratings"  # that are about another area
    NOTE_FIGURES = "note-figures"
    SET_BASELINES = "set-baselines"
    EDIT_INDICATORS = "edit-indicators"  # publish a version with another target, least or name
    MANAGE_STAFF = "manage-staff"
    SEE_DUTY = "see-duty"  # who is on duty, and who is away; everybody notes their own absences
    MANAGE_DUTY = "manage-duty"
    PIN_NOTICE = "pin-notice"  # above every reply, and no ratings
    MEND_WHATSAPP = "mend-whatsapp"  # see why nobody is told of answers, and try again
    READ_AUDIT = "read-audit"
    OWN_SESSIONS = "own-sessions"
    OWN_NOTICES = "own-notices"


class Reach(Enum):
    """In which areas a role allows an action."""

    AREAS = "areas"  # of the role; a sensitive area only where the role names it
    ALL_AREAS = "all-areas"  # of the role; the whole municipality includes its sensitive areas
    ANYWHERE = "anywhere"  # it is about no area


@dataclass(frozen=True, slots=True)
class Grant:
    """A role that somebody has. ``area`` empty: the whole municipality."""

    role: Role
    area: str = ""


AREA_ROLES = frozenset({Role.DESK, Role.VIEWER, Role.HEAD})
"""Roles given for an area; for the whole municipality only explicitly."""

MUNICIPAL_ROLES = frozenset({Role.PRIVACY, Role.ADMIN})
"""Roles given for the whole municipality only: they would reach as far if given for an area."""

ANSWERING_ROLES = frozenset({Role.DESK, Role.HEAD})
"""Roles that answer citizens."""

SUBSTITUTED_ROLES = ANSWERING_ROLES | {Role.PRIVACY}
"""Roles that a substitute takes over, because citizens wait for an answer or a legal decision.

Other roles are personal."""

_EVERYONE = dict.fromkeys(Role, Reach.ANYWHERE)
_SEE_IMPROVEMENT = dict.fromkeys((Role.HEAD, Role.QUALITY, Role.ADMIN), Reach.ALL_AREAS)
_READ_FIGURES = {Role.VIEWER: Reach.ALL_AREAS, **_SEE_IMPROVEMENT}

PERMISSIONS: Mapping[Action, Mapping[Role, Reach]] = {
    Action.SEE_TODAY: _EVERYONE,
    Action.OWN_SESSIONS: _EVERYONE,
    Action.OWN_NOTICES: _EVERYONE,
    Action.SEE_DUTY: _EVERYONE,
    Action.MANAGE_DUTY: {Role.ADMIN: Reach.ANYWHERE},
    Action.PIN_NOTICE: {Role.ADMIN: Reach.ANYWHERE, Role.QUALITY: Reach.ANYWHERE},
    Action.MEND_WHATSAPP: {Role.ADMIN: Reach.ANYWHERE},
    Action.LIST_CASES: {
        Role.DESK: Reach.AREAS,
        Role.VIEWER: Reach.AREAS,
        Role.HEAD: Reach.AREAS,
        Role.QUALITY: Reach.ALL_AREAS,
        Role.PRIVACY: Reach.ALL_AREAS,
        Role.ADMIN: Reach.ALL_AREAS,
    },
    Action.READ_CASES: {
        Role.DESK: Reach.AREAS,
        Role.HEAD: Reach.AREAS,
        Role.QUALITY: Reach.AREAS,
        Role.PRIVACY: Reach.ALL_AREAS,
    },
    Action.NOTE_CASES: {
        Role.DESK: Reach.AREAS,
        Role.HEAD: Reach.AREAS,
        Role.PRIVACY: Reach.ALL_AREAS,
    },
    Action.FORWARD_CASES: {Role.DESK: Reach.AREAS, Role.HEAD: Reach.AREAS},
    Action.ANSWER_CASES: {Role.HEAD: Reach.AREAS},
    Action.CLOSE_CASES: {Role.HEAD: Reach.AREAS},
    Action.ANSWER_CHATS: {Role.DESK: Reach.AREAS, Role.HEAD: Reach.AREAS},
    Action.EXTEND_CASES: {Role.HEAD: Reach.AREAS},
    Action.REOPEN_CASES: {Role.HEAD: Reach.AREAS},
    Action.GROUP_CASES: {Role.HEAD: Reach.AREAS},
    Action.ENTER_AT_DESK: {Role.DESK: Reach.ANYWHERE, Role.HEAD: Reach.ANYWHERE},
    Action.REPORT_CARDS: {
        Role.DESK: Reach.ANYWHERE,
        Role.HEAD: Reach.ANYWHERE,
        Role.QUALITY: Reach.ANYWHERE,
        Role.ADMIN: Reach.ANYWHERE,
    },
    Action.SETTLE_CARDS: {
        Role.HEAD: Reach.ALL_AREAS,
        Role.QUALITY: Reach.ALL_AREAS,
        Role.ADMIN: Reach.ALL_AREAS,
    },
    Action.EDIT_TEMPLATES: {Role.ADMIN: Reach.ANYWHERE},
    Action.DECIDE_RIGHTS: {Role.PRIVACY: Reach.ANYWHERE},
    Action.SEE_BREACHES: {Role.PRIVACY: Reach.ANYWHERE, Role.ADMIN: Reach.ANYWHERE},
    Action.KEEP_BREACHES: {Role.PRIVACY: Reach.ANYWHERE},
    Action.PUBLISH_NOTICE: {Role.PRIVACY: Reach.ANYWHERE, Role.ADMIN: Reach.ANYWHERE},
    Action.DOWNLOAD_FIGURES: _READ_FIGURES,
    Action.DOWNLOAD_ROWS: {Role.QUALITY: Reach.ANYWHERE},
    Action.DOWNLOAD_EVIDENCE: {Role.QUALITY: Reach.ANYWHERE},
    Action.READ_DIGESTS: _READ_FIGURES,
    Action.SEE_MEASURES: _SEE_IMPROVEMENT,
    Action.READ_INDICATORS: _READ_FIGURES,
    Action.OPEN_MEASURES: {Role.HEAD: Reach.ALL_AREAS, Role.QUALITY: Reach.ALL_AREAS},
    Action.DECIDE_MEASURES: {Role.HEAD: Reach.ALL_AREAS, Role.QUALITY: Reach.ALL_AREAS},
    Action.CLOSE_MEASURES: {Role.QUALITY: Reach.ALL_AREAS},
    Action.SEE_ASSESSMENTS: _SEE_IMPROVEMENT,
    Action.FILL_ASSESSMENTS: {Role.HEAD: Reach.ALL_AREAS, Role.QUALITY: Reach.ALL_AREAS},
    Action.VALIDATE_ASSESSMENTS: {Role.QUALITY: Reach.ALL_AREAS},
    Action.ANSWER_ROUNDS: _EVERYONE,
    Action.RUN_ROUNDS: {Role.QUALITY: Reach.ANYWHERE},
    Action.MOVE_RATINGS: {Role.QUALITY: Reach.ANYWHERE},
    Action.NOTE_FIGURES: {Role.HEAD: Reach.ALL_AREAS},
    Action.SET_BASELINES: {Role.QUALITY: Reach.ALL_AREAS},
    Action.EDIT_INDICATORS: {Role.QUALITY: Reach.ANYWHERE},
    Action.READ_LOOKUPS: {Role.QUALITY: Reach.ANYWHERE, Role.ADMIN: Reach.ANYWHERE},
    Action.MANAGE_STAFF: {Role.ADMIN: Reach.ANYWHERE},
    Action.READ_AUDIT: {Role.PRIVACY: Reach.ANYWHERE, Role.ADMIN: Reach.ANYWHERE},
}


def may(grants: Iterable[Grant], action: Action) -> bool:
    """Whether the action is allowed anywhere, so that its page is in the menu and opens."""
    return any(grant.role in PERMISSIONS[action] for grant in grants)


def may_in(grants: Iterable[Grant], action: Action, area: str, *, sensitive: bool) -> bool:
    """Whether the action is allowed in an area; ``area`` empty: for what belongs to no area."""
    return any(
        _reaches(grant, PERMISSIONS[action].get(grant.role), area, sensitive) for grant in grants
    )


def may_be_on_duty(grants: Iterable[Grant], area: str, *, sensitive: bool) -> bool:
    """Whether somebody with these roles can be on duty in an area; ``area`` empty: in any."""
    held = tuple(grants)
    if not area:
        return may(held, Action.ANSWER_CHATS)
    return may_in(held, Action.ANSWER_CHATS, area, sensitive=sensitive)


def areas_of(grants: Iterable[Grant], action: Action, areas: Mapping[str, bool]) -> frozenset[str]:
    """The areas in which the action is allowed, which may include "", for what belongs to none.

    ``areas``: all area ids, with whether each is sensitive.
    """
    held = tuple(grants)
    return frozenset(
        area
        for area, sensitive in {"": False, **areas}.items()
        if may_in(held, action, area, sensitive=sensitive)
    )


def _reaches(grant: Grant, reach: Reach | None, area: str, sensitive: bool) -> bool:
    match reach:
        case None:
            return False
        case Reach.ANYWHERE:
            return True
        case Reach.AREAS:
            return grant.area == area or (not grant.area and not sensitive)
        case Reach.ALL_AREAS:
            return grant.area in ("", area)
