"""Another municipality's content: made of the packaged one, and with nothing of La Serena in it."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from bot.content.dropping import drop
from bot.content.folder import MUNICIPALITY, load_content, local_names
from bot.content.new_municipality import Town, borrowed, hand_over
from bot.content.release import PACKAGED, load_release
from handlers.content.cards import render_card, render_steps
from handlers.content.model import Area, Content, Institution, Service
from handlers.errors import OperatorError
from handlers.search.index import SearchIndex
from handlers.text.markup import plain

TOWN = Town("Municipalidad de Río Hueco", "Río Hueco", "RH")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(PACKAGED, tmp_path / "content"))


def cards(content: Content) -> tuple[Area | Service | Institution, ...]:
    return (*content.areas, *content.services, *content.institutions)


def test_it_is_whole_and_says_nothing_of_la_serena(folder: Path) -> None:
    hand_over(folder, TOWN)
    release = load_release(folder)
    content = release.content
    assert (content.municipality, content.short_name, content.case_prefix) == TOWN
    assert (len(content.areas), len(content.services), len(content.institutions)) == (28, 144, 22)
    wording = release.wordings["es-CL"]
    said = " ".join(
        plain(rendered)
        for service in content.services
        for rendered in (
            render_card(service, content, wording),
            render_steps(service, content, wording),
        )
    )
    said += " ".join(one.model_dump_json() for one in cards(content))
    for name in local_names(PACKAGED):
        assert name.casefold() not in said.casefold()
    assert content.policy is None
    assert borrowed(folder, PACKAGED) == []


def test_what_rests_on_a_law_is_kept_and_what_the_press_said_is_not_verified(folder: Path) -> None:
    hand_over(folder, TOWN)
    content = load_content(folder)
    assert content.service_by_id["recoleccion-basura"].source == "Ley 18.695, art. 25"
    assert content.service_by_id["recoleccion-basura"].verified
    pharmacy = content.service_by_id["botica-ciudadana"]
    assert (pharmacy.source, pharmacy.verified, pharmacy.place) == (None, False, None)
    assert pharmacy.requirements
    assert not any(".cl" in (one.source or "") for one in content.services)


def test_each_area_has_a_desk_whose_code_is_nobody_elses(folder: Path, tmp_path: Path) -> None:
    other = Path(shutil.copytree(PACKAGED, tmp_path / "other"))
    hand_over(folder, TOWN)
    hand_over(other, Town("Municipalidad de Puerto Hueco", "Puerto Hueco", "PH"))
    contents = [load_content(one) for one in (folder, other, PACKAGED)]
    tokens = [desk.token for content in contents for desk in content.desks]
    assert len({token.casefold() for token in tokens}) == len(tokens)
    for content in contents:
        assert {desk.area for desk in content.desks} == content.area_by_id.keys()


def test_a_copy_under_another_name_is_told_what_it_still_says_of_la_serena(folder: Path) -> None:
    file = folder / MUNICIPALITY
    assert borrowed(folder, PACKAGED) == []
    text = file.read_text(encoding="utf-8").replace('"Municipalidad de La S', '"Municipalidad de S')
    file.write_text(text.replace('short_name = "La Serena"', 'short_name = "Serón"'), "utf-8")
    told = borrowed(folder, PACKAGED)
    assert told == []  # its own local_names are the same: what it says is local here too
    start = text.index("local_names = [")
    without = text[:start] + text[text.index("]", start) + 1 :]
    file.write_text(without.replace('short_name = "La Serena"', 'short_name = "Serón"'), "utf-8")
    told = borrowed(folder, PACKAGED)
    assert "policy.toml:11: «Decreto N° 1351»" in told
    assert any(re.match(r"institutions\.toml:\d+: «La Serena»", line) for line in told)
    assert not any(line.startswith("search.toml") for line in told)


def test_an_area_goes_with_all_that_names_it(folder: Path) -> None:
    before = load_content(folder)
    token = next(desk.token for desk in before.desks if desk.area == "salud")
    dropped = drop(folder, ["salud", "sii", "otras-municipalidades"])
    after = load_release(folder).content
    gone = {service.id for service in before.services if service.area == "salud"}
    assert set(dropped.cards) == {"salud", "sii", "otras-municipalidades", *gone}
    assert dropped.desks == (token,)
    assert after.area_by_id.keys() == before.area_by_id.keys() - {"salud"}
    assert after.institution_by_id.keys() == before.institution_by_id.keys() - {
        "sii",
        "otras-municipalidades",
    }
    assert "salud" not in after.most_used
    assert not any(set(meaning.cards) & set(dropped.cards) for meaning in after.meanings)


def test_what_is_left_is_found_as_before_and_reads_as_before(folder: Path) -> None:
    untouched = (folder / "areas" / "aseo.toml").read_bytes()
    drop(folder, ["salud"])
    assert (folder / "areas" / "aseo.toml").read_bytes() == untouched
    index: SearchIndex = load_release(folder).index
    assert index.rank("no pasó el camión de la basura").hits[0].id == "recoleccion-basura"


def test_a_service_goes_alone(folder: Path) -> None:
    drop(folder, ["playas"])
    content = load_content(folder)
    assert "playas" not in content.service_by_id
    assert "turismo" in content.area_by_id


@pytest.mark.parametrize(
    ("ids", "said"),
    [
        (["transit"], "«transit» no es el id de un área, servicio o institución"),
        (["playas", "nada-de-eso"], "«nada-de-eso» no es el id"),
    ],
)
def test_what_is_not_there_is_refused_and_nothing_changes(
    folder: Path, ids: list[str], said: str
) -> None:
    with pytest.raises(OperatorError, match=said):
        drop(folder, ids)
    assert load_content(folder) == load_content(PACKAGED)


def test_the_last_area_stays(folder: Path) -> None:
    with pytest.raises(OperatorError, match="no quedaría ningún área"):
        drop(folder, load_content(folder).area_by_id)
