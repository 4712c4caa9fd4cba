"""A case is taken back, or given up while it is being told."""

from __future__ import annotations

import re

from handlers.facts.cases import CaseKind
from handlers.state import Awaits
from handlers.text.folding import fold
from handlers.text.kinds import PhraseKind
from handlers.text.phrases import sound_of, spelling
from handlers.understanding.context import RECENT, Context
from handlers.understanding.intents.acts import Act
from handlers.understanding.intents.cases import AskToWithdraw
from handlers.understanding.intents.rating import AskWhatToChange
from handlers.understanding.intents.union import Intent
from handlers.understanding.left_case import is_left_whole
from handlers.understanding.reading.no_grades import PARTS
from handlers.understanding.reading.places import names_place
from handlers.understanding.reading.said import Said
from handlers.understanding.reading.wishes import adds_plainly, gives_grade
from handlers.understanding.said_before.corrections.cases import answers_missing, wishes_done
from handlers.understanding.said_before.corrections.comments import drops, part_named

_TAKES_BACK = ("withdraws", "undoes", "corrects")
TAKES_AWAY = ("withdraws", "undoes")
_TELLING = ("praises", "blames", "reports", "hazard")
_WORD = re.compile(r"\W+")
_LEAVING = (PhraseKind.NO_LONGER, PhraseKind.GIVES_UP)
_IN_PART = 0.3  # probability, of a part of what is said
_FEW_TO_DROP = 8  # words in which a case that is being told is given up
_FEW_LEADING = 2  # words before a part in which it is
_FEW_WISHED = 2  # words that name what is wished, where that is asked for
_MOST_TO_DROP = 25  # the same, where nothing else is heard in them


_DONE = {PhraseKind.HELP_CAME, PhraseKind.MENDED}


def withdrawal(context: Context) -> Intent | None:
    """A case is taken back: "me equivoqué, bórralo", "ya no quiero reclamar"."""
    cases, follow_up = context.state.cases, context.state.follow_up
    if "?" in context.text and PhraseKind.ASKS_OUTCOME in context.said.kinds:
        return None  # "¿me lo van a quitar?"
    if grades_something(context) or adds_plainly(context.said):
        return None  # "y aparte un 3 a Tránsito, anótelo", "agregue que hay niños"
    if _is_dropped(context):
        return Act.CANCEL
    if _may_be_dropped(context):
        return AskWhatToChange(context.text.strip())
    if not cases or len(context.folded.split()) > 25:
        return None
    if context.command not in (None, "cancel", "change"):
        return None
    if number := called_off(context):
        return AskToWithdraw(number)
    if context.said.is_only(PhraseKind.NO_LONGER):
        asked = context.asked_to_withdraw or (follow_up.case if follow_up else "")
        return AskToWithdraw(asked or cases[-1].number)
    heard = context.heard
    just_filed = follow_up is not None and bool(follow_up.case)
    told = follow_up.told if follow_up is not None else ""  # what is said after it is read before
    if just_filed and wishes_done(context):
        return None  # "que la anulen": the fine that is complained of
    if just_filed and (
        context.command == "cancel"
        or _last_gives_up(context)
        or _needs_nobody(context)
        or (not told and heard.best(("withdraws", "undoes")))
        or (not told and heard.likely("corrects") and heard.chance("undoes") > 0.2)
    ):
        return AskToWithdraw(follow_up.case if follow_up else cases[-1].number)
    came = not _DONE.isdisjoint(context.said.kinds)
    if came and not context.lexicon.contrast.isdisjoint(context.said.words):
        return None  # "ya vinieron, pero no hicieron nada"
    over = heard.surely("withdraws") or (came and _is_over(context)) or _is_left_later(context)
    return AskToWithdraw(cases[-1].number) if over else None


def called_off(context: Context) -> str:
    """The number of the person or call that was asked for, where none is wanted after all: "no
    quiero que nadie me llame", "borre eso de que me llamen"; else ""."""
    spans, cases = context.said.spans(PhraseKind.CALLS_OFF), context.state.cases
    calls = [case for case in cases if case.kind in (CaseKind.PERSON, CaseKind.CALL)]
    return calls[-1].number if spans and calls and "?" not in context.text else ""


def _is_over(context: Context) -> bool:
    """ "Ya vinieron, gracias", where all that is open are complaints: it is asked."""
    state, said = context.state, context.said
    alone = all(case.kind is CaseKind.COMPLAINT for case in state.cases)
    busy = state.filing or state.follow_up or state.rated or context.alert or context.reported
    few = len(said.words) <= _FEW_TO_DROP and "?" not in context.text
    return bool(alone and not busy and few and said.lexicon.negators.isdisjoint(said.words))


