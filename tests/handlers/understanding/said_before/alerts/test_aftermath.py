"""After danger and beside it: what is over, what only resembles danger, and which help is first."""

from __future__ import annotations

import pytest

from handlers.facts.cases import CaseOpened
from handlers.facts.lookups import LookupMade
from tests.handlers.chat import Chat

FIRE = "hay un incendio al lado de mi casa"
GAS = "hay olor a gas en la cocina"
SWALLOWED = "mi hijo se tomó un frasco de pastillas ayúdenme"
HURT_EN = "my husband fainted and does not wake up"
DOGS = "unos perros están atacando a un niño"
LYING = "hay un caballero tirado en la plaza de armas, no se mueve"
PILLS = "mi hermano tomó muchas pastillas y no despierta"
HIT = "mi marido me pegó anoche y tengo miedo de volver a la casa"
TELL_HELPERS = ("Emergencia\nHizo bien en llamar", "Emergency\nYou did right to call")
NO_ALARM = ("Emergencia", "Emergency", "Ijans")
PHONES = ("131", "132", "133", "*4141")
TILES = "hay baldosas sueltas en la plaza de armas, quiero que las arreglen"
REFUSE = "no pasa el camión de la basura en calle Los Lirios 455 desde el lunes"


@pytest.mark.parametrize(
    ("danger", "texts"),
    [
        (FIRE, ("falsa alarma, era una quema del vecino, ya la apagaron",)),
        (FIRE, ("ya lo apagaron", "no, si estamos bien, no necesito nada, fue un susto")),
        (FIRE, ("llegaron los bomberos",)),
        (FIRE, ("era humo de una parrilla, fue un susto",)),
        (FIRE, ("ya se apagó solo, estamos todos bien",)),
        (GAS, ("ya abrí todo y salimos, llamé a los bomberos, no era nada",)),
        (GAS, ("ya salimos todos, estamos en la calle, que mas hago?",)),
        (GAS, ("no, nadie en peligro. llegaron los bomberos",)),
        (GAS, ("si llamé, ya vienen",)),
        (GAS, ("ya, llegaron y me revisaron, fue un susto",)),
        (LYING, ("ya llamé, vienen en camino, no se si es un infarto",)),
        (LYING, ("ya llamé al 131, me dijeron q lo llevara a urgencia. esta bien el niño",)),
        (LYING, ("llegó la ambulancia, lo están revisando",)),
        (PILLS, ("ya llame viene la ambulancia q hago mientras",)),
        (PILLS, ("ya llegaron, lo están atendiendo, gracias",)),
        ("my husband fell and is bleeding", ("We called, ambulance is here now, he's ok",)),
        ("my house is on fire", ("false alarm, it was the neighbour's barbecue",)),
        ("gen dife nan kay la", ("ponpye yo rive, se te yon fo alam",)),
        ("pitit mwen tonbe li pa respire", ("anbilans la rive, yo ap okipe li, li byen",)),
        (SWALLOWED, ("hola, mi hijo ya salió del hospital, estamos bien, gracias",)),
        (LYING, ("ya le dieron el alta, menos mal",)),
        (HURT_EN, ("he is out of hospital now, thank you",)),
        ("pitit mwen tonbe li pa respire", ("nou tounen lopital, mèsi",)),
        (DOGS, ("ya se fueron los perros",)),
        (DOGS, ("no hay nadie herido",)),
        ("stray dogs attacking people near the beach", ("No, the dogs are gone",)),
    ],
)
def test_the_aftermath_is_closed_kindly_and_searched_for_in_no_card(
    chat: Chat, danger: str, texts: tuple[str, ...]
) -> None:
    assert chat.says(danger).startswith(NO_ALARM)
    for text in texts:
        assert not chat.says(text).startswith(NO_ALARM)
    assert not chat.state.danger
    assert not [fact for fact in chat.facts if isinstance(fact, LookupMade)]


@pytest.mark.parametrize(
    ("danger", "text"),
    [
        (FIRE, "llegaron los bomberos pero mi hijo está adentro"),
        (FIRE, "ya llegó el fuego a mi casa"),
        (FIRE, "era una quema del vecino y ahora se quema mi casa"),
        (GAS, "no llegaron los bomberos"),
        (LYING, "ya llamé y no llega nadie"),
        (LYING, "ya llamé, está bien grave, no reacciona"),
        (LYING, "llegó la ambulancia y mi mamá se desmayó, no respira"),
        (PILLS, "ya llamé pero no respira"),
        (HIT, "ya llegaron, están en la puerta"),
        (HIT, "no me está pegando mi marido, me pega mi hijo"),
        ("my husband fell and is bleeding", "we called but nobody comes"),
    ],
)
def test_what_goes_on_is_no_aftermath(chat: Chat, danger: str, text: str) -> None:
    chat.says(danger)
    assert chat.says(text).startswith(NO_ALARM)


@pytest.mark.parametrize(
    "text",
    [
        "oiga hay un ollo enorme en la calle balmaceda con amunategui casi me saco la cresta",
        "casi me saco la mugre en un hoyo de la calle Brasil",
        "casi me mato con la vereda mala de calle Brasil",
        "casi nos sacamos la cresta con las baldosas sueltas de la plaza",
        "esa cola es un suicidio",
        "ayer avisé de un incendio de pasto. quiero reclamar que el sitio eriazo no lo limpian",
        "llamé por un incendio ayer, quiero reclamar que el sitio sigue sucio",
    ],
)
def test_what_only_resembles_danger_names_no_numbers(chat: Chat, text: str) -> None:
    assert not chat.says(text).startswith(NO_ALARM)
    assert "4141" not in chat.reply.text
    assert not chat.recorded(CaseOpened)


