"""Builds a release from a content folder: content, wording and search index, all checked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from bot.config import (
    CaseSettings,
    MeasureSettings,
    MunicipalitySettings,
    PrivacySettings,
    Settings,
)
from bot.content.collector_pause import without_collecting
from bot.content.folder import (
    AREAS,
    EMERGENCIES,
    MUNICIPALITY,
    NO_FOLDER,
    folder_problem,
    load_content,
)
from bot.content.language import load_languages, packaged_languages
from bot.validation import key_path, offending_value, remedy
from handlers.content.cards import MAX_STEPS, render_card, render_steps
from handlers.content.checks import Problem, long_cards
from handlers.content.language import Language
from handlers.content.lexicon.lexicon import Lexicon
from handlers.content.mistakes import Mistake, lines
from handlers.content.model import Content, Service, next_step
from handlers.content.rules import CaseRules, GeneralContact, MeasureRules, PrivacyTerms
from handlers.content.wording import Wording, parse
from handlers.errors import ContentError
from handlers.listening.linear import LinearModel
from handlers.listening.listener import Listener
from handlers.privacy.patterns import patterns
from handlers.release import DEFAULT_LANGUAGE, AreaNames, Release
from handlers.search.index import SearchIndex
from handlers.search.words import SearchWords, read_words
from handlers.text.display import as_key, quoted
from handlers.text.folding import fold
from handlers.text.markup import plain
from handlers.text.nearest import did_you_mean
from handlers.text.phrases import forget_tokens
from handlers.understanding.intents.danger import EMERGENCY_OF
from storage.files import UnreadableFile, is_there, read_bytes, read_text, read_toml

PACKAGED = Path(__file__).parent / "la_serena"
LANGUAGES = Path(__file__).parent / "language"
ACTS = "acts.bin"
SEARCH_WORDS = "search.toml"
EXAMPLES = "examples"
CARDS_MODEL = "search.bin"
MOST_OF_MODEL = 20_000_000  # bytes; La Serena's has one million


def folder_of(settings: Settings) -> Path:
    """The configured content folder, or the packaged one.

    Raises ContentError, which names the setting, where the configured one is none.
    """
    folder = settings.municipality.content
    if folder is not None and (problem := folder_problem(folder)):
        raise ContentError([f"[municipality] content: {problem}"])
    return folder or PACKAGED


def release_of(settings: Settings) -> Release:
    """The configured content, or the packaged one. Raises ContentError."""
    folder = folder_of(settings)
    release = load_release(
        folder, settings.municipality, settings.cases, settings.privacy, settings.measures
    )
    address = settings.web.public_url
    return replace(release, panel=f"{address.rstrip('/')}/panel") if address else release


def content_of(settings: Settings) -> Content:
    """Its areas, services and rules alone, which is quicker. Raises ContentError."""
    content = load_content(folder_of(settings))
    return _configured(
        content, settings.municipality, settings.cases, settings.privacy, settings.measures
    )


@without_collecting
def load_release(
    folder: Path = PACKAGED,
    municipality: MunicipalitySettings | None = None,
    cases: CaseSettings | None = None,
    privacy: PrivacySettings | None = None,
    measures: MeasureSettings | None = None,
) -> Release:
    """The release of ``folder`` with the contact, time zone and terms of the configuration.

    Raises ContentError with every problem of every file, one a line.
    """
    problems: list[str] = []
    content: Content | None = None
    try:
        content = load_content(folder)
    except ContentError as error:
        if not is_there(folder / MUNICIPALITY) and not is_there(folder / AREAS):
            raise
        problems += error.problems
    languages = content.languages if content else _worded(folder)
    wordings = _wordings(folder, languages, problems)
    words = _search_words(folder, content, problems)
    model = _cards_model(folder, problems)
    spoken = load_languages(folder, problems)
    if content is not None:
        content = _configured(
            content,
            municipality or MunicipalitySettings(),
            cases or CaseSettings(),
            privacy or PrivacySettings(),
            measures or MeasureSettings(),
        )
        problems += lines(_unfit(content, wordings))
    if problems or content is None:
        raise ContentError(problems)
    return _build(content, wordings, _lexicon(spoken), SearchIndex.build(content, words, model))


def _lexicon(spoken: Sequence[Language]) -> Lexicon:
    return _packaged_lexicon() if spoken is packaged_languages() else Lexicon(spoken)


@cache  # once a process: reading their phrases takes a third of a load
def _packaged_lexicon() -> Lexicon:
    return Lexicon(packaged_languages())


def _build(
    content: Content, wordings: dict[str, Wording], lexicon: Lexicon, index: SearchIndex
) -> Release:
    """The release; what is compiled once is compiled here, not during the first message."""
    names = AreaNames(content.areas)
    listener = Listener(load_acts(), lexicon.breaks)
    patterns(lexicon.names)
    forget_tokens()
    cards = {fold(service.name): service.id for service in content.services}
    return Release(content, wordings, index, lexicon, listener, names, cards)


def _unfit(content: Content, wordings: Mapping[str, Wording]) -> Iterator[Mistake]:
    """What does not fit between the content and its wordings."""
    yield from _unanswered(content)
    yield from _unworded(content, wordings)
    for wording in wordings.values():
        for problem in _too_long(content, wording):
            yield Mistake("areas", f"{problem.id}.{problem.key}", problem.text)


def _too_long(content: Content, wording: Wording) -> list[Problem]:
    """What no message has room for."""

    def card(service: Service) -> str:
        return plain(render_card(service, content, wording))

    def steps(service: Service) -> str:
        return plain(render_steps(service, content, wording))

    return [*long_cards(content, card), *long_cards(content, steps, "steps", MAX_STEPS)]


@cache
def load_acts() -> LinearModel:
    """What the assistant listens with: the model that the program brings along."""
    return LinearModel((LANGUAGES / ACTS).read_bytes())


def _unanswered(content: Content) -> list[Mistake]:
    """Dangers that the model hears and no emergency of the content answers."""
    known = {emergency.id for emergency in content.emergencies}
    remedy = "falta, y quien cuente de ese peligro no sabría a quién llamar; cópiela del contenido"
    return [
        Mistake(EMERGENCIES, f"emergencies[{id}]", f"{remedy} que trae el programa")
        for id in dict.fromkeys(EMERGENCY_OF.values())
        if id not in known
    ]


def _unworded(content: Content, wordings: Mapping[str, Wording]) -> list[Mistake]:
    """Emergencies whose reply is no sentence of the wording, or has nothing to say next."""
    known = next(iter(wordings.values())).contract if wordings else {}
    replies = {name for name in known if next_step(name) in known}
    return [
        Mistake(
            EMERGENCIES,
            f"emergencies[{emergency.id}].reply",
            "no es una oración"
            + (did_you_mean(emergency.reply, replies) or f"; de {_wording(DEFAULT_LANGUAGE)}"),
            quoted(emergency.reply),
        )
        for emergency in content.emergencies
        if replies and emergency.reply not in replies
    ]


def _configured(
    content: Content,
    municipality: MunicipalitySettings,
    cases: CaseSettings,
    privacy: PrivacySettings,
    measures: MeasureSettings,
) -> Content:
    general = GeneralContact(
        phone=municipality.phone,
        email=municipality.email,
        hours=municipality.hours,
        place=municipality.place,
    )
    terms = PrivacyTerms(
        answer_days=privacy.answer_days,
        extension_days=privacy.extension_days,
        block_working_days=privacy.block_working_days,
        agency_working_days=privacy.agency_working_days,
        breach_report_hours=privacy.breach_report_hours,
        comments_days=privacy.comments_days,
    )
    return content.model_copy(
        update={
            "general": general,
            "timezone": municipality.timezone,
            "case_rules": CaseRules(**cases.model_dump()),
            "measure_rules": MeasureRules(**measures.model_dump()),
            "privacy": terms,
        }
    )


def _worded(folder: Path) -> tuple[str, ...]:
    """The languages that the folder has sentences in, where its own list cannot be read."""
    return tuple(sorted(file.stem for file in (folder / "wording").glob("*.ftl")))


def _wordings(folder: Path, languages: tuple[str, ...], problems: list[str]) -> dict[str, Wording]:
    found = {}
    contract = (PACKAGED / _wording(DEFAULT_LANGUAGE)).read_text(encoding="utf-8")
    for language in dict.fromkeys((DEFAULT_LANGUAGE, *languages)):
        name = _wording(language)
        file = folder / name
        try:
            packaged = _packaged_wording(language) if folder != PACKAGED else ""
            found[language] = parse(language, read_text(file), contract, name, packaged)
        except UnreadableFile as error:
            why = error.reason if is_there(file) else "falta el archivo"
            problems.append(f"{name}: {why}; cada idioma necesita sus oraciones")
        except ContentError as error:
            problems += error.problems
    return found


def _packaged_wording(language: str) -> str:
    """The sentences that the program brings along in a language; "" if it does not speak it."""
    file = PACKAGED / _wording(language)
    return file.read_text(encoding="utf-8") if file.is_file() else ""


def _wording(language: str) -> str:
    return f"wording/{language}.ftl"


def _search_words(folder: Path, content: Content | None, problems: list[str]) -> SearchWords | None:
    file = folder / SEARCH_WORDS
    if not is_there(file):
        return None
    try:
        words = read_words({**read_toml(file), "examples": _examples(folder, problems)})
    except UnreadableFile as error:
        problems.append(f"{SEARCH_WORDS}: {error.reason}")
        return None
    except ValidationError as error:
        problems += lines(map(_mistake, error.errors()))
        return None
    if content is not None:
        cards = {*content.service_by_id, *content.area_by_id, *content.institution_by_id}
        problems += lines(
            Mistake(
                *_place(table, card),
                f"esa ficha no existe{did_you_mean(card, cards) or '; bórrela'}",
                same="card",
            )
            for table, card in words.unknown_ids(content)
        )
    return words


def _place(table: str, card: str) -> tuple[str, str]:
    """The file that names a card, and the key."""
    file = table.removeprefix(f"{EXAMPLES}.")
    if file != table:
        return f"{EXAMPLES}/{file}.toml", as_key(card)
    return SEARCH_WORDS, f"{table}.{as_key(card)}"


def _mistake(details: ErrorDetails) -> Mistake:
    """A validation error as a mistake in search.toml, or in one of the files of examples."""
    file, loc = SEARCH_WORDS, details["loc"]
    if loc[0] == EXAMPLES and len(loc) > 1:
        file, loc = f"{EXAMPLES}/{loc[1]}.toml", loc[2:]
    known = SearchWords.model_fields if file == SEARCH_WORDS else ()
    return Mistake(file, key_path(loc), remedy(details, known), offending_value(details))


def search_words(folder: Path = PACKAGED) -> SearchWords:
    """The search words of a content folder, with their examples; for training and measuring.

    Raises ContentError.
    """
    problems: list[str] = []
    words = _search_words(folder, None, problems)
    if words is None:
        raise ContentError(problems)
    return words


def _examples(folder: Path, problems: list[str]) -> dict[str, object]:
    """What each file of `examples/` has, by the file's name; they are validated with the words."""
    found: dict[str, object] = {}
    if is_there(folder / EXAMPLES) and not (folder / EXAMPLES).is_dir():
        problems.append(f"{EXAMPLES}: {NO_FOLDER}")
    for file in sorted((folder / EXAMPLES).glob("*.toml")):
        try:
            found[file.stem] = read_toml(file)
        except UnreadableFile as error:
            problems.append(f"{EXAMPLES}/{file.name}: {error.reason}")
    return found


def _cards_model(folder: Path, problems: list[str]) -> LinearModel | None:
    """The model that was trained on this folder's phrases, if it was."""
    file = folder / CARDS_MODEL
    if not is_there(file):
        return None
    try:
        return LinearModel(read_bytes(file, MOST_OF_MODEL))
    except UnreadableFile as error:
        problems.append(f"{CARDS_MODEL}: {error.reason}, o bórrelo")
    except ContentError:
        problems.append(f"{CARDS_MODEL}: está dañado; bórrelo o créelo de nuevo con `make train`")
    return None
