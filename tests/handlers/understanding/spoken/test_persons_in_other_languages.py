"""A person is asked for in English and Creole in any words; somebody who is only told of is not."""

from __future__ import annotations

import pytest

from handlers.facts.cases import CaseOpened
from handlers.release import Release
from tests.handlers.chat import Chat

WISHES = (
    "mwen ta renmen pale ak yon moun",
    "eske m ka pale ak yon anplwaye",
    "fè m pale ak yon moun tout bon",
    "mwen bezwen yon moun pou ede m",
    "pa vle pale ak robo",
    "konekte m ak yon ajan",
    "gen yon moun la ki ka reponn mwen",
    "kite m pale ak moun",
    "mwen vle yon moun vivan reponn mwen",
    "pase m yon moun tanpri",
    "èske gen yon moun ki pale kreyòl",
    "yon moun tanpri",
    "mwen prefere pale ak yon moun reyèl",
    "ban m yon sekretè",
    "mwen pa konprann machin sa a, mwen vle yon moun",
    "can i talk to a human",
    "i want to speak with somebody from the city",
    "get me a real person please",
    "is there anyone i can talk to",
    "connect me with an agent",
    "i'd rather deal with a person",
    "no more bot, human please",
    "let me talk to someone",
    "could a staff member write back to me",
    "put me through to an operator",
    "person please",
    "are there any humans here",
    "i need a live agent",
    "can someone actually help me, not a robot",
    "do you have someone who speaks english",
    "m ta vle pale ak yon anplwaye minisipalite a",
    "kite m koze ak yon ajan",
    "mwen bezwen yon moun vre, pa yon machin",
    "eske gen moun ki ka ede m la",
    "transfere m bay yon moun",
    "mwen pito pale ak moun",
    "mwen bezwen yon moun eksplike m",
    "kijan pou m pale ak yon moun",
    "mwen vle pale ak yon responsab",
    "hand me over to a human",
    "may i have a word with somebody there",
    "who can i speak to",
    "real human pls",
    "stop, i want a person",
    "i don't want to talk to a machine",
    "can a human read this",
    "i need to talk to staff",
    "transfer me to someone who knows",
    "any people there?",
)
# Somebody who is told of, or what is there for persons.
TOLD_OF = (
    "mwen wè yon moun nan lari a",
    "gen yon moun ki jete fatra",
    "mwen te pale ak yon moun nan biwo a, li te byen resevwa m",
    "moun yo pa janti",
    "yon moun di m ale nan tranzit",
    "kote moun peye patant",
    "mwen vle pale panyòl",
    "yon sèl moun pou anpil liy",
    "mwen bezwen yon kat pou moun aje",
    "someone dumped trash here",
    "a person at the desk was rude",
    "i talked to someone at transit and it was fine",
    "is anyone allowed to camp on the beach",
    "someone should fix the light",
    "i want to speak at the council meeting",
    "human rights office",
    "disabled person parking permit",
    "yon moun jete fatra devan pòt mwen",
    "mwen te wè yon anplwaye ki move",
    "gen twòp moun nan liy nan",
    "yon anplwaye te ede m byen",
    "mwen bezwen enfòmasyon pou moun andikape",
    "someone parked in front of my gate",
    "a person with disability, what help is there",
    "the people at the health center were nice",
    "somebody told me to come here for the license",
    "can a person without papers enroll kids",
)


def _is_led_to_person(chat: Chat) -> bool:
    return bool(chat.recorded(CaseOpened)) or chat.offers("person")


@pytest.mark.parametrize("said", WISHES)
def test_a_person_is_reached(release: Release, said: str) -> None:
    chat = Chat(release)
    chat.says(said)
    assert _is_led_to_person(chat)
    assert not chat.offers("no-danger")


@pytest.mark.parametrize("said", TOLD_OF)
def test_who_tells_of_somebody_opens_no_case(release: Release, said: str) -> None:
    chat = Chat(release)
    chat.says(said)
    assert not chat.recorded(CaseOpened)
