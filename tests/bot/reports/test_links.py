"""Deep links: what a QR code holds, and what stands beside it for people who type."""

import re
from urllib.parse import parse_qs, urlsplit

from bot.reports.links import channel_links
from handlers.text.folding import fold


def test_each_channel_that_is_on_gets_its_link_and_no_other() -> None:
    links = channel_links(telegram="@SerenaBot", web="https://opina.example/")
    assert [link.name for link in links] == ["Página web", "Telegram"]
    assert channel_links() == []


def test_a_telegram_link_starts_the_bot_with_the_token() -> None:
    (link,) = channel_links(telegram="@SerenaBot")
    assert link.url_for("J87fHE") == "https://t.me/SerenaBot?start=J87fHE"
    assert link.letters_for("J87fHE") == ("t.me/SerenaBot", "?start=J87fHE")


def test_a_web_link_opens_the_chat_page_below_the_public_address() -> None:
    (link,) = channel_links(web="https://muni.example/opina/")
    assert link.url_for("J87fHE") == "https://muni.example/opina/chat?d=J87fHE"
    assert link.letters_for("J87fHE") == ("muni.example/opina", "/chat?d=J87fHE")


def test_an_address_without_https_keeps_its_scheme_in_letters() -> None:
    (link,) = channel_links(web="http://127.0.0.1:8080")
    assert "".join(link.letters_for("J87fHE")) == link.url_for("J87fHE")


def test_a_whatsapp_link_drafts_ascii_words_that_hold_the_token() -> None:
    (link,) = channel_links(whatsapp="56900000000")
    url = urlsplit(link.url_for("J87fHE"))
    (draft,) = parse_qs(url.query)["text"]
    assert (url.netloc, url.path) == ("wa.me", "/56900000000")
    assert link.url_for("J87fHE").isascii()
    assert draft.isascii()
    assert re.search(r"\bcodigo j87fhe\b", fold(draft))


def test_the_typed_whatsapp_words_say_the_same_as_the_draft() -> None:
    (link,) = channel_links(whatsapp="56900000000")
    number, words = link.letters_for("J87fHE")
    assert number == "+56 9 0000 0000"
    assert "codigo j87fhe" in fold(words)
    (abroad,) = channel_links(whatsapp="4915100000000")
    assert abroad.letters_for("J87fHE")[0] == "+4915100000000"
