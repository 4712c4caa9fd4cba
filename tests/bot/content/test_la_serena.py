"""What is in the packaged folder of La Serena."""

import time

from bot.content.folder import load_content
from handlers.content.questionnaires.definition import QuestionKind
from tests.bot.content.broken_folder import LA_SERENA


def test_la_serena_has_its_areas_services_and_institutions() -> None:
    content = load_content(LA_SERENA)
    counts = (len(content.areas), len(content.services), len(content.institutions))
    assert counts == (28, 144, 22)
    assert content.municipality == "Municipalidad de La Serena"
    assert {desk.area for desk in content.desks} == content.area_by_id.keys()


def test_la_serena_marks_its_sensitive_areas() -> None:
    marked = {area.id for area in load_content(LA_SERENA).areas if area.sensitive}
    assert marked == {"social", "salud", "mujer", "ninez", "inclusion", "personas-mayores"}


def test_no_area_of_la_serena_claims_a_confirmation_that_nobody_gave() -> None:
    content = load_content(LA_SERENA)
    cards = [*content.areas, *content.services]
    assert {(card.owner, card.confirmed_on, card.link) for card in cards} == {(None, None, None)}


def test_the_example_questionnaire_shows_every_kind_of_question() -> None:
    example = load_content(LA_SERENA).newest["barrio"]
    assert {question.kind for question in example.questions} == set(QuestionKind)
    assert example.groups
    assert example.constraints
    assert any(question.when for question in example.questions)


def test_la_serena_loads_fast() -> None:
    took_s = []
    for _ in range(3):
        began = time.process_time()
        load_content(LA_SERENA)
        took_s.append(time.process_time() - began)
    assert min(took_s) < 0.15