def _is_left_later(context: Context) -> bool:
    """ "Hello, forget about it, I already paid", by who comes back with one case open: asked."""
    state, said, prompt = context.state, context.said, context.state.prompt
    lately = prompt is not None and context.at - prompt.asked_at <= RECENT
    busy = state.filing or state.follow_up or state.proposal or context.alert or context.reported
    if len(state.cases) != 1 or busy or (lately and not context.case_in_sight):
        return False
    if len(said.words) > _MOST_TO_DROP or "?" in context.text:
        return False
    parts = [Said(part, context.lexicon) for part in said.parts]
    return any(part.is_only(kind) for part in parts for kind in _LEAVING)


def _last_gives_up(context: Context) -> bool:
    """ "Ya me llamaron, déjelo así"."""
    last = PARTS.split(context.text.rstrip(" .!"))[-1]
    return Said(last, context.lexicon).is_only(PhraseKind.GIVES_UP)


def _needs_nobody(context: Context) -> bool:
    """ "Ya no, encontré la respuesta", after a person or a call was asked for."""
    first = Said(PARTS.split(context.text, maxsplit=1)[0], context.lexicon)
    few = len(context.said.words) <= _FEW_TO_DROP and "?" not in context.text
    calls = context.state.cases[-1].kind in (CaseKind.PERSON, CaseKind.CALL)
    return calls and few and first.is_only(PhraseKind.GIVES_UP)


def grades_something(context: Context) -> bool:
    """ "Y de nota un 2": no words of a case, and nothing that takes it back."""
    acts, heard = ("gives_grade", "rates"), context.heard
    graded = heard.best(acts) or (heard.main in acts and heard.best(acts, _IN_PART))
    return bool(context.numbers) and (bool(graded) or gives_grade(context.said))


def withdraws_nothing(context: Context) -> AskToWithdraw | None:
    """ "Retiro el reclamo", where none was filed from this chat: that is said."""
    takes_away = context.heard.main in TAKES_AWAY and context.heard.likely(context.heard.main)
    takes_away = takes_away and not tells_behind_name(context, context.text)
    return AskToWithdraw("") if takes_away and context.said.names_case else None


def tells_behind_name(context: Context, text: str) -> bool:
    """ "Reclamo, dejaron escombros en Prat 300, que los retiren": what happened, or where, stands
    behind the bare name of a complaint, so that what is to be taken away is no complaint."""
    said, lexicon = Said(text, context.lexicon), context.lexicon
    nouns = lexicon.case_wishes[CaseKind.COMPLAINT] | lexicon.complaint_labels
    at = next((at for at, sound in enumerate(said.sounds) if sound in nouns), None)
    written = _WORD.split(text.strip(), maxsplit=at + 1) if at is not None else [""]
    bare = not at or said.words[at - 1] in lexicon.number.articles
    if at is None or not bare or len(said.sounds) != len(said.words):
        return False
    parts = context.of(written[-1] if len(written) > at + 1 else "").said.parts
    rest = [part for part in parts if not Said(part, lexicon).begins(PhraseKind.WISHES_DONE)]
    behind = context.of(", ".join(part.strip() for part in rest or parts))
    told = behind.heard.best(_TELLING, _IN_PART) or names_place(behind.said)
    return bool(told) and not any(map(behind.heard.surely, ("withdraws", "status_case")))


def grade_of_none(context: Context) -> Act | None:
    """ "Borra mi nota", where none was given in this chat: that is said."""
    few = len(context.said.words) <= _FEW_TO_DROP and not context.numbers
    few = few and PhraseKind.UNDOES_GRADE in context.said.kinds
    return Act.UNDO_RATING if few and not context.state.rated else None


def named_grade_of_none(context: Context) -> AskWhatToChange | None:
    """ "Cambie mi nota", where none was given in this chat: it is of no case and no card."""
    kinds, few = context.said.kinds, len(context.said.words) <= _FEW_TO_DROP
    if context.state.rated or context.numbers or not few:
        return None
    named = PhraseKind.CHANGES_GRADE in kinds and PhraseKind.NAMES_PERSON not in kinds
    return AskWhatToChange() if named else None


def change_of_none(context: Context) -> AskWhatToChange | None:
    """ "Le puse un 4 ayer a Obras, quiero cambiarlo", where none was: that is said."""
    given = gives_grade(context.said) or len(context.numbers) == 1
    given = given and PhraseKind.TELLS_PAST in context.said.kinds
    plain = "?" not in context.text and not context.state.rated
    heard = context.heard.likely("corrects")
    return AskWhatToChange() if given and plain and heard else None


