"""Reads a content folder (TOML files that people edit) into a Content, or says all that is wrong.

areas/*.toml hold an area and its services each; questionnaires/*.toml a version of a questionnaire
each; the other tables have a file of their name. Wording and search words are read elsewhere.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Annotated, TypeVar

from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError

from bot.content.places import full_key, keys_at, name_of, path_of, without_twins
from bot.validation import offending_value, remedy
from handlers.content.checks import (
    QUESTIONNAIRES,
    Problem,
    RecordKind,
    problems,
    questionnaire_key,
    word_groups,
)
from handlers.content.fields import Id, LanguageCode, OneLine, ShortName
from handlers.content.mistakes import Mistake, lines
from handlers.content.model import (
    Area,
    CommentTopic,
    Content,
    Desk,
    Emergency,
    Holiday,
    Institution,
    Meaning,
    Service,
)
from handlers.content.quality import Indicator, Policy, SelfAssessment
from handlers.content.questionnaires.definition import Questionnaire
from handlers.errors import ContentError
from handlers.text.display import as_key, quoted
from handlers.text.nearest import did_you_mean, nearest
from storage.files import UnreadableFile, is_there, parse_toml, read_text, read_toml

Record = TypeVar("Record", bound=BaseModel)
Table = dict[str, object]

MUNICIPALITY = "municipality.toml"
EMERGENCIES = "emergencies.toml"
HOLIDAYS = "holidays.toml"  # may be left out
COMMENT_TOPICS = "comment_topics.toml"  # may be left out
AREAS = "areas"
POLICY = "policy.toml"  # may be left out
INDICATORS = "indicators.toml"  # may be left out
SELF_ASSESSMENT = "self-assessment.toml"  # may be left out
_FILES = {
    "desks.toml",
    "institutions.toml",
    "meanings.toml",
    COMMENT_TOPICS,
    EMERGENCIES,
    HOLIDAYS,
    INDICATORS,
    MUNICIPALITY,
    POLICY,
    SELF_ASSESSMENT,
}
NO_FOLDER = "no es una carpeta; debe serlo"
_READ_ELSEWHERE = {"search.toml"}
_ID = re.compile(r'^\s*id\s*=\s*"([^"]*)"', re.MULTILINE)


def load_content(folder: Path) -> Content:
    """Return the validated content of ``folder``.

    Raises ContentError with every problem found, one a line: file, key, what to do.
    """
    if problem := folder_problem(folder):
        raise ContentError([problem])
    reader = _Reader(folder)
    content = reader.content()
    reader.cross_check(content)
    if reader.mistakes:
        raise ContentError(lines(reader.mistakes))
    return content


def folder_problem(folder: Path) -> str:
    """Why ``folder`` cannot be one of content, as a line; empty: it may be."""
    if not os.path.isdir(folder):  # unlike its namesake, it answers for a folder it may not enter
        return f"{folder}: no es una carpeta; indique la que tiene {MUNICIPALITY}"
    if not is_there(folder / MUNICIPALITY) and not is_there(folder / AREAS):
        return f"{folder}: no tiene {MUNICIPALITY} ni {AREAS}; opina content new hace una"
    return ""


def local_names(folder: Path) -> tuple[str, ...]:
    """The names in ``folder`` that hold for its municipality alone. Raises UnreadableFile."""
    names = read_toml(folder / MUNICIPALITY).get("local_names", ())
    return tuple(map(str, names)) if isinstance(names, list) else ()


class _Municipality(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    name: OneLine
    short_name: ShortName
    case_prefix: Annotated[str, StringConstraints(pattern=r"^[A-Z]{1,6}$")] = "M"
    languages: tuple[LanguageCode, ...] = ("es-CL", "en", "ht")
    most_used: tuple[Id, ...] = ()
    native_reviewers: dict[LanguageCode, str] = {}
    local_names: tuple[OneLine, ...] = ()  # what another municipality's content must not say


class _WordGroups(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    words: dict[str, OneLine] = {}


class _Reader:
    """Gathers records and problems; what cannot be read is left out, so that the rest is checked.

    Ids of what was left out are kept: naming them elsewhere is not a problem of its own.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.mistakes: list[Mistake] = []
        self._unreadable: set[str] = set()
        self._files: dict[tuple[RecordKind, str], list[str]] = {}

    def content(self) -> Content:
        """Return what could be read."""
        self._unknown_files()
        known = self._municipality() or _Municipality(name="?", short_name="??")
        areas, services = self._areas()
        emergencies, emergency_groups = self._phrased(Emergency, RecordKind.EMERGENCY, EMERGENCIES)
        topics, topic_groups = self._comment_topics()
        return Content(
            municipality=known.name,
            short_name=known.short_name,
            case_prefix=known.case_prefix,
            languages=known.languages,
            most_used=known.most_used,
            native_reviewers=known.native_reviewers,
            areas=areas,
            services=services,
            desks=self._list(Desk, RecordKind.DESK, "desks.toml"),
            institutions=self._list(Institution, RecordKind.INSTITUTION, "institutions.toml"),
            meanings=self._list(Meaning, RecordKind.MEANING, "meanings.toml"),
            emergencies=emergencies,
            word_groups=emergency_groups,
            comment_topics=topics,
            topic_groups=topic_groups,
            questionnaires=self._questionnaires(),
            holidays=self._holidays(),
            policy=self._optional(Policy, POLICY),
            indicators=self._indicators(),
            self_assessment=self._optional(SelfAssessment, SELF_ASSESSMENT),
        )

    def cross_check(self, content: Content) -> None:
        """Add the problems that only the whole shows, under the files that they are in."""
        if AREAS in self._unreadable:  # everything else names them
            return
        for problem in problems(content, frozenset(self._unreadable)):
            files = self._files.get((problem.kind, problem.id), [_default_file(problem)])
            file = " y ".join(dict.fromkeys(files))
            self._add(file, full_key(problem), problem.text, problem.written)

    def _municipality(self) -> _Municipality | None:
        table = self._table(MUNICIPALITY)
        return None if table is None else self._record(_Municipality, table, MUNICIPALITY, "")

    def _areas(self) -> tuple[tuple[Area, ...], tuple[Service, ...]]:
        areas: list[Area] = []
        services: list[Service] = []
        for file in self._folder_files(AREAS):
            stem = Path(file).stem
            table = self._table(file)
            if table is None:
                self._unreadable.add(stem)
                continue
            self._unknown_keys(table, {"area", "services"}, file)
            area = self._record(Area, table.get("area"), file, "area")
            if area is None:
                self._unreadable.add(stem)
            else:
                self._found(RecordKind.AREA, area.id, file)
                areas.append(area)
                if area.id != stem:
                    text = f"no es el nombre del archivo, {stem}; póngales el mismo a los dos"
                    self._add(file, "area.id", text, quoted(area.id))
            for service in self._records(Service, RecordKind.SERVICE, table, file, {"area"}):
                services.append(service.model_copy(update={"area": area.id if area else stem}))
        return tuple(areas), tuple(services)

    def _questionnaires(self) -> tuple[Questionnaire, ...]:
        read: list[Questionnaire] = []
        for file in self._folder_files(QUESTIONNAIRES):
            table = self._table(file)
            questionnaire = None if table is None else self._record(Questionnaire, table, file, "")
            if questionnaire is None:
                self._unreadable.update((QUESTIONNAIRES, Path(file).stem))
            else:
                self._found(RecordKind.QUESTIONNAIRE, questionnaire_key(questionnaire), file)
                read.append(questionnaire)
        return tuple(read)

    def _comment_topics(self) -> tuple[tuple[CommentTopic, ...], dict[str, str]]:
        if not is_there(self.folder / COMMENT_TOPICS):
            return (), {}
        return self._phrased(CommentTopic, RecordKind.COMMENT_TOPIC, COMMENT_TOPICS)

    def _phrased(
        self, model: type[Record], kind: RecordKind, file: str
    ) -> tuple[tuple[Record, ...], dict[str, str]]:
        """What is recognised by phrases, and the groups of words that they name."""
        table = self._table(file)
        if table is None:
            return (), {}
        groups = self._record(_WordGroups, {"words": table.get("words", {})}, file, "")
        known = {kind.value, "words"}
        if groups is None or "words" in {nearest(key, known) for key in table.keys() - known}:
            self._unreadable.add(word_groups(kind))
        self._unknown_keys(table, known, file)
        records = self._records(model, kind, table, file, set())
        return records, groups.words if groups else {}

    def _holidays(self) -> tuple[Holiday, ...]:
        if not is_there(self.folder / HOLIDAYS):
            return ()
        return self._list(Holiday, RecordKind.HOLIDAY, HOLIDAYS)

    def _indicators(self) -> tuple[Indicator, ...]:
        if not is_there(self.folder / INDICATORS):
            return ()
        return self._list(Indicator, RecordKind.INDICATOR, INDICATORS)

    def _optional(self, model: type[Record], file: str) -> Record | None:
        """The one record of a file that may be left out."""
        table = self._table(file) if is_there(self.folder / file) else None
        return None if table is None else self._record(model, table, file, "")

    def _list(self, model: type[Record], kind: RecordKind, file: str) -> tuple[Record, ...]:
        table = self._table(file)
        if table is None:
            return ()
        self._unknown_keys(table, {kind.value}, file)
        return self._records(model, kind, table, file, set())

    def _records(
        self, model: type[Record], kind: RecordKind, table: Table, file: str, forbidden: set[str]
    ) -> tuple[Record, ...]:
        raw = table.get(kind.value, [])
        if not isinstance(raw, list):
            self._add(file, kind.value, f"no es una lista; cada uno empieza con [[{kind.value}]]")
            return ()
        read: list[Record] = []
        for place, entry in enumerate(raw, start=1):
            name = name_of(entry, place)
            where = f"{kind.value}[{as_key(name)}]"
            for key in forbidden.intersection(entry if isinstance(entry, dict) else ()):
                self._add(file, f"{where}.{key}", "lo dice el archivo; quítela")
            record = self._record(model, entry, file, where)
            if record is not None:
                self._found(kind, name, file)
                read.append(record)
        return tuple(read)

    def _record(self, model: type[Record], raw: object, file: str, where: str) -> Record | None:
        if raw is None:
            self._add(file, where, f"falta; agregue [{where}]")
            return None
        try:
            return model.model_validate(raw)
        except ValidationError as error:
            for details in without_twins(error.errors(), model):
                key = ".".join(part for part in (where, path_of(raw, details["loc"])) if part)
                known = keys_at(model, details["loc"])
                self._add(file, key, remedy(details, known), offending_value(details))
            if isinstance(raw, dict) and isinstance(raw.get("id"), str):
                self._unreadable.add(raw["id"])
            return None

    def _table(self, file: str) -> Table | None:
        """Return a file's parsed content; None, with the reason among the problems, without one."""
        path = self.folder / file
        try:
            text = read_text(path)
        except UnreadableFile as error:
            missing = not is_there(path)
            self._add(file, "", "falta el archivo; agréguelo" if missing else error.reason)
            return None
        try:
            return parse_toml(text)
        except ValueError as error:
            self._add(file, "", f"no es TOML: {error}")
            self._unreadable.update(_ID.findall(text))
            return None

    def _folder_files(self, name: str) -> list[str]:
        folder = self.folder / name
        files = sorted(f"{name}/{path.name}" for path in folder.glob("*.toml"))
        if not files:
            text = "no tiene ningún archivo .toml; agregue uno"
            self._add(f"{name}/", "", text if folder.is_dir() else NO_FOLDER)
            self._unreadable.add(name)
        return files

    def _unknown_files(self) -> None:
        for path in self.folder.glob("*.toml"):
            if path.name not in _FILES | _READ_ELSEWHERE:
                names = _FILES | _READ_ELSEWHERE
                near = did_you_mean(path.name, names) or f" (o uno de {', '.join(sorted(names))})"
                self._add(
                    path.name, "", f"nadie lee este archivo; bórrelo o cámbiele el nombre{near}"
                )

    def _unknown_keys(self, table: Table, known: set[str], file: str) -> None:
        for key in table.keys() - known:
            near = did_you_mean(key, known) or f"; se permite {', '.join(sorted(known))}"
            self._add(file, as_key(key), f"esa clave no existe{near}")

    def _found(self, kind: RecordKind, name: str, file: str) -> None:
        self._files.setdefault((kind, name), []).append(file)

    def _add(self, file: str, key: str, text: str, written: str = "") -> None:
        self.mistakes.append(Mistake(file, key, text, written))


def _default_file(problem: Problem) -> str:
    match problem.kind:
        case RecordKind.MUNICIPALITY:
            return MUNICIPALITY
        case RecordKind.QUESTIONNAIRE:
            return "questionnaires/"
        case RecordKind.AREA | RecordKind.SERVICE:
            return "areas/"
    return f"{problem.kind.value}.toml"