@pytest.mark.parametrize(
    "text",
    [
        "mi marido casi me saca la cresta",
        "casi me sacó la cresta mi pololo",
        "mi ex me saco la cresta anoche",
        "ayer avisé del incendio y sigue ardiendo el pasto",
        "ayer avisé de un incendio y ahora se está quemando otra casa",
    ],
)
def test_what_resembles_them_is_still_an_alarm(chat: Chat, text: str) -> None:
    assert chat.says(text).startswith(NO_ALARM)


def test_a_denied_beating_leaves_the_hole_which_a_complaint_takes_over(chat: Chat) -> None:
    chat.says("hay un hoyo, me pega en la rueda, me pegó fuerte y me pegan los autos")
    chat.says("no, si es un hoyo en la calle Brasil nomas, nadie me está pegando")
    assert "hoyos" in chat.reply.text
    assert "Sigue siendo urgente" not in chat.reply.text
    chat.says("MENÚ")
    chat.presses("Dejar un reclamo")
    assert "hoyo en la calle Brasil" in chat.reply.text


@pytest.mark.parametrize(
    ("text", "phone"),
    [
        (PILLS, "131"),
        ("mi mamá se tomó un frasco de pastillas y no reacciona", "131"),
        ("my sister took pills and won't wake up", "131"),
        (SWALLOWED, "131"),
        ("mi hija adolescente se tomó todas las pastillas de la casa", "131"),
        ("mi sobrino chico se tragó las pastillas de la presión de mi mamá", "131"),
        ("la guagua se comió un imán", "131"),
        ("my kid ate rat poison", "131"),
        ("pitit mwen vale yon pil", "131"),
        ("un caballero medio loco tira piedras a los autos en el semáforo", "133"),
        ("unos cabros lanzan piedras a los autos en la ruta 5", "133"),
        ("hay perros sueltos en la plaza, mordieron a una niña", "131"),
        ("There's a pack of stray dogs on Avenida del Mar, somebody got bitten", "131"),
        ("me tomé todas las pastillas, me quiero morir", "*4141"),
    ],
)
def test_the_help_that_is_needed_first_is_named_first(chat: Chat, text: str, phone: str) -> None:
    said = chat.says(text)
    assert said.startswith(NO_ALARM)
    assert min(said.find(one) % 10_000 for one in ("131", "132", "133", "*4141")) == said.find(
        phone
    )


def test_who_is_dizzy_from_gas_hears_of_the_ambulance(chat: Chat) -> None:
    assert "131" in chat.says("me siento un poco mareado por el gas")


def test_dogs_that_bit_somebody_can_be_reported(chat: Chat) -> None:
    chat.says("hay perros sueltos en la plaza, mordieron a una niña")
    assert chat.offers("complaint")
    assert "perros sueltos" in chat.says("RECLAMO")


@pytest.mark.parametrize("danger", ["mi papá se cayó y no despierta", f"ay, {FIRE}"])
def test_only_the_danger_is_filed_at_once_and_the_rest_is_kept(chat: Chat, danger: str) -> None:
    for text in ("quiero hacer un reclamo", REFUSE, danger):
        chat.says(text)
    (opened,) = chat.recorded(CaseOpened)
    assert opened.text == danger
    assert "basura" in chat.says("RECLAMO")


def test_a_complaint_put_right_is_no_call_for_the_ambulance(chat: Chat) -> None:
    for text in ("quiero hacer un reclamo", TILES):
        chat.says(text)
    chat.says("quedó mal escrito, mejor pongo: baldosas sueltas en la plaza, una señora se cayó")
    assert not chat.recorded(CaseOpened)
    assert "Llame ya" not in chat.reply.text


@pytest.mark.parametrize(
    ("danger", "texts"),
    [
        (SWALLOWED, ("ya llamé, viene la ambulancia, se está quedando dormido",)),
        (SWALLOWED, ("ya llamé", "es mi hijo de 3 años, fueron las pastillas de la presión")),
        (LYING, ("ya llamé al 131", "es un caballero mayor, anda con bastón")),
        (FIRE, ("ya llamé a los bomberos", "vive una señora sola en la casa del lado")),
        (HURT_EN, ("I called the ambulance", "my husband has a heart condition")),
    ],
)
def test_what_is_told_once_help_was_called_is_for_whoever_comes(
    chat: Chat, danger: str, texts: tuple[str, ...]
) -> None:
    chat.says(danger)
    *before, last = texts
    for text in before:
        chat.says(text)
    assert chat.says(last).startswith(TELL_HELPERS)


@pytest.mark.parametrize(
    "text",
    [
        "gracias",
        "mi hija quiere inscribirse en natación",
        "a mi mamá le atendieron mal en Tránsito, un 2",
        "¿dónde saca mi hijo la licencia?",
    ],
)
def test_something_else_is_heard_once_help_was_called(chat: Chat, text: str) -> None:
    chat.says(FIRE)
    chat.says("ya llamé a los bomberos")
    assert not chat.says(text).startswith(NO_ALARM)
