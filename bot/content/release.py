"""Builds a release from a content folder: content, wording and search index, all checked."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path

from pydantic import ValidationError

from bot.config import Municipality
from bot.content.folder import load_content
from bot.validation import remedy, written
from handlers.content.cards import render_card
from handlers.content.checks import long_cards
from handlers.content.mistakes import Mistake, lines
from handlers.content.model import Content, GeneralContact
from handlers.content.wording import Wording, parse
from handlers.errors import ContentError
from handlers.release import DEFAULT_LANGUAGE, Release
from handlers.search.index import SearchIndex
from handlers.search.words import SearchWords, read_words
from handlers.text.nearest import did_you_mean
from storage.files import UnreadableFile, read_text, read_toml

PACKAGED = Path(__file__).parent / "la_serena"
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
        if not os.path.isdir(folder):
            raise
        problems += error.problems
    languages = content.languages if content else _worded(folder)
    wordings = _wordings(folder, languages, problems)
    words = _search_words(folder, content, problems)
    if content is not None:
        content = _configured(content, municipality or Municipality())
        too_long = [
            Mistake("areas", f"{problem.id}.{problem.key}", problem.text)
            for wording in wordings.values()
            for problem in long_cards(
                content, partial(render_card, content=content, wording=wording)
            )
        ]
        problems += lines(too_long)
    if problems or content is None:
        raise ContentError(problems)
    return Release(content, wordings, SearchIndex.build(content, words))


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
    for language in dict.fromkeys((DEFAULT_LANGUAGE, *languages)):
        file = folder / "wording" / f"{language}.ftl"
        name = f"wording/{language}.ftl"
        try:
            found[language] = parse(language, read_text(file), name)
        except UnreadableFile as error:
            why = error.reason if os.path.exists(file) else "falta el archivo"
            problems.append(f"{name}: {why}; cada idioma necesita sus oraciones")
        except ContentError as error:
            problems += error.problems
    return found


def _search_words(folder: Path, content: Content | None, problems: list[str]) -> SearchWords | None:
    file = folder / SEARCH_WORDS
    if not os.path.exists(file):
        return None
    try:
        words = read_words(read_toml(file))
    except UnreadableFile as error:
        problems.append(f"{SEARCH_WORDS}: {error.reason}")
        return None
    except ValidationError as error:
        problems += lines(
            Mistake(
                SEARCH_WORDS,
                ".".join(str(part) for part in details["loc"]),
                remedy(details, SearchWords.model_fields),
                written(details),
            )
            for details in error.errors()
        )
        return None
    if content is not None:
        cards = {*content.service_by_id, *content.area_by_id, *content.institution_by_id}
        problems += lines(
            Mistake(
                SEARCH_WORDS,
                f"phrases.{card}",
                f"esa ficha no existe{did_you_mean(card, cards) or '; bórrela'}",
                same="card",
            )
            for card in words.unknown_ids(content)
        )
    return words