def _gives_up_in_part(context: Context) -> bool:
    """ "Mejor no quiero reclamar, nos pueden tomar mala, elimínelo": the why stands beside it."""
    said, listener = context.said, context.release.listener
    parts = [Said(part, context.lexicon) for part in PARTS.split(said.text) if part.strip()]
    if len(said.words) > _MOST_TO_DROP or "?" in said.text:
        return False
    gives_up = [one for one in parts if (0, len(one.words)) in one.spans(PhraseKind.GIVES_UP)]
    if not gives_up:
        return False
    leads = len(parts[0].words) <= _FEW_LEADING and gives_up[0] is parts[1]  # "sabe qué, …"
    heard = (context.heard, listener.hear(parts[-1].text))
    is_mended = PhraseKind.HELP_CAME in said.kinds  # "deje nomás, justo lo están arreglando"
    drops = is_mended or len(gives_up) > 1
    drops = drops or any(one.best(TAKES_AWAY, _IN_PART) for one in heard)
    return (leads or parts[0] in gives_up) and drops


def _wishes_or_names_part(context: Context) -> bool:
    """ "No quiero dejarlo así, quiero reclamar"; "borre lo del camión" takes a part out."""
    if PhraseKind.DROPS_LAST in context.said.kinds:
        return True
    last = Said(PARTS.split(context.text.rstrip(" .!"))[-1], context.lexicon)
    if PhraseKind.COMPLAINS in last.kinds and context.lexicon.negators.isdisjoint(last.words):
        return True
    named = sound_of(part_named(context)) if drops(context) else []
    filing, cases = context.state.filing, context.lexicon.case_wishes[CaseKind.COMPLAINT]
    told = sound_of(fold(" ".join(filing.words))) if filing is not None else []
    return bool(named) and named[0] in told and cases.isdisjoint(named)


def _is_dropped(context: Context) -> bool:
    """Whether a case that is still being told is given up: nothing is filed yet."""
    prompt, filing = context.state.prompt, context.state.filing
    if filing is None or prompt is None or prompt.awaits is not Awaits.CASE:
        return False
    if context.command is not None:  # "no" adds nothing, once something was told
        return context.command == "no" and not filing.words
    said = context.said
    if _wishes_or_names_part(context):
        return False
    if _only_asked(context):
        return True
    gives_up, first = said.spans(PhraseKind.GIVES_UP), PARTS.split(said.text, maxsplit=1)[0]
    if is_left_whole(context):
        return True
    if (0, len(spelling(first))) in gives_up and context.heard.best(_TAKES_BACK):
        return True  # "no lo mande, me equivoqué de municipalidad"
    if _gives_up_in_part(context):
        return True
    words, heard = len(context.folded.split()), context.heard
    if not filing.words or words > _MOST_TO_DROP or wishes_done(context):
        return False
    if _tells_beside(context) or _may_be_wish(context):
        return False
    surely = heard.surely(heard.main) and heard.main in TAKES_AWAY
    return surely and (heard.main == "withdraws" or words <= _FEW_TO_DROP)


def _only_asked(context: Context) -> bool:
    """ "No quiero reclamar por acá, solo saber dónde", "no, si solo estaba preguntando"."""
    said = context.said
    if PhraseKind.ONLY_ASKS not in said.kinds or len(said.words) > _MOST_TO_DROP:
        return False
    denies = not said.lexicon.negators.isdisjoint(said.words) or said.begins(PhraseKind.ONLY_ASKS)
    return denies and not context.numbers


def _may_be_dropped(context: Context) -> bool:
    """Whether it is asked if a case that is being told is given up."""
    prompt, filing = context.state.prompt, context.state.filing
    if filing is None or not filing.words or prompt is None or prompt.awaits is not Awaits.CASE:
        return False
    if context.command is not None or wishes_done(context) or _wishes_or_names_part(context):
        return False
    if len(context.said.words) > _FEW_TO_DROP or _may_be_wish(context):
        return False
    if answers_missing(context):
        return False
    return bool(context.heard.best(TAKES_AWAY)) and not _tells_beside(context)


def _may_be_wish(context: Context) -> bool:
    """ "Retiro", of what is complained of, where what is wished is asked for."""
    return len(context.said.words) <= _FEW_WISHED and context.offers("skip")


def _tells_beside(context: Context) -> bool:
    """ "Borra eso, es el de Las Compañías": a part says what it is, and puts the case right."""
    begins = (fold(part).split()[:1] for part in PARTS.split(context.text)[1:])
    return any(not context.lexicon.grade.is_.isdisjoint(first) for first in begins)
