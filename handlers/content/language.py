"""Words, parted by spaces, and phrases (text/phrases.py) of one language; accents do not matter."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, Field, model_validator

from handlers.content.dates import Dates
from handlers.content.fields import OneLine, PersonalKey, Phrases, StrictInt, Words, check_phrases
from handlers.content.said_before import Corrections, SaidBefore
from handlers.facts.cases import CaseKind
from handlers.text.kinds import PhraseKind
from handlers.text.replacing import replacement_patterns


class _Table(BaseModel, frozen=True, extra="forbid"): ...


class Numbers(_Table):
    """numbers.toml: numbers in words."""

    words: dict[str, Annotated[StrictInt, Field(ge=0, le=99)]] = {}
    heard: Words = ""  # of those, what is known by its sound too: "sete", "sinko"
    stems: dict[str, Annotated[StrictInt, Field(ge=1, le=7)]] = {}  # before a diminutive's ending
    diminutives: Words = ""  # endings: "cinquito"
    unlike: Words = ""  # are a number's word only without their accents: "très"
    articles: Words = ""  # numbers that are an article however they are drawn out
    joining: Words = ""  # between the last two of several: "y"
    between: Words = ""  # what else may stand between numbers
    before_option: Words = ""  # "la 2", "opción b"
    after_option: Phrases = ()  # what goes on after the option: "la a pero no repito todo"
    ordinals: dict[str, Annotated[StrictInt, Field(ge=0, le=9)]] = {}  # 0: the last


class Grades(_Table):
    """grades.toml: how a grade is said, and which numbers are none."""

    around: Words = ""  # may stand round a grade without saying anything else
    cues: Words = ""  # right before a number that is given as a grade
    how: Words = ""  # between an article and one: "un rotundo 1"
    units: Words = ""  # right after one
    stars: Words = ""  # units of which five are the best: "cinco estrellas"
    joining: Words = ""  # right after one, before what is said of it
    before_one: Words = ""  # right before "uno" that is the number
    giving: Words = ""  # before "a" and a grade: "tirando a 5"
    beside_article: Words = ""  # of a language in which that "a" is an article
    counted: Words = ""  # right after a number that counts: "3 horas"
    counted_by: Phrases = ()  # the same in several words: "un 5 por ciento"
    not_counted: Words = ""  # plurals after a grade that count nothing
    of: Words = ""  # between a number and what it dates: "3 de mayo"
    dated: Words = ""
    named: Words = ""  # right before a number that names something: "ventanilla 4"
    named_by: Phrases = ()  # the same in several words: "el folio termina en 7"
    staff: Words = ""  # who is told by a window: "la cajera de la 3"
    named_again: Words = ""  # before a later one, where its noun is left out: "y era la 2"
    articles: Words = ""  # between what bounds a grade and the number
    bounds: Phrases = ()  # before a number that only bounds the grade: "ni un 2"
    bounds_not: Phrases = ()  # seem to, and do not
    bounds_after: Phrases = ()  # behind the number: "5 para arriba"
    minus: Words = ""  # before a number below zero
    over: Words = ""  # begins a text of a bound: "sobre 5"
    ranges: Words = ""  # between the ends of a range
    joins: Words = ""  # the same, but only behind "entre"
    between: Words = ""
    refused: Phrases = ()  # right before a number that is not given: "no le pongo un 7"
    refused_after: Phrases = ()  # right behind one: "un 7 sería mucho"
    doubtful: Phrases = ()  # about a number "#" that is meant, though not plainly
    words: dict[str, OneLine] = {}  # groups that the phrases name
    sums: Phrases = ()  # numbers that are only reckoned with: "# menos #"
    told: Phrases = ()  # of a number that others gave, or that was given before: "antes era un #"
    takes_theirs: Phrases = ()  # a grade of others is to be noted: "quedemos en el de ella"
    narrowly: Words = ""  # behind a grade: "un cinco y raspando"
    now: Words = ""  # begins what is said besides: "ahora un 3"
    hedges: Words = ""  # make it doubtful
    hedging: Phrases = ()
    supposing: Words = ""  # "si"
    supposed: Words = ""  # verbs of what is only supposed
    supposed_endings: Words = ""
    but_for: Phrases = ()  # "un 6 si no fuera por la espera": the 6 was thought of
    apart: Words = ""  # part what is said from what is supposed
    turning: Words = ""  # between two numbers of which the second is meant
    causes: Words = ""  # stand before what it is given for: "por la espera"
    reasons: Words = ""  # begin what a grade is given for: "porque"
    rethinks: Words = ""  # before another that is meant after all: "cinco… ya, seis"
    slips: Words = ""  # the same, where the first was a slip: "un 6, perdón, un 5"
    denies: Words = ""
    denies_after: Words = ""  # right after a number: "un 7 tampoco"
    leaving: Words = ""  # before "en" and a grade: "déjelo en seis"
    left_at: Words = ""  # that "en"
    is_: Words = Field("", alias="is")  # between what denies and the number: "no es un 7"
    points: Words = ""  # of a decimal: "seis coma cinco"
    zeros: Words = ""  # behind them, nothing: "seis coma cero"
    half: Phrases = ()  # behind a number: "y medio"
    rounds_up: Phrases = ()  # beside it: the next whole grade is meant
    rounds_down: Phrases = ()
    clock: Words = ""  # before an hour: "a las cinco y media"
    of_scale: Phrases = ()  # between a grade and the best one: "6 de 7"
    scale: Phrases = ()  # the scale itself, which is no grade: "de 1 a 7"
    after_wish: Words = ""  # between the wish to rate and where: "poner una nota a la"
    whom: Words = ""  # behind a grade and "para": "siete para ellos"
    given_to: Words = ""  # before a grade at the end: "les pongo un 6"
    mark: Words = ""  # a grade's name, or the best one's: "la nota máxima"
    not_whom: Words = ""  # right behind ``to_area``, names nobody: "para que"
    behind_extreme: Words = ""  # may follow the best or worst grade: "nota máxima como siempre"
    for_area: Words = ""  # before the area that a grade is for
    to_area: Words = ""  # of these, what tells by itself whom a grade is for

    @model_validator(mode="after")
    def _readable(self) -> Grades:
        ranges = ("bounds", "bounds_not", "bounds_after", "refused", "refused_after", "half")
        none = ("doubtful", "sums", "told", "counted_by", "named_by")
        check_phrases("words", tuple(f"<{group}>" for group in self.words), self.words)
        for key in (*ranges, *none, "hedging", "of_scale", "scale"):
            check_phrases(key, getattr(self, key), self.words)
        return self


class Vague(_Table):
    """vague.toml: words and signs that suggest a grade, which is then confirmed."""

    words: dict[Annotated[StrictInt, Field(ge=1, le=7)], Phrases] = {}
    signs: dict[Annotated[StrictInt, Field(ge=1, le=7)], Phrases] = {}
    around: Words = ""  # may stand round them without saying anything else


class Moods(_Table):
    """moods.toml: praise, blame, and what turns them round."""

    praise: Words = ""
    blame: Words = ""
    negators: Words = ""
    contrast: Words = ""  # after them stands the other side


class Acts(_Table):
    """acts.toml: phrases by what they do."""

    words: dict[str, OneLine] = {}  # groups that the phrases name
    experience: Phrases = ()  # tells of a visit
    asks: Phrases = ()
    wants_call: Phrases = ()
    wants_person: Phrases = ()
    refuses_person: Phrases = ()  # wants none: "no quiero hablar con nadie, solo el horario"
    describes_staff: Phrases = ()  # people by what they do, of no office by its name
    judges: Phrases = ()  # an office that is named beside it
    judges_service: Phrases = ()  # how one is served there; what it is for follows
    names_whole: Phrases = ()  # the municipality, and no area of it
    saved: Phrases = ()  # somebody was in danger, and was helped
    complains: Phrases = ()  # what follows is the complaint
    another_case: Phrases = ()  # where one was just filed: "también quiero reclamar"
    complains_of: Phrases = ()  # the same, at the beginning: "reclamo por los baches"
    asks_where_to_complain: Phrases = ()  # where or to whom: no words of a complaint
    only_asks: Phrases = ()  # it was a question, and not what it was taken for
    suggests: Phrases = ()  # what follows is the suggestion
    congratulates: Phrases = ()  # what follows is whom, and for what
    waits: Phrases = ()
    blesses: Phrases = ()
    persists: Phrases = ()  # what was to be mended is as it was
    not_ended: Phrases = ()
    before_not_ended: Phrases = ()
    after_not_ended: Phrases = ()
    wants_to_rate: Phrases = ()  # at the beginning; what follows is where
    qualifies: Phrases = ()  # sounds like it, and asks who gets a benefit
    gives_grade: Phrases = ()
    gives_mark: Phrases = ()  # the best or the worst grade, by name
    mocks: Phrases = ()  # beside a good grade: the contrary is meant
    helped: Phrases = ()  # of a card: plainly yes, unless something else is said beside it
    helped_partly: Phrases = ()  # of a card: part of it, and nothing else is said
    rates_assistant: Phrases = ()  # of a card: how it helped, and no grade of an office
    of_assistant: Phrases = ()  # the assistant is spoken of, and no office
    for_both: Phrases = ()  # a grade is for both offices
    not_helped: Phrases = ()  # of a card: plainly no, even beside praise
    says_it_helps: Phrases = ()  # the same behind a no that takes up what was said: "no, si …"
    not_meant: Phrases = ()  # of a card: another thing was asked
    tells_own_situation: Phrases = ()  # of oneself, and nothing of the card
    not_grasped: Phrases = ()  # it is to be told again
    corrects_grade: Phrases = ()  # beside another grade than the one on record
    undoes_grade: Phrases = ()  # that on record, without another in its place
    doubts_grade: Phrases = ()
    lowers_grade: Phrases = ()  # by a number of points, as raises_grade
    raises_grade: Phrases = ()
    reverses_grade: Phrases = ()  # the other end of the scale is meant
    may_correct: Phrases = ()
    corrects_words: Phrases = ()  # of a comment, in others
    drops_last: Phrases = ()  # of a case that is told: its last message goes
    drops_words: Phrases = ()  # of a comment, without others in their place
    drops_name: Phrases = ()  # out of a comment
    hides_part: Phrases = ()  # of a case
    names_comment: Phrases = ()  # the words that were written beside a grade
    names_part: Phrases = ()  # what follows is what a part of them is about
    rewrites_comment: Phrases = ()  # they are to be written anew
    adds_to_comment: Phrases = ()  # what follows was forgotten, or is to be added
    names_reason: Phrases = ()  # what was chosen as having mattered most
    writes_instead: Phrases = ()  # of written words, others are to stand: "en vez de X ponga Y"
    says_instead: Phrases = ()  # what follows is what the comment is to say
    keeps_grade: Phrases = ()  # that on record is right, or it is asked whether it was noted
    rather: Phrases = ()  # what is behind it is wished in place of what was offered
    wants_simple: Phrases = ()  # wants to be told in few and plain words
    follows_up: Phrases = ()  # asks for more of what was shown, by itself of nothing
    for_somebody: Phrases = ()  # the same for somebody else
    no_longer: Phrases = ()  # a case is not needed any more: "ya no va"
    still_so: Phrases = ()  # what a case tells is as it was: "sigue igual"
    doubts_area: Phrases = ()  # whom a case is for: "no sé de qué área es"
    other_case: Phrases = ()  # than was shown: "y el otro"
    asks_state: Phrases = ()  # of an own procedure, which is heard besides
    asks_procedure: Phrases = ()  # how an own procedure stands
    asks_how_done: Phrases = ()  # how, where or when a procedure is done: not how an own one stands
    asks_what: Phrases = ()  # an office is; its name follows
    asks_fact: Phrases = ()  # of persons, events and news: no card tells it, even one that it names
    asks_case: Phrases = ()  # how an own case stands
    asks_answer: Phrases = ()  # when the answer to one comes
    not_content: Phrases = ()  # with the answer to a case
    harmed: Phrases = ()  # somebody was hurt, or lost something
    filed_elsewhere: Phrases = ()  # a case that was filed by another way than this chat
    filed_before: Phrases = ()  # one that was filed some time ago
    done_by_somebody: Phrases = ()  # somebody is to do something, and not to talk
    reported_before: Phrases = ()  # tells of a case, and that nobody came
    denies_place: Phrases = ()  # the visit was not there
    was_at: Phrases = ()  # what follows is where it was
    not_known_yet: Phrases = ()  # whether it helped
    wants_to_report: Phrases = ()  # that something is to be mended or stopped
    asks_scale: Phrases = ()  # what the grades mean
    says_scale: Phrases = ()  # the same, with a question mark: "¿el 1 es la mala?"
    asks_who_reads: Phrases = ()  # a grade and its words, and whether one is named
    asks_unnamed: Phrases = ()  # whether a case needs a name
    asks_files: Phrases = ()  # whether a photo may go with it
    asks_number: Phrases = ()  # by which a case is asked for
    asks_who_answers: Phrases = ()  # it
    asks_if_late: Phrases = ()  # what becomes of it where nobody answers
    asks_outcome: Phrases = ()  # what will be done about it
    tells_also: Phrases = ()  # of what is told, what else is wrong
    tells_by_asking: Phrases = ()  # in a case: asked of nobody, it tells what happened
    asks_origin: Phrases = ()  # who writes, and where the number is from
    asks_whom: Phrases = ()  # a telephone, or who speaks a language
    tells_where: Phrases = ()  # in a complaint
    tells_somewhere: Phrases = ()  # where, unless a name follows: "en la calle"
    tells_when: Phrases = ()
    tells_past: Phrases = ()  # when a visit was: yesterday or before
    tells_long_past: Phrases = ()  # a danger of "el año pasado" is none
    supposes: Phrases = ()  # "por si le da un infarto"
    denies_danger: Phrases = ()  # "no hay peligro"
    denies_alarm: Phrases = ()  # after an alarm: "es el semáforo", "nadie me pegó"
    asks_support: Phrases = ()  # after one: a shelter, a lawyer, "dónde me ayudan"
    not_been: Phrases = ()  # after an offer to rate a visit: there was none yet, or later
    starts_again: Phrases = ()  # a danger that was over: "de nuevo", "recién"
    tells_event: Phrases = ()  # one that was: "por el incendio", "se nos quemó"
    names_animal: Phrases = ()
    names_person: Phrases = ()  # who may be hurt
    laughs: Phrases = ()  # "me mato jaja"
    tells_habit: Phrases = ()  # "nos asaltan todas las semanas"
    ended_well: Phrases = ()  # "por suerte", "gracias al guardia que la encontró"
    of_things: Phrases = ()  # signs, drills, burials: danger is only their subject
    tells_now: Phrases = ()  # "hoy", "está": a danger of now, all the same
    tells_wish: Phrases = ()  # what is asked for
    wishes_done: Phrases = ()  # the same, of others, at the beginning: "que lo saquen"
    names_question: Phrases = ()  # beside a refusal: something else is to be asked
    asks_for_records: Phrases = ()  # public information, by law
    called_help: Phrases = ()
    gone: Phrases = ()  # what threatened, or who was missing is found
    safe: Phrases = ()  # who writes is, or it is over
    cannot_call: Phrases = ()
    no_phone: Phrases = ()  # after a call was asked for: "no tengo teléfono", "mejor por escrito"
    help_late: Phrases = ()  # it was called and does not come
    help_came: Phrases = ()  # where nobody dangerous may have come
    will_call: Phrases = ()
    accompanied: Phrases = ()  # somebody else is there
    alone: Phrases = ()
    undecided: Phrases = ()  # does not want to report it yet
    away: Phrases = ()  # whoever is violent is not there for now
    nobody_hurt: Phrases = ()
    at_place: Phrases = ()  # the first words of where something is
    at_corner: Phrases = ()  # between the names of two streets
    tells_anew: Phrases = ()  # asks to tell a case from its beginning again
    gives_up: Phrases = ()  # the whole of what is said while a case is told
    ends_telling: Phrases = ()  # the same: nothing is to be added
    accepts_summary: Phrases = ()  # the same: what was summed up is right
    files_case: Phrases = ()  # the whole of what is said: what was told is to be filed
    wants_this_reported: Phrases = ()  # the same, as a wish or question: "¿dónde lo denuncio?"
    hesitates: Phrases = ()  # the whole of what is said while a case is told: "déjeme pensarlo"
    urgent: Phrases = ()  # in a case: somebody may be hurt
    apologises: Phrases = ()
    ashamed: Phrases = ()  # of asking
    lonely: Phrases = ()
    tells_missing: Phrases = ()  # what a card does not say
    asks_about: Phrases = ()  # before the name of an area, which is then shown
    asks_amount: Phrases = ()  # of what was shown: how much one is given
    asks_payment: Phrases = ()  # the same: in which way it can be paid, and not how much it is
    asks_term: Phrases = ()  # of the same: until when it can be done
    asks_place: Phrases = ()  # at the beginning, as the next two; what follows is of what
    asks_where_done: Phrases = ()  # of what was shown: "dónde se paga"
    asks_hours: Phrases = ()
    asks_contact: Phrases = ()
    sees_data: Phrases = ()  # asks about own data, as do those that follow
    corrects_data: Phrases = ()
    names_own_data: Phrases = ()
    own_data_wrong: Phrases = ()  # it is told what is
    erases_data: Phrases = ()
    erases_this: Phrases = ()  # the same, where no grade and no case can be meant
    objects_to_use: Phrases = ()
    invites_again: Phrases = ()  # takes back that nobody is to be invited
    blocks_data: Phrases = ()
    takes_data: Phrases = ()
    unblocks_data: Phrases = ()
    asks_data: Phrases = ()  # what is done with it
    wants_news: Phrases = ()  # of what was done with an opinion
    ends_news: Phrases = ()
    asks_of_right: Phrases = ()  # what it means, where one of these is asked about
    replaces: Phrases = ()  # with {was}, which is not right, and {is}, which is: "no era … sino …"
    behind_meant: Words = ""  # behind what is right: "… me equivoqué, porfa"
    breaks: Words = ""  # between two things that are said: "pero"
    house_marks: Words = ""  # before the number of a house, beside a name: "n°"
    after_somewhere: Words = ""  # what goes on behind "en la calle", and is no name
    after_count: Words = ""  # after a number that is no house's: "esperé en Salud 40 días"
    complaint_label: Words = ""  # "reclamo: …"
    case_wishes: dict[CaseKind, Words] = {}  # "¿dónde puedo reclamar?": names a case of this kind
    round_wish: Words = ""  # beside these, where nothing is told yet
    desk_cues: Words = ""  # "código J87fHE"
    between_desk: Words = ""  # a cue and the code, whichever way round
    round_desk: Words = ""  # a code that stands without a cue

    @model_validator(mode="after")
    def _readable(self) -> Acts:
        check_phrases("words", tuple(f"<{group}>" for group in self.words), self.words)
        for kind in PhraseKind:
            check_phrases(kind.value, getattr(self, kind.value), self.words)
        replacement_patterns(self.replaces, self.words)
        return self


class Places(_Table):
    """places.toml: how areas are named."""

    fillers: Words = ""  # words of a name that say nothing: "oficina", "fue en"
    anywhere: Words = ""  # what any office has: "la fila", "el guardia"
    pointing: Words = ""  # point at a place, or at what was said: "esa no era"
    unnamed: Words = ""  # say that it is another office, and not which
    offices: Words = ""  # before what an office is for: "la oficina del adulto mayor"
    names: dict[str, str] = {}  # a word of this language: that by which it is found
    describing: Words = ""  # begin the description of a place: "donde saqué la licencia"
    corner_leads: Words = ""  # before two streets: "en Colón con Matta"
    no_street: Words = ""  # begin no name of a street: "en la noche con mi hijo"


class Names(_Table):
    """names.toml: how masking tells a person's name from other words."""

    given: Words = ""
    surnames: Words = ""
    not_names: Words = ""  # follow "don" or "me llamo" without being a name
    words: Words = ""  # of every day: they follow "mi hijo" without being a name
    dictated: Words = ""  # numbers in words, beside those of numbers.toml
    everyday: Words = ""  # given names that are more often another word


