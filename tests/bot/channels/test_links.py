"""Deep links: what a QR code holds, and what stands beside it for people who type."""

import re
from urllib.parse import parse_qs, urlsplit

from bot.channels.links import ChannelLink
from bot.channels.opening import Missing
from bot.channels.registry import poster_links
from bot.config import Settings
from handlers.text.folding import fold

WHATSAPP = {"whatsapp": {"display_number": "56900000000"}}
TELEGRAM = {"telegram": {"bot_name": "@SerenaBot"}}


def links(settings: dict[str, dict[str, str]]) -> list[ChannelLink]:
    found = poster_links(Settings.model_validate(settings))
    return [link for _, link in found if isinstance(link, ChannelLink)]


def test_each_channel_that_has_an_address_gets_its_link_and_no_other() -> None:
    some = links({"web": {"public_url": "https://opina.example/"}, **TELEGRAM})
    assert [(link.name, link.url) for link in some] == [
        ("Página web", "https://opina.example/chat"),
        ("Telegram", "https://t.me/SerenaBot"),
    ]
    assert [link for _, link in poster_links(Settings())] == [
        Missing("[whatsapp] display_number"),
        Missing("[web] public_url"),
        Missing("[telegram] bot_name"),
    ]


def test_a_telegram_link_starts_the_bot_with_the_token() -> None:
    (link,) = links(TELEGRAM)
    assert link.url_for("J87fHE") == "https://t.me/SerenaBot?start=J87fHE"
    assert link.letters_for("J87fHE") == ("t.me/SerenaBot", "?start=J87fHE")


def test_a_web_link_opens_the_chat_page_below_the_public_address() -> None:
    (link,) = links({"web": {"public_url": "https://muni.example/"}})
    assert link.url_for("J87fHE") == "https://muni.example/chat?d=J87fHE"
    assert link.letters_for("J87fHE") == ("muni.example", "/chat?d=J87fHE")


def test_an_address_without_https_keeps_its_scheme_in_letters() -> None:
    (link,) = links({"web": {"public_url": "http://127.0.0.1:8080"}})
    assert "".join(link.letters_for("J87fHE")) == link.url_for("J87fHE")


def test_a_whatsapp_link_drafts_ascii_words_that_hold_the_token() -> None:
    (link,) = links(WHATSAPP)
    url = urlsplit(link.url_for("J87fHE"))
    assert link.url == "https://wa.me/56900000000"
    (draft,) = parse_qs(url.query)["text"]
    assert (url.netloc, url.path) == ("wa.me", "/56900000000")
    assert link.url_for("J87fHE").isascii()
    assert draft.isascii()
    assert re.search(r"\bcodigo j87fhe\b", fold(draft))


def test_the_typed_whatsapp_words_say_the_same_as_the_draft() -> None:
    (link,) = links(WHATSAPP)
    number, words = link.letters_for("J87fHE")
    assert number == "+56 9 0000 0000"
    assert "codigo j87fhe" in fold(words)
    (abroad,) = links({"whatsapp": {"display_number": "4915100000000"}})
    assert abroad.letters_for("J87fHE")[0] == "+4915100000000"
