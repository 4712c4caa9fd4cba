"""Builds a release from a content folder: content, wording and search index, all checked."""

from __future__ import annotations

import tomllib
from functools import cache, partial
from pathlib import Path

from pydantic import ValidationError

from bot.config import Municipality
from bot.content.folder import load_content
from bot.content.language import load_languages
from handlers.content.cards import render_card
from handlers.content.checks import long_cards
from handlers.content.lexicon import Lexicon
from handlers.content.model import Content, GeneralContact
from handlers.content.wording import Wording, contract_of, parse
from handlers.errors import ContentError
from handlers.listening.linear import LinearModel
from handlers.listening.listener import Listener
from handlers.release import DEFAULT_LANGUAGE, Release
from handlers.search.index import SearchIndex
from handlers.search.words import SearchWords, read_words

PACKAGED = Path(__file__).parent / "la_serena"
LANGUAGES = Path(__file__).parent / "language"
ACTS = "acts.bin"
SEARCH_WORDS = "search.toml"


def load_release(folder: Path = PACKAGED, municipality: Municipality | None = None) -> Release:
    """The release of ``folder`` with the general contact and time zone of the configuration.

    Raises ContentError with every problem of every file, one a line.
    """
    problems: list[str] = []
    content: Content | None = None
    try:
        content = load_content(folder)
    except ContentError as error:
        problems += error.problems
    languages = content.languages if content else _worded(folder)
    wordings = _wordings(folder, languages, problems)
    words = _search_words(folder, content, problems)
    spoken = load_languages(folder, problems)
    if content is not None:
        content = _configured(content, municipality or Municipality())
        for wording in wordings.values():
            render = partial(render_card, content=content, wording=wording)
            for problem in long_cards(content, render):
                problems.append(f"areas: {problem.id}: {problem.key}: {problem.text}")
    if problems or content is None:
        raise ContentError(problems)
    index = SearchIndex.build(content, words)
    return Release(content, wordings, index, Lexicon(spoken), load_listener())


@cache
def load_listener() -> Listener:
    """What the assistant listens with: the model that the program brings along."""
    return Listener(LinearModel((LANGUAGES / ACTS).read_bytes()))


def _configured(content: Content, municipality: Municipality) -> Content:
    general = GeneralContact(
        phone=municipality.phone,
        email=municipality.email,
        hours=municipality.hours,
        place=municipality.place,
    )
    return content.model_copy(update={"general": general, "timezone": municipality.timezone})


def _worded(folder: Path) -> tuple[str, ...]:
    """The languages that the folder has sentences in, where its own list cannot be read."""
    return tuple(sorted(file.stem for file in (folder / "wording").glob("*.ftl")))


def _wordings(folder: Path, languages: tuple[str, ...], problems: list[str]) -> dict[str, Wording]:
    found = {}
    contract = contract_of((PACKAGED / _wording(DEFAULT_LANGUAGE)).read_text(encoding="utf-8"))
    for language in dict.fromkeys((DEFAULT_LANGUAGE, *languages)):
        name = _wording(language)
        file = folder / name
        try:
            found[language] = parse(language, file.read_text(encoding="utf-8"), contract, name)
        except (OSError, UnicodeDecodeError):
            problems.append(f"{name}: missing or not UTF-8; every language needs its sentences")
        except ContentError as error:
            problems += error.problems
    return found


def _wording(language: str) -> str:
    return f"wording/{language}.ftl"


def _search_words(folder: Path, content: Content | None, problems: list[str]) -> SearchWords | None:
    file = folder / SEARCH_WORDS
    if not file.is_file():
        return None
    try:
        words = read_words(tomllib.loads(file.read_text(encoding="utf-8")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        problems.append(f"{SEARCH_WORDS}: not valid TOML: {error}")
        return None
    except ValidationError as error:
        for problem in error.errors():
            key = ".".join(str(part) for part in problem["loc"])
            problems.append(f"{SEARCH_WORDS}: {key}: {problem['msg']}")
        return None
    if content is not None:
        for card in words.unknown_ids(content):
            problems.append(f"{SEARCH_WORDS}: phrases.{card}: no such card; remove it")
    return words
