"""Phrases: compared by sound, with endings, alternatives, gaps, groups and whole texts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.text.phrases import (
    PhraseClassifier,
    PhraseIndex,
    read_phrase,
    read_phrases,
    sound,
    spelling,
)


def recognises(text: str, *wanted: str, ordinary: tuple[str, ...] = ()) -> bool:
    groups = {"casa": "casa rancha depto*"}
    return PhraseClassifier([(wanted, ordinary)], groups).first(text) == 0


@pytest.mark.parametrize(
    ("written", "spelt"),
    [
        ("insendio", "incendio"),
        ("ay una bibora", "hay una víbora"),
        ("kiero", "quiero"),
        ("yamen a la anbulansia", "llamen a la ambulancia"),
        ("auxiliooooo", "auxilio"),
        ("wawa", "guagua"),
        ("jente", "gente"),
        ("esplosion", "explosión"),
    ],
)
def test_words_that_sound_alike_are_alike(written: str, spelt: str) -> None:
    assert sound(written) == sound(spelt)


def test_numbers_keep_their_repeated_digits() -> None:
    assert sound("133") == ("133",)


@pytest.mark.parametrize(
    ("phrase", "text", "found"),
    [
        ("hay fuego", "aquí hay fuego", True),
        ("hay fuego", "hay mucho fuego", False),
        ("hay ... fuego", "hay mucho fuego", True),
        ("hay ... fuego", "hay fuego", True),
        ("hay ... fuego", "hay uno dos tres fuego", True),
        ("hay ... fuego", "hay uno dos tres cuatro fuego", False),
        ("incendi*", "se está incendiando", True),
        ("incendio", "incendios", False),
        ("hay fuego|humo", "hay humo", True),
        ("hay fuego|humo", "hay gente", False),
        ("= fuego", "¡Fuego!", True),
        ("= fuego", "fuego lento", False),
        ("= fuego", "a fuego", False),
        ("arde ... <casa>", "arde toda la rancha", True),
        ("arde ... <casa>", "arde un departamento", False),
        ("arde ... <casa>", "arde el depto del lado", True),
        ("arde ... <casa>", "arde el pasto", False),
        ("hay un? fuego", "hay un fuego", True),
        ("hay un? fuego", "hay fuego", True),
        ("hay un|mucho? fuego", "hay poco fuego", False),
        ("hace #|dos dias", "hace 14 dias", True),
        ("hace #|dos dias", "hace dos dias", True),
        ("hace #|dos dias", "hace tres dias", False),
        ("hay * fuego", "hay uno dos tres cuatro cinco fuego", True),
        ("hay * fuego", "fuego hay", False),
    ],
)
def test_a_phrase_is_found_where_it_stands(phrase: str, text: str, found: bool) -> None:
    assert recognises(text, phrase) is found


def test_an_ordinary_phrase_hides_only_itself() -> None:
    ordinary = ("seguro ... incendio",)
    assert not recognises("un seguro contra incendio", "incendio", ordinary=ordinary)
    assert recognises(
        "no tengo seguro contra incendio y hay un incendio", "incendio", ordinary=ordinary
    )


def test_an_ordinary_phrase_ends_with_its_sentence() -> None:
    ordinary = ("certificado ... incendio",)
    assert not recognises("un certificado de incendio", "incendio", ordinary=ordinary)
    assert recognises("¿y el certificado? ¡incendio!", "incendio", ordinary=ordinary)


def test_no_phrase_reaches_across_a_hidden_one() -> None:
    assert recognises("hay linda leña fuego", "hay ... fuego")
    assert not recognises("hay linda leña fuego", "hay ... fuego", ordinary=("linda leña",))


def test_the_first_meaning_wins() -> None:
    both = PhraseClassifier([(("se quema",), ()), (("la casa",), ())], {})
    assert both.first("la casa se quema") == 0
    assert both.first("la casa") == 1
    assert both.first("el perro") is None


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("", "empieza y termina"),
        ("=", "empieza y termina"),
        ("... fuego", "empieza y termina"),
        ("hay ...", "empieza y termina"),
        ("hay fu*", "muy corto"),
        ("hay fuego|", "no es una palabra"),
        ("hay fuego, mucho", "no es una palabra"),
        ("<nada> fuego", "grupo de palabras que no existe, <nada>"),
    ],
)
def test_a_phrase_that_cannot_be_read_is_refused_with_its_reason(written: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        read_phrase(written, {})


@given(st.text())
def test_any_text_can_be_searched(text: str) -> None:
    assert PhraseClassifier([(("hay ... fuego",), ("fuego lento",))], {}).first(text) in (None, 0)


def test_what_is_said_over_and_over_is_found_once_in_each_place() -> None:
    """Not once for each time that the word is said, which takes the square of the time."""
    index = PhraseIndex([(0, "mucha fila"), (1, "esper* ... nada")], {})
    words = sound("mucha fila " * 50 + "espero nada " * 50)
    places = [(0, at, at + 2) for at in range(0, 100, 2)]
    places += [(1, at, at + 2) for at in range(100, 200, 2)]
    assert sorted(index.find(words)) == places


MANY = ("hay|veo fuego", "fueg* ... casa", "=no hay", "se|le? quema", "hay * casa|fuego", "# casas")


@given(st.lists(st.sampled_from("hay veo fuego fuegos casa casas no se le quema 3".split())))
def test_an_index_finds_what_each_of_its_phrases_finds(words: list[str]) -> None:
    read = [(rank, one) for rank, text in enumerate(MANY) for one in read_phrases(text, {})]
    words = [*sound(" ".join(words))]
    found = {(rank, *span) for rank, phrase in read for span in phrase.spans(words)}
    assert set(PhraseIndex(enumerate(MANY), {}).find(words)) == found


def test_phrases_may_be_compared_as_they_are_spelt() -> None:
    index = PhraseIndex([(0, "hace # meses"), (1, "incendio")], {}, spelling)
    assert index.find(spelling("Hace 3meses")) == [(0, 0, 3)]
    assert index.find(spelling("un insendio")) == []


@pytest.mark.parametrize("phrase", ["a? b? c? d? e? f", "#", "# ... #", "b? ... c"])
def test_a_phrase_of_too_little_or_too_much_is_refused(phrase: str) -> None:
    with pytest.raises(ValueError, match=r"a lo más|no se entiende"):
        read_phrases(phrase, {}, spelling)
