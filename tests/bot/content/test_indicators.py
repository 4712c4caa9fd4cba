"""indicators.toml is read strictly: a mistake is one line that names file, key and remedy."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from bot.content.folder import load_content
from handlers.content.indicator_checks import indicator_mistakes
from handlers.content.model import Content
from handlers.content.quality import Metric, Scope
from handlers.release import Release
from tests.bot.content.broken_folder import LA_SERENA, problems_of, replace

Changes = dict[str, object]


@pytest.fixture(scope="module")
def content(release: Release) -> Content:
    return release.content


def mistakes(content: Content, name: str, changes: Changes, *, added: bool = False) -> list[str]:
    """What is said once one indicator is changed, or has a second version."""
    one = next(one for one in content.indicators if one.id == name)
    changed = one.model_copy(update=changes)
    kept = [other for other in content.indicators if added or other is not one]
    whole = content.model_copy(update={"indicators": (*kept, changed)})
    return [" ".join(wrong) for wrong in indicator_mistakes(whole)]


def test_la_serena_defines_every_figure_that_is_measured(content: Content) -> None:
    assert {one.measured for one in content.indicators} == set(Metric)
    assert not any(one.target for one in content.indicators), "targets are the municipality's"
    assert list(indicator_mistakes(content)) == []


def test_a_mistake_in_the_file_is_one_line_and_no_file_is_none(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(LA_SERENA, tmp_path / "content"))
    file = folder / "indicators.toml"
    replace(file, 'measured = "net"', 'measured = "neto"')
    replace(file, "chart = true\n\n", "chart = true\nmeta = 80\nleast = 9\n\n")
    replace(file, 'reason = "espera"', 'reason = "esperra"')
    found = sorted(problems_of(folder))
    assert len(found) == 4
    for said in (
        "indicators.toml: indicators[neta].measured",
        "indicators.toml: indicators[nota-6-7].meta",
        "indicators.toml: indicators[nota-6-7].least",
        "indicators.toml: indicators[motivo-espera].reason",
    ):
        assert sum(problem.startswith(said) for problem in found) == 1, (said, found)
    file.unlink()
    assert load_content(folder).indicators == ()


@pytest.mark.parametrize(
    ("name", "changes", "said"),
    [
        ("nota-6-7", {"target": -5}, "target un porcentaje va de 0 a 100"),
        ("nota-6-7", {"reason": "espera"}, "reason va con measured = reason"),
        ("motivo-espera", {"reason": None}, "reason va con measured = reason"),
        ("motivo-espera", {"reason": "esperra"}, "¿quiso decir espera?"),
        ("cobertura", {"period": "week"}, 'period coverage tiene el período "now"'),
        ("llego-al-final", {"scope": Scope.AREA}, "scope completion se publica por municipality"),
        ("neta", {"scope": Scope.SERVICE}, "scope net se publica por area"),
        ("nota-6-7", {"scope": Scope.DESK}, "chart sólo satisfied por area"),
        ("neta", {"chart": True}, "chart sólo satisfied por area"),
        ("neta", {"version": 2}, "version las versiones van de 1 en adelante"),
    ],
)
def test_what_a_figure_cannot_say_is_refused(
    content: Content, name: str, changes: Changes, said: str
) -> None:
    (problem,) = mistakes(content, name, changes)
    assert said in problem


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"version": 1, "valid_from": date(2026, 6, 1)}, "sin saltos ni repetidas"),
        ({"version": 3, "valid_from": date(2026, 6, 1)}, "sin saltos ni repetidas"),
        ({"version": 2, "valid_from": date(2025, 6, 1)}, "valid_from debe regir desde después"),
        (
            {
                "version": 2,
                "valid_from": date(2026, 6, 1),
                "measured": Metric.USEFUL,
                "period": "week",
            },
            "dele otro id en vez de otra versión",
        ),
    ],
)
def test_a_version_that_would_rewrite_history_is_refused(
    content: Content, changes: Changes, said: str
) -> None:
    (problem,) = mistakes(content, "neta", changes, added=True)
    assert said in problem


def test_a_new_version_stands_beside_the_old_one(content: Content) -> None:
    changes: Changes = {"version": 2, "valid_from": date(2026, 6, 1), "target": 20}
    assert mistakes(content, "neta", changes, added=True) == []
