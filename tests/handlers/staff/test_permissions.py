"""The table of role × action × area: what each role reaches, sensitive areas above all."""

from __future__ import annotations

import pytest

from handlers.staff.permissions import PERMISSIONS, Action, Grant, Role, areas_of, may, may_in

AREAS = {"transito": False, "aseo": False, "mujer": True}
CASE_ACTIONS = (
    Action.LIST_CASES,
    Action.READ_CASES,
    Action.NOTE_CASES,
    Action.ANSWER_CASES,
    Action.CLOSE_CASES,
    Action.FORWARD_CASES,
)


def test_every_action_is_somebodys() -> None:
    assert set(PERMISSIONS) == set(Action)
    assert all(PERMISSIONS[action] for action in Action)


@pytest.mark.parametrize(
    ("grant", "action", "expected"),
    [
        (Grant(Role.HEAD, "aseo"), Action.ANSWER_CASES, {"aseo"}),
        (Grant(Role.HEAD, "mujer"), Action.ANSWER_CASES, {"mujer"}),
        (Grant(Role.HEAD), Action.ANSWER_CASES, {"", "transito", "aseo"}),
        (Grant(Role.DESK), Action.ANSWER_CASES, set()),
        (Grant(Role.DESK, "aseo"), Action.FORWARD_CASES, {"aseo"}),
        (Grant(Role.VIEWER), Action.READ_CASES, set()),
        (Grant(Role.QUALITY), Action.READ_CASES, {"", "transito", "aseo"}),
        (Grant(Role.QUALITY), Action.LIST_CASES, {"", *AREAS}),
        (Grant(Role.PRIVACY), Action.READ_CASES, {"", *AREAS}),
        (Grant(Role.ADMIN), Action.LIST_CASES, {"", *AREAS}),
        (Grant(Role.ADMIN), Action.READ_CASES, set()),
    ],
)
def test_how_far_a_role_reaches(grant: Grant, action: Action, expected: set[str]) -> None:
    assert areas_of([grant], action, AREAS) == expected


@pytest.mark.parametrize("role", list(Role))
def test_a_role_in_one_area_reaches_no_other(role: Role) -> None:
    for action in CASE_ACTIONS:
        assert areas_of([Grant(role, "aseo")], action, AREAS) <= {"aseo"}


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.PRIVACY])
def test_words_of_a_sensitive_area_are_for_whoever_has_a_role_in_it(role: Role) -> None:
    for action in CASE_ACTIONS[1:]:
        assert not may_in([Grant(role)], action, "mujer", sensitive=True)


def test_only_the_head_answers_and_only_administration_gives_roles() -> None:
    assert {role for role in Role if may([Grant(role)], Action.ANSWER_CASES)} == {Role.HEAD}
    assert {role for role in Role if may([Grant(role)], Action.MANAGE_STAFF)} == {Role.ADMIN}


def test_nobody_without_a_role_may_do_anything() -> None:
    assert not any(may([], action) for action in Action)
