"""The quality policy in the chat: its commitments, and for staff questions about it.

A wrong answer is not stored but asked again; only having answered all of them is recorded.
"""

from __future__ import annotations

from handlers.content.quality import Policy
from handlers.facts.staff import PolicyUnderstood
from handlers.messages import Layout
from handlers.turn import TurnBuilder, named_option

BEGIN = "begin"
_DIGITS = 2  # question and choice


def read(turn: TurnBuilder, answered: str) -> None:
    """Show the policy, or take a staff member's answer and ask the next question."""
    policy = turn.release.content.policy
    if policy is None:
        turn.say("command-unknown")
        return
    if answered == BEGIN and policy.questions:
        _ask(turn, policy, 0)
        return
    question, choice = _places(answered)
    if question is None or question >= len(policy.questions):
        _tell(turn, policy)
        return
    if choice + 1 != policy.questions[question].right:
        turn.say("policy-wrong")
        _ask(turn, policy, question)
        return
    turn.say("policy-right")
    if question + 1 < len(policy.questions):
        _ask(turn, policy, question + 1)
        return
    staff = turn.known.staff
    assert staff is not None, "only understood of a staff member"
    turn.record(PolicyUnderstood(staff.id, staff.area, policy.edition))
    turn.say("policy-understood")


def _places(answered: str) -> tuple[int | None, int]:
    if len(answered) != _DIGITS or not (answered.isascii() and answered.isdecimal()):
        return None, 0
    return int(answered[0]), int(answered[1])


def _tell(turn: TurnBuilder, policy: Policy) -> None:
    turn.say(
        "policy-about",
        name=policy.name,
        decree=policy.decree or f"{policy.dated:%d-%m-%Y}",
        version=policy.version,
        aim=policy.aim,
    )
    for number, one in enumerate(policy.commitments, 1):
        turn.say("policy-commitment", number=number, title=one.title, text=one.text)
    if turn.known.staff is not None and policy.questions:
        turn.ask(turn.text("policy-ask"), [turn.option("policy-begin", f"policy:{BEGIN}")])


def _ask(turn: TurnBuilder, policy: Policy, question: int) -> None:
    """Ask one question, with its choices numbered in the text."""
    asked = policy.questions[question]
    lines = [f"{place}) {text}" for place, text in enumerate(asked.choices, 1)]
    options = [
        named_option(f"policy:{question}{place}", str(place + 1))
        for place in range(len(asked.choices))
    ]
    turn.ask("\n".join([asked.text, *lines]), options, layout=Layout.LIST)
