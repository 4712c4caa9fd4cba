"""Telegram's updates as ready bytes: what a citizen writes and presses."""

from __future__ import annotations

import json
import time

FIRST_CHAT = 5_000_000_001
FIRST_UPDATE = 731_000_001


class Updates:
    """Makes updates with numbers that only grow, as Telegram does."""

    def __init__(self, chat: int = FIRST_CHAT) -> None:
        """``chat``: the first one; whoever begins with another has other numbers of updates."""
        self._number = FIRST_UPDATE + chat - FIRST_CHAT
        self.bot = {
            "id": 7_000_000_001,
            "is_bot": True,
            "first_name": "Opina de prueba",
            "username": "opina_de_prueba_bot",
        }
        self._from_bot = json.dumps(self.bot)

    def text(self, chat: int, message: int, text: str) -> bytes:
        """A message; a command is marked as one."""
        entities = ""
        if text.startswith("/"):
            length = len(text.partition(" ")[0])
            entities = f',"entities":[{{"offset":0,"length":{length},"type":"bot_command"}}]'
        return (
            f'{{"update_id":{self._next()},"message":{{"message_id":{message},'
            f'"from":{_person(chat)},"chat":{_chat(chat)},"date":{int(time.time())},'
            f'"text":{json.dumps(text)}{entities}}}}}'
        ).encode()

    def press(self, chat: int, message: int, keyboard: bytes, data: str) -> bytes:
        """A button under one of the bot's messages, which comes along as Telegram sends it."""
        number = self._next()
        return (
            f'{{"update_id":{number},"callback_query":{{"id":"4382bfdwdsb{number}",'
            f'"from":{_person(chat)},"message":{{"message_id":{message},"from":{self._from_bot},'
            f'"chat":{_chat(chat)},"date":{int(time.time())},"text":"…","reply_markup":'
        ).encode() + b'%b},"chat_instance":"42a","data":%b}}' % (
            keyboard,
            json.dumps(data).encode(),
        )

    def _next(self) -> int:
        self._number += 1
        return self._number


def _person(chat: int) -> str:
    return f'{{"id":{chat},"is_bot":false,"first_name":"Vecina","language_code":"es"}}'


def _chat(chat: int) -> str:
    return f'{{"id":{chat},"first_name":"Vecina","type":"private"}}'
