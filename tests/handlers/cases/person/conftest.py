"""A citizen while somebody is on duty, and a member of staff who is told of one."""

from __future__ import annotations

import pytest

from handlers.messages import (
    PersonWaits,
)
from handlers.release import Release
from handlers.state import Staff
from tests.handlers.cases.person.conversation import THERE
from tests.handlers.chat import Chat


@pytest.fixture
def chat(release: Release) -> Chat:
    """A citizen on a Monday morning, while somebody is on duty."""
    return Chat(release, people=THERE)


@pytest.fixture
def ana(release: Release) -> Chat:
    """A member of staff who has been told that somebody waits."""
    chat = Chat(release, staff=Staff(3, "Ana"))
    chat.says("hola")
    chat.hear(PersonWaits(77, "transito", "¿me pueden ayudar?"))
    return chat
