"""Control runs, kept for good, and the published blocks and baselines that they use."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

import msgspec
from sqlalchemy import Connection, insert, select

from handlers.content.quality import Metric, Scope
from handlers.indicators.counts import Series
from handlers.quality.blocks import Block
from handlers.quality.charts import Rebase
from handlers.quality.control import ControlRun
from handlers.quality.series import AreaChart, area_chart
from handlers.quality.weeks import IsoWeek
from storage.engine.statements import Query
from storage.engine.times import iso_week, micros, moment, stored_week
from storage.tables.quality import baselines_set, control_runs, published_blocks

_KEEP = Query(
    "week int, at int, record bytes",
    "INSERT INTO control_runs (week, made_at, record) "
    "SELECT r.week, r.at, r.record FROM {rows} WHERE true "
    "ON CONFLICT (week) DO NOTHING RETURNING week",
)


def blocks_up_to(tx: Connection, week: IsoWeek, area: str | None = None) -> dict[str, list[Block]]:
    """Each area's published blocks up to a week, oldest first; or those of one area."""
    kept = published_blocks.c
    chosen = select(published_blocks).where(kept.last_week <= stored_week(week))
    if area is not None:
        chosen = chosen.where(kept.area == area)
    rows = tx.execute(chosen.order_by(kept.area, kept.last_week))
    blocks: dict[str, list[Block]] = defaultdict(list)
    for area, last, first, satisfied, n in rows:
        blocks[area].append(Block(area, iso_week(first), iso_week(last), satisfied, n))
    return blocks


class Charts(Mapping[str, AreaChart]):
    """Charts by area, each computed at its first use: most are not needed."""

    def __init__(self, blocks: Mapping[str, Sequence[Block]], decided: Sequence[Rebase]) -> None:
        self._blocks, self._decided = blocks, decided
        self._made: dict[str, AreaChart] = {}

    def __getitem__(self, area: str) -> AreaChart:
        if area not in self._made:
            self._made[area] = area_chart(area, self._blocks[area], self._decided)
        return self._made[area]

    def __iter__(self) -> Iterator[str]:
        return iter(self._blocks)

    def __len__(self) -> int:
        return len(self._blocks)


def charts_of(tx: Connection, week: IsoWeek, area: str | None = None) -> Charts:
    """Each area's chart as of a week's publication; or one area's."""
    decided = [rebase for rebase in rebases(tx) if rebase.decided_week < str(week)]
    return Charts(dict(blocks_up_to(tx, week, area)), decided)


def kept_run(tx: Connection, week: IsoWeek) -> ControlRun | None:
    """The run of a week; None if there is none."""
    record = tx.execute(
        select(control_runs.c.record).where(control_runs.c.week == stored_week(week))
    ).scalar()
    return None if record is None else msgspec.json.decode(record, type=ControlRun)


def newest_run(tx: Connection) -> ControlRun | None:
    """The run of the newest week that has one."""
    newest = select(control_runs.c.record).order_by(control_runs.c.week.desc()).limit(1)
    record = tx.execute(newest).scalar()
    return None if record is None else msgspec.json.decode(record, type=ControlRun)


def kept_runs(tx: Connection) -> list[ControlRun]:
    """Every run, oldest first."""
    records = tx.execute(select(control_runs.c.record).order_by(control_runs.c.week)).scalars()
    return [msgspec.json.decode(record, type=ControlRun) for record in records]


def add_run(tx: Connection, run: ControlRun) -> bool:
    """Store a run; False if its week has one."""
    row = (stored_week(IsoWeek.parse(run.week)), micros(run.made_at), msgspec.json.encode(run))
    return bool(_KEEP.all(tx, [row]))


def keep_run(tx: Connection, run: ControlRun) -> ControlRun:
    """Store a run, unless its week has one; return the week's run."""
    add_run(tx, run)
    kept = kept_run(tx, IsoWeek.parse(run.week))
    assert kept is not None
    return kept


def rebases(tx: Connection, series: Series | None = None) -> tuple[Rebase, ...]:
    """Baselines reset by a person, oldest first: of one indicator, or of all areas' grades."""
    kept, of = baselines_set.c, series or _grades("")
    chosen = select(baselines_set).where(
        kept.measured == of.measured.value, kept.scope == of.scope.value, kept.part == of.part
    )
    if series is not None:
        chosen = chosen.where(kept.area == series.area)
    rows = tx.execute(chosen.order_by(kept.decided_at))
    return tuple(
        Rebase(
            area=row.area,
            first_week=str(iso_week(row.first_week)),
            decided_week=str(iso_week(row.decided_week)),
            decided_at=moment(row.decided_at),
            staff_id=row.staff_id,
            reason=row.reason,
        )
        for row in rows
    )


def add_rebase(tx: Connection, rebase: Rebase, series: Series | None = None) -> None:
    """Store a baseline reset by a person, of an indicator or, by default, of the area's grades.

    Raises sqlalchemy's IntegrityError if it was reset in that week already.
    """
    of = series or _grades(rebase.area)
    tx.execute(
        insert(baselines_set).values(
            area=of.area,
            measured=of.measured.value,
            scope=of.scope.value,
            part=of.part,
            decided_week=stored_week(IsoWeek.parse(rebase.decided_week)),
            first_week=stored_week(IsoWeek.parse(rebase.first_week)),
            decided_at=micros(rebase.decided_at),
            staff_id=rebase.staff_id,
            reason=rebase.reason,
        )
    )


def _grades(area: str) -> Series:
    return Series(Metric.SATISFIED, Scope.AREA, area)
