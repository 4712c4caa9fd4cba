"""An installation opens each part once, when it is asked for, and closes what it opened."""

from __future__ import annotations

import subprocess
import sys
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from bot.config import DatabaseSettings, Settings
from bot.installation import Installation
from bot.process import open_process
from handlers.errors import ContentError, OperatorError
from storage.engine.keyring import Keyring
from tests.bot.one_process import Clock

HEAVY = {"sqlalchemy", "alembic", "aiohttp", "rich", "handlers.search.index", "bot.content.release"}


# What `opina run` needs for its rare work alone: PDF, spreadsheets, pictures, mail, migrations.
RARE = {
    *("alembic", "aiosmtplib", "fpdf", "holidays.countries", "openpyxl", "pikepdf", "PIL"),
    *("pyreqwest", "resvg_py", "segno", "xlsxwriter"),
}
HEAVY_FOR = {
    "bot.installation": HEAVY | RARE,
    "bot.content.release, bot.service": RARE,
}


def of(url: str, keys: Path, content: Path | None = None) -> Installation:
    known = Settings()
    municipality = known.municipality.model_copy(update={"content": content})
    place = DatabaseSettings(url=url, keys=keys)
    settings = known.model_copy(update={"database": place, "municipality": municipality})
    return Installation(settings, Clock())


@pytest.mark.parametrize("modules", HEAVY_FOR)
def test_what_is_imported_at_once_leaves_out_what_only_some_work_needs(modules: str):
    code = f"import sys, {modules}; print(*sys.modules)"
    found = subprocess.run(
        [sys.executable, "-c", code],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert not HEAVY_FOR[modules] & set(found.stdout.split())


async def test_what_is_opened_is_closed_and_not_used_before_or_after(
    sqlite_url: str, tmp_path: Path
):
    here = of(sqlite_url, tmp_path / "keys.toml")
    with pytest.raises(AssertionError, match="not open"):
        _ = here.database
    async with here:
        database = here.database
        assert here.database is database
        assert here.opened_at == here.clock()
        assert await database.read(lambda tx: tx.exec_driver_sql("SELECT 1").scalar()) == 1
        assert here.keyring.fingerprints() == Keyring.read(tmp_path / "keys.toml").fingerprints()
    with pytest.raises(AssertionError, match="not open"):
        _ = here.keyring


async def test_with_another_databases_keys_nothing_stays_open(sqlite_url: str, tmp_path: Path):
    async with of(sqlite_url, tmp_path / "keys.toml"):
        pass
    Keyring.create(tmp_path / "foreign.toml")
    refused = of(sqlite_url, tmp_path / "foreign.toml")
    for opening in (refused, refused.open_unmigrated()):
        with pytest.raises(OperatorError, match="no son las de esta base"):
            async with opening:
                pytest.fail("it opened")
    with pytest.raises(AssertionError, match="not open"):
        _ = refused.database


def test_content_is_read_once_and_a_broken_folder_is_told_each_time(
    sqlite_url: str, tmp_path: Path
):
    here = of(sqlite_url, tmp_path / "keys.toml")
    assert here.content is here.content
    assert here.area_name("aseo-y-ornato-que-no-existe") == "aseo-y-ornato-que-no-existe"
    broken = of(sqlite_url, tmp_path / "keys.toml", tmp_path / "nowhere")
    for _ in range(2):
        with pytest.raises(ContentError, match="nowhere"):
            _ = broken.content


async def test_a_process_whose_journal_of_erasures_cannot_be_written_does_not_start(
    tmp_path: Path,
):
    (tmp_path / "a file").touch()
    for journal in (Path("/dev/null"), tmp_path / "a file" / "erasures.jsonl"):
        place = DatabaseSettings(
            url=f"sqlite:///{tmp_path}/none.db", keys=tmp_path / "keys.toml", journal=journal
        )
        here = Installation(Settings().model_copy(update={"database": place}))
        async with AsyncExitStack() as stack:
            with pytest.raises(OperatorError, match=r"^\[database\] journal: "):
                await open_process(here, stack)
        assert sorted(tmp_path.iterdir()) == [tmp_path / "a file"], "nothing is begun"