class Dangers(_Table):
    """dangers.toml: what is spoken of when there is danger, by act; ``word*``: any ending."""

    words: dict[str, Words] = {}

    @model_validator(mode="after")
    def _readable(self) -> Dangers:
        for act, words in self.words.items():
            check_phrases(act, tuple(words.split()), {})
        return self


class Languages(_Table):
    """languages.toml: how languages are named by one who wishes for one; ``word*``: any ending."""

    spanish: Phrases = ()
    english: Phrases = ()
    creole: Phrases = ()
    not_spoken: Phrases = ()  # anywhere: the language that is named is not spoken
    unwritten: Phrases = ()  # languages that have no wording here


class Language(_Table):
    """Everything above, of one language; what a language leaves out it does not have."""

    code: str = ""  # "es", "ht": its folder's name says it
    numbers: Numbers = Numbers()
    grades: Grades = Grades()
    vague: Vague = Vague()
    moods: Moods = Moods()
    acts: Acts = Acts()
    said_before: SaidBefore = SaidBefore()
    corrections: Corrections = Corrections()
    dates: Dates = Dates()
    places: Places = Places()
    names: Names = Names()
    personal: dict[PersonalKey, Phrases] = {}
    dangers: Dangers = Dangers()
    languages: Languages = Languages()
