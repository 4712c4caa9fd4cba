"""What the published rule sets apart, and that the attacks move nothing with it."""

from __future__ import annotations

import pytest

from handlers.questionnaires.bursts import MOST_OF_A_NETWORK as MOST
from handlers.questionnaires.bursts import FromNetwork, responses_in_bursts
from tests.simulations.bursts import ATTACKS, Attack, lost, moved_by


def given(network: bytes, area: str, *responses: int) -> list[FromNetwork]:
    return [FromNetwork(network, area, response) for response in responses]


def test_all_of_a_burst_is_excluded_and_nothing_else() -> None:
    burst, few = range(MOST + 1), range(100, 100 + MOST)
    said = [
        *given(b"wifi", "transito", *burst),
        *given(b"wifi", "aseo", *few),
        *given(b"home", "transito", *range(200, 200 + MOST)),
    ]
    assert responses_in_bursts(said) == {*burst}
    assert (
        responses_in_bursts(given(b"home", "aseo", *[1] * (MOST + 1))) == set()
    )  # one, told again


@pytest.mark.parametrize("attack", [one for one in ATTACKS if one.is_burst], ids=lambda a: a.name)
def test_an_attack_moves_headlines_without_the_rule_and_nothing_with_it(attack: Attack) -> None:
    with_rule, without = (moved_by(attack, 10, ruled=ruled) for ruled in (True, False))
    assert (with_rule.headlines, with_rule.signals) == (0, 0)
    assert without.headlines > 0.9


def test_honest_answers_over_a_shared_network_are_lost_where_they_are_many() -> None:
    assert lost(MOST + 1, 1, 5) == 1
    assert 0 < lost(20, 20, 100) < 0.2
