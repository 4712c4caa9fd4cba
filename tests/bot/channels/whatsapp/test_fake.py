"""The fake of WhatsApp refuses what the platform refuses."""

from __future__ import annotations

import pytest

from tests.fakes import specs
from tests.fakes.whatsapp.rules import Refused, check_message


def interactive(kind: str, action: object) -> dict[str, object]:
    content = {"type": kind, "body": {"text": "¿?"}, "action": action}
    return {"messaging_product": "whatsapp", "type": "interactive", "interactive": content}


def buttons(*titles: str, ids: tuple[str, ...] = ("a", "b", "c", "d")) -> dict[str, object]:
    chosen = [{"id": i, "title": title} for i, title in zip(ids, titles, strict=False)]
    return interactive("button", {"buttons": [{"type": "reply", "reply": c} for c in chosen]})


def rows(count: int, title: str = "x", sections: int = 1) -> dict[str, object]:
    made = [
        {"title": f"s{s}", "rows": [{"id": f"{s}-{i}", "title": title} for i in range(count)]}
        for s in range(sections)
    ]
    return interactive("list", {"button": "Ver", "sections": made})


@pytest.mark.parametrize(
    ("message", "code"),
    [
        (buttons("1", "2", "3", "4"), 131009),
        (buttons("x" * 21), 100),
        (buttons("igual", "igual"), 131009),
        (buttons("1", "2", ids=("a", "a")), 131009),
        (rows(11), 131009),
        (rows(6, sections=2), 131009),
        (rows(1, "x" * 25), 100),
        ({"messaging_product": "whatsapp", "type": "text", "text": {"body": " "}}, 100),
        ({"messaging_product": "whatsapp", "type": "text", "text": {"body": "x" * 4097}}, 100),
        ({"messaging_product": "whatsapp", "type": "text", "text": {"boddy": "x"}}, 100),
        ({"messaging_product": "whatsapp", "type": "text"}, 131008),
        ({"type": "text", "text": {"body": "x"}}, 131008),
        ({"messaging_product": "whatsapp", "type": "fax", "fax": {}}, 131051),
    ],
)
def test_the_fake_refuses_what_the_platform_refuses(message: object, code: int) -> None:
    with pytest.raises(Refused) as refused:
        check_message(message)
    assert refused.value.code == code


@pytest.mark.skipif(specs.whatsapp() is None, reason=specs.SKIPPED)
def test_the_specification_finds_misspellings() -> None:
    spec = specs.whatsapp()
    assert spec is not None
    message = {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        "to": "56900000001",
        "type": "text",
        "text": {"body": "a"},
    }
    assert spec.problems(message) == []
    assert spec.problems({**message, "text": {"boddy": "a"}}) == [
        "message.text: unknown field boddy"
    ]
    assert spec.problems({**message, "to": 5}) == ["message.to: not string"]
