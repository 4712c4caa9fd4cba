"""Random citizens rate, change, wait and leave: what they were told last is what is counted."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handlers.facts.own_data import DataErased
from handlers.facts.responses import AnswerGiven, ResponseClosed, ResponseOutcome
from handlers.quality.weeks import IsoWeek
from storage.quality.week_rows import week_numbers
from storage.responses import sums
from tests.handlers.chat import Chat
from tests.packaged import packaged
from tests.storage.scene import ZONE, Said, Scene, sender

SAID = [
    *("calificar", "transito", "transito", "obras"),
    *("3", "7", "5, mucha espera", "6, muy amables", "4, aún no termina", "1"),
    *("aún no termina", "aún no termina", "todavía no termina"),
    *("espera", "trato", "Trato: gritaban", "Esperé dos horas de pie", "Y no había sillas"),
    *("cambiar", "cambiar", "cambiar", "listo", "listo", "volver", "seguir", "sí", "no"),
    *("cancelar", "menu", "consulta", "¿y cuándo abren?", "donde saco la licencia"),
    *("cuestionario", "borrar"),
]
MINUTES = [0, 0, 0, 0, 5, 11, 40, 60 * 24, 60 * 24 * 6, 60 * 24 * 20]
NOTED, AS_PENDING = "Anoté un ", "como trámite que aún no termina"
PENDING, ENDED = "Entendido: su trámite aún no termina.", "Ahora cuenta como trámite terminado."
OFFERED = "Aún no termina"
TEXTS = ("words", "best")


class Expected:
    """What a citizen must take to be on record from what was said to them alone."""

    def __init__(self) -> None:
        self.pending: dict[int, bool] = {}
        self.asked_anew: set[int] = set()
        self.comments: dict[int, dict[str, str]] = {}

    def hears(self, chat: Chat, said: str, reply: str) -> None:
        run, joining = chat.state.progress, chat.state.follow_up
        graded = {
            fact.response
            for fact in chat.last
            if isinstance(fact, AnswerGiven) and fact.question == "grade"
        }
        for response in {fact.response for fact in chat.last if hasattr(fact, "response")}:
            if response in graded & self.asked_anew:
                self.pending[response] = False
            if PENDING in reply:
                self.pending[response] = True
            if NOTED in reply:
                self.pending[response] = AS_PENDING in reply
        # Asked again whether it has ended, whoever does not say that it has not has it over by now.
        anew = run is not None and OFFERED in chat.labels and PENDING not in reply
        self.asked_anew = {run.response} if run is not None and anew else set()
        if any(isinstance(fact, DataErased) for fact in chat.last):
            self.comments.clear()
        cancelled = [
            fact.response
            for fact in chat.last
            if isinstance(fact, ResponseClosed) and fact.outcome is ResponseOutcome.CANCELLED
        ]
        for response in cancelled:
            self.comments.pop(response, None)
        now: dict[int, dict[str, str]] = {}
        for (response, question), value in chat.answers().items():
            if question in TEXTS:
                now.setdefault(response, {})[question] = value
        for response, before in self.comments.items():
            after = now.get(response, {})
            new = any(isinstance(f, AnswerGiven) and f.question in TEXTS for f in chat.last)
            taken_back = said == "consulta"
            assert after or taken_back, f"{before} is gone after {said!r}: {reply!r}"
            assert after == before or new or taken_back, f"{before} → {after} after {said!r}"
        self.comments = now
        assert run is None or joining is None


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    life=st.lists(
        st.tuples(st.sampled_from(SAID), st.sampled_from(MINUTES)), min_size=4, max_size=24
    ),
    begins=st.integers(0, 7 * 24 * 60),
)
async def test_what_a_citizen_was_told_last_is_what_is_counted(
    scene: Scene, life: list[tuple[str, int]], begins: int
) -> None:
    number = await rows_of(scene, "contacts") + 1
    who, chat, expected = sender(str(number)), Chat(packaged()), Expected()
    chat.turns = number * 1000
    chat.cases_of_others = await rows_of(scene, "cases")
    chat.requests_of_others = await rows_of(scene, "privacy_requests")
    chat.waits(minutes=begins)
    for said, minutes in [("calificar", 0), ("transito", 0), *life]:
        chat.waits(minutes=minutes)
        reply = chat.says(said)
        expected.hears(chat, said, reply)
        await scene.take(Said(who, chat.last, at=chat.now))
    mine = f"BETWEEN {1000 + chat.turns - len(life) - 2} AND {1000 + chat.turns}"
    rows = await scene.rows(
        f"SELECT r.id, r.pending, min(a.pending), max(a.pending), min(a.week), max(a.week), "
        f"min(a.first_answered_at) FROM responses r LEFT JOIN answers a ON a.response_id = r.id "
        f"WHERE r.id {mine} GROUP BY r.id, r.pending"
    )
    for response, pending, least, most, first_week, last_week, first_at in rows:
        assert bool(pending) == expected.pending.get(int(str(response)), False)
        if least is not None:
            assert least == most == pending
            at = datetime.fromtimestamp(int(str(first_at)) / 1e6, UTC)
            week = IsoWeek.of(at, ZONE)
            assert first_week == last_week == week.year * 100 + week.week
    assert await scene.read(sums.verify) == []
    await no_more_finished_than_begun(scene)


async def no_more_finished_than_begun(scene: Scene) -> None:
    """Every digest's figures fit together; nobody who said "aún no termina" has abandoned."""
    for (counted,) in await scene.rows("SELECT DISTINCT week FROM weekly_counts"):
        week = IsoWeek(*divmod(int(str(counted)), 100))
        areas, _ = await scene.read(lambda tx, week=week: week_numbers(tx, week))
        for numbers in areas.values():
            assert 0 <= numbers.completed <= numbers.started
    abandoned = await scene.rows(
        "SELECT c.area, sum(CASE WHEN c.value = 'opened' THEN c.n ELSE 0 END) FROM weekly_counts c "
        "WHERE c.question = ':response' AND c.questionnaire = 'atencion' AND c.pending = 0 "
        "GROUP BY c.area"
    )
    begun = Counter({area: int(str(n)) for area, n in abandoned})
    finished = await scene.rows(
        "SELECT area, count(*) FROM responses WHERE pending = 0 AND questionnaire = 'atencion' "
        "GROUP BY area"
    )
    assert +begun == Counter({area: int(str(n)) for area, n in finished})


async def rows_of(scene: Scene, table: str) -> int:
    ((count,),) = await scene.rows(f"SELECT count(*) FROM {table}")
    return int(str(count))
