"""One language: words, separated by spaces, and phrases (text/phrases.py), all without accents."""

from __future__ import annotations

from pydantic import BaseModel, model_validator

from handlers.content.dates import Dates
from handlers.content.fields import OneLine, PersonalKey, Phrases, Words, check_phrases
from handlers.content.numbers import Grades, Numbers, Vague
from handlers.content.said_before import Corrections, SaidBefore
from handlers.facts.cases import CaseKind
from handlers.text.kinds import PhraseKind
from handlers.text.nearest import did_you_mean
from handlers.text.replacing import replacement_patterns


class _Table(BaseModel, frozen=True, extra="forbid"): ...


class Moods(_Table):
    """moods.toml: praise, blame, and what reverses them."""

    praise: Words = ""
    blame: Words = ""
    negators: Words = ""
    contrast: Words = ""  # introduces the opposite
    just: OneLine = ""  # word pairs that deny nothing, by commas: "borre no más"
    just_not_after: Words = ""  # behind these words they do: "ya no más"


class Acts(_Table):
    """acts.toml: phrases by what they do."""

    words: dict[str, OneLine] = {}  # groups of words that the phrases refer to
    experience: Phrases = ()  # tells of a visit
    asks: Phrases = ()
    wants_call: Phrases = ()
    wants_person: Phrases = ()
    refuses_person: Phrases = ()  # declines one: "no quiero hablar con nadie, solo el horario"
    describes_staff: Phrases = ()  # people described by what they do, without naming an office
    judges: Phrases = ()  # an office named in the same message
    judges_service: Phrases = ()  # how people are served there; the purpose follows
    names_whole: Phrases = ()  # the municipality as a whole, no area of it
    saved: Phrases = ()  # someone was in danger and was helped
    complains: Phrases = ()  # the complaint follows
    another_case: Phrases = ()  # right after one was filed: "también quiero reclamar"
    complains_of: Phrases = ()  # the same, at the start: "reclamo por los baches"
    asks_where_to_complain: Phrases = ()  # where or to whom, not the complaint itself
    only_asks: Phrases = ()  # it was a question, and was mistaken for something else
    lacks_supply: Phrases = ()  # before what a house gets, and no longer has
    asks_whose: Phrases = ()  # the same, where it is asked who deals with it
    refuses_thing: Phrases = ()  # behind it stands a thing that was shown, and is not meant
    asks_validity: Phrases = ()  # who pays, whether one may, whether it counts: mostly on no card
    of_cost: Phrases = ()  # words of what a card's thing costs
    of_place: Phrases = ()  # of where it is
    of_steps: Phrases = ()  # of how it is done
    of_papers: Phrases = ()  # of what is needed
    of_duration: Phrases = ()  # of how long it takes
    of_hours: Phrases = ()  # of when it is open
    of_contact: Phrases = ()  # of whom to call or write to
    asks_published: Phrases = ()  # where it is made known
    holds_to: Phrases = ()  # holds to what was shown or asked before
    tells_no_amount: Phrases = ()  # of a card's cost: not how much in money
    asks_by_another: Phrases = ()  # whether somebody else may do it
    tells_by_whom: Phrases = ()  # of a line of a card: who does
    asks_appointment: Phrases = ()  # whether an hour must be asked for
    tells_appointment: Phrases = ()  # of a line of a card: that
    asks_how_much: Phrases = ()  # how much in money
    asked_that: Phrases = ()  # before what was asked, where it was mistaken: "le pregunté por"
    not_to_add: Phrases = ()  # asks that words be no part of a case
    names_own_case: Phrases = ()  # "mi reclamo", "esta solicitud"
    adds_to_case: Phrases = ()  # orders that something be added to a case: "dígales que"
    calls_off: Phrases = ()  # wants no person or call after all
    not_answered: Phrases = ()  # says that nobody has answered
    whom_to_call: Phrases = ()  # asks whom to call where it happens again
    suggests: Phrases = ()  # the suggestion follows
    congratulates: Phrases = ()  # whom, and for what, follows
    waits: Phrases = ()
    blesses: Phrases = ()
    persists: Phrases = ()  # what should have been fixed is unchanged
    not_ended: Phrases = ()
    before_not_ended: Phrases = ()
    after_not_ended: Phrases = ()
    wants_to_rate: Phrases = ()  # at the start; the place follows
    qualifies: Phrases = ()  # sounds like a rating, but asks who is entitled to a benefit
    gives_grade: Phrases = ()
    gives_mark: Phrases = ()  # the best or the worst grade, by name
    compares_grade: Phrases = ()  # "un poquito menos": another grade, and not which
    mocks: Phrases = ()  # beside a good grade: sarcasm, the opposite is meant
    fed_up: Phrases = ()  # had enough of the municipality, and tells no matter
    may_mock: Phrases = ()  # "harto que me sirvió": sarcasm, or meant as it is said
    helped: Phrases = ()  # a card: clearly yes, unless something else is said with it
    helped_partly: Phrases = ()  # a card: in part, and nothing else is said
    rates_assistant: Phrases = ()  # how much a card helped; not a grade for an office
    of_assistant: Phrases = ()  # about the assistant, not an office
    another_grade: Phrases = ()  # beside one that stands: "al guardia un 3 aparte"
    of_digest: Phrases = ()  # asks what becomes of a grade: "qué es el resumen"
    for_both: Phrases = ()  # one grade for both offices
    not_helped: Phrases = ()  # a card: clearly no, even beside praise
    says_it_helps: Phrases = ()  # the same after a "no" that contradicts: "no, si …"
    not_meant: Phrases = ()  # the card answers another question than the one asked
    tells_own_situation: Phrases = ()  # about the citizen, not about the card
    not_grasped: Phrases = ()  # wants it explained again
    corrects_grade: Phrases = ()  # beside a grade other than the one on record
    undoes_grade: Phrases = ()  # withdraws the one on record without a new one
    changes_grade: Phrases = ()  # or takes it back, and names it: "cambie mi nota"
    doubts_grade: Phrases = ()
    lowers_grade: Phrases = ()  # by a number of points, as does raises_grade
    raises_grade: Phrases = ()
    reverses_grade: Phrases = ()  # the other end of the scale is meant
    may_correct: Phrases = ()
    corrects_words: Phrases = ()  # replaces words of a comment
    drops_last: Phrases = ()  # a case being told: its last message is removed
    drops_words: Phrases = ()  # removes words of a comment without replacing them
    drops_name: Phrases = ()  # removes a name from a comment
    own_name: Phrases = ()  # that of who writes, which no area sees
    hides_part: Phrases = ()  # of a case
    names_comment: Phrases = ()  # the words written with a grade
    names_part: Phrases = ()  # the subject of one part of them follows
    rewrites_comment: Phrases = ()  # wants to write them anew
    goes_on: Phrases = ()  # begins what may be added to one
    adds_to_comment: Phrases = ()  # an addition follows
    names_reason: Phrases = ()  # the reason chosen as the most important
    writes_instead: Phrases = ()  # replaces written words: "en vez de X ponga Y"
    says_instead: Phrases = ()  # the new text of the comment follows
    keeps_grade: Phrases = ()  # confirms the one on record, or asks whether it was noted
    asks_recorded: Phrases = ()  # asks which grade or comment is on record
    asks_if_stands: Phrases = ()  # the same of a part of the comment
    rather: Phrases = ()  # what the citizen wants instead of the offer follows
    wants_simple: Phrases = ()  # asks for few and plain words
    follows_up: Phrases = ()  # asks for more of what was shown; means nothing by itself
    for_somebody: Phrases = ()  # the same, on behalf of someone else
    no_longer: Phrases = ()  # a case is no longer needed: "ya no va"
    still_so: Phrases = ()  # the problem of a case persists: "sigue igual"
    brings_back: Phrases = ()  # asks for what was told before: "dónde quedó lo que escribí"
    expects_answer: Phrases = ()  # whether and when a case is answered: "me llega una respuesta"
    still_there: Phrases = ()  # the same of a thing that is named: "el poste sigue ahí"
    inquires: Phrases = ()  # what became of something: "han sabido algo", "qué hubo de"
    points_to_case: Phrases = ()  # names an own case by having filed it: "el reclamo que hice"
    doubts_area: Phrases = ()  # unsure which area a case is for: "no sé de qué área es"
    names_receiver: Phrases = ()  # before the area that a case is to go to: "que lo reciba"
    denies_matter: Phrases = ()  # before what a case is not about: "el reclamo no es de"
    leaves_out: Phrases = ()  # before the part that a case is to be without: "pero sin lo de"
    drops_thing: Phrases = ()  # orders that a named thing go: "borre los horarios del texto"
    out_of_text: Phrases = ()  # what it is to go from, at its end: "del texto"
    adds_this: Phrases = ()  # that what was said before is to be added: "agréguelo a mi caso"
    adds_it: Phrases = ()  # the same, without what it is added to: "agréguelo", "dale, anótalo"
    keeps_only: Phrases = ()  # that only a part is to be kept: "deje solo lo de"
    reproaches: Phrases = ()  # begins a clause to the assistant: "no pregunté", "usted dijo que no"
    said_already: Phrases = ()  # that it was said before: "ya le dije", "le digo que"
    begins_clause: Phrases = ()  # behind "y": another thing is told, "y no hay", "y también"
    other_case: Phrases = ()  # another case than the one shown: "y el otro"
    asks_state: Phrases = ()  # of one's own procedure, beside something else
    asks_procedure: Phrases = ()  # the state of one's own procedure
    asks_how_done: Phrases = ()  # how, where or when it is done, not the state of one's own
    asks_what: Phrases = ()  # what an office is; its name follows
    asks_if_so: Phrases = ()  # whether that is so, at the end: "¿es cierto?"
    hearsay: Phrases = ()  # what others told, which no card may confirm
    asks_how_long: Phrases = ()  # how long it takes anybody: nobody waits yet
    asks_fact: Phrases = ()  # about people, events, news: no card answers it, even if one matches
    asks_case: Phrases = ()  # the state of one's own case
    unread: Phrases = ()  # of a case: "ya van 5 días y nadie lo lee"
    asks_answer: Phrases = ()  # when a case will be answered
    not_content: Phrases = ()  # dissatisfied with the answer to a case
    harmed: Phrases = ()  # someone was hurt or lost something
    filed_elsewhere: Phrases = ()  # a case filed outside this chat
    filed_before: Phrases = ()  # a case filed some time ago
    done_by_somebody: Phrases = ()  # wants someone to act, not to talk
    reported_before: Phrases = ()  # tells of a report after which no one came
    denies_place: Phrases = ()  # the visit was somewhere else
    was_at: Phrases = ()  # the place of the visit follows
    not_known_yet: Phrases = ()  # too early to say whether it helped
    cannot_tell: Phrases = ()  # no answer is known: "no me acuerdo", "tengo mis dudas"
    wants_to_report: Phrases = ()  # something that should be fixed or stopped
    asks_scale: Phrases = ()  # what the grades mean
    says_scale: Phrases = ()  # the same, with a question mark: "¿el 1 es la mala?"
    asks_who_reads: Phrases = ()  # who reads a grade and its comment, and whether it is anonymous
    asks_unnamed: Phrases = ()  # whether a case can be anonymous
    asks_files: Phrases = ()  # whether a photo can be attached
    asks_number: Phrases = ()  # the number with which to ask about a case
    asks_who_answers: Phrases = ()  # who answers a case
    asks_if_told: Phrases = ()  # whether somebody was told of it, or is today
    asks_who_saw: Phrases = ()  # who has read what was written, or seen the own data
    asks_if_late: Phrases = ()  # what happens if no one answers
    asks_other_way: Phrases = ()  # whether it goes otherwise, or sooner
    asks_purpose: Phrases = ()  # why something is asked: "¿y para qué lo necesitan?"
    turns_aside: Phrases = ()  # "by the way": what follows is of another thing
    asks_why: Phrases = ()  # "por qué": of what went wrong, more often than not
    concedes: Phrases = ()  # it weighs the other side: "eso sí", "al menos"
    was_question: Phrases = ()  # what was said before was one
    declines_grade: Phrases = ()  # no grade is to be noted of anybody
    asks_outcome: Phrases = ()  # what will be done about it
    tells_also: Phrases = ()  # what else is wrong
    tells_by_asking: Phrases = ()  # in a case: a rhetorical question that tells what happened
    asks_official: Phrases = ()  # who holds an office of the municipality, or served somebody
    calls_clerk: Phrases = ()  # "la niña que me atendió": the first word is no name of an area
    asks_origin: Phrases = ()  # who is writing, and where they got the number
    asks_whom: Phrases = ()  # a telephone number, or who speaks a language
    tells_where: Phrases = ()  # in a complaint
    tells_somewhere: Phrases = ()  # where, unless a name follows: "en la calle"
    tells_when: Phrases = ()
    tells_past: Phrases = ()  # the day of a visit: yesterday or earlier
    tells_long_past: Phrases = ()  # rules out a danger of now: "el año pasado"
    supposes: Phrases = ()  # "por si le da un infarto"
    denies_danger: Phrases = ()  # "no hay peligro"
    confines: Phrases = ()  # what somebody may be under or inside of: "cayó encima", "volcado"
    somebody_inside: Phrases = ()  # "hay un señor adentro": trapped where the former is told, too
    trapped: Phrases = ()  # "una persona atrapada"
    harm_before: Phrases = ()  # where something is complained of: "ya asaltaron a una vecina"
    denies_alarm: Phrases = ()  # after an alarm: "es el semáforo", "nadie me pegó"
    tells_what_it_was: Phrases = ()  # beside "falsa alarma": "era una quema del vecino"
    is_unresponsive: Phrases = ()  # after pills: the ambulance comes before who listens
    not_sure_what: Phrases = ()  # beside "ya llamé": "no sé si es un infarto"
    asks_to_press_charges: Phrases = ()  # after violence: "dónde denuncia"
    asks_support: Phrases = ()  # after one: a shelter, a lawyer, "dónde me ayudan"
    not_been: Phrases = ()  # after an offer to rate a visit: it is still to come
    visited: Phrases = ()  # begins how it went there: "fui y estaba cerrado"
    not_attended: Phrases = ()  # came, and was not attended yet
    starts_again: Phrases = ()  # a danger is back: "de nuevo", "recién"
    tells_event: Phrases = ()  # a past danger: "por el incendio", "se nos quemó"
    names_animal: Phrases = ()
    names_child: Phrases = ()
    tells_robbery: Phrases = ()
    names_close_one: Phrases = ()
    somebody_comes: Phrases = ()
    names_person: Phrases = ()  # who may be hurt
    laughs: Phrases = ()  # "me mato jaja"
    tells_habit: Phrases = ()  # "nos asaltan todas las semanas"
    ended_well: Phrases = ()  # "por suerte", "gracias al guardia que la encontró"
    of_things: Phrases = ()  # signs, drills, burials: danger is only their subject
    tells_now: Phrases = ()  # a danger of now in spite of that: "hoy", "está"
    tells_wish: Phrases = ()  # what is asked for
    wishes_done: Phrases = ()  # the same, of others, at the start: "que lo saquen"
    names_question: Phrases = ()  # beside a refusal: wants to ask something else
    asks_for_records: Phrases = ()  # public information, under the transparency law
    called_help: Phrases = ()
    gone: Phrases = ()  # the threat has passed, or the missing person was found
    safe: Phrases = ()  # the writer is safe, or it is over
    went_out: Phrases = ()  # out of the house where it burns or smells of gas
    none_called: Phrases = ()  # and no help is there
    cannot_call: Phrases = ()
    no_phone: Phrases = ()  # after a call was asked for: "no tengo teléfono", "mejor por escrito"
    help_late: Phrases = ()  # it was called and has not come
    unanswered: Phrases = ()  # nor answers
    still_going: Phrases = ()  # what a case is about is still there: "sigue tirando chispas"
    asks_kindly: Phrases = ()  # beside a command: "porfa"
    in_need: Phrases = ()  # of food: "no tengo qué comer"
    others_near: Phrases = ()  # who passes by there: "pasan niños por ahí"
    still_inside: Phrases = ()  # somebody is there where the danger is, or hides from it
    tells_scam: Phrases = ()  # "me llamaron de la muni pidiendo la clave"
    mourns: Phrases = ()  # somebody close has died
    asks_meanwhile: Phrases = ()  # what to do until help comes
    help_came: Phrases = ()  # where no one dangerous may have come
    taken_away: Phrases = ()  # whoever did it: "se lo llevaron los carabineros"
    mended: Phrases = ()  # what was asked for is done: "ya lo taparon"
    mended_badly: Phrases = ()  # or only in part: "lo dejaron a medias"
    will_call: Phrases = ()
    accompanied: Phrases = ()  # someone else is there
    alone: Phrases = ()
    undecided: Phrases = ()  # does not want to report it yet
    away: Phrases = ()  # the violent person is not there for now
    nobody_hurt: Phrases = ()
    at_place: Phrases = ()  # start a description of where something is
    at_corner: Phrases = ()  # between the names of two streets
    tells_anew: Phrases = ()  # wants to tell a case again from the start
    gives_up: Phrases = ()  # the whole message, while a case is told
    keeps_case: Phrases = ()  # "no lo cancele": it is not to be given up
    ends_telling: Phrases = ()  # the same: nothing to add
    accepts_summary: Phrases = ()  # the same: the summary is right
    files_case: Phrases = ()  # the whole message: file what was told
    wants_this_reported: Phrases = ()  # the same, as a wish or question: "¿dónde lo denuncio?"
    wants_it_done: Phrases = ()  # of what a card takes: "quiero que vengan a arreglarla"
    wants_it_here: Phrases = ()  # "¿puedo pedirlo por aquí?": what the card that is shown takes
    hesitates: Phrases = ()  # the whole message, while a case is told: "déjeme pensarlo"
    urgent: Phrases = ()  # in a case: someone may be hurt
    apologises: Phrases = ()
    ashamed: Phrases = ()  # embarrassed to ask
    lonely: Phrases = ()
    despairs: Phrases = ()  # and says nothing else: "no puedo más"
    tells_missing: Phrases = ()  # what the card lacks
    asks_who_knows: Phrases = ()  # "¿y quién sabe?", "¿cuándo lo confirman?"
    asks_about: Phrases = ()  # before the name of an area, which is then shown
    asks_amount: Phrases = ()  # of what was shown: how much one receives
    asks_payment: Phrases = ()  # of the same: how it can be paid, not how much it is
    asks_online: Phrases = ()  # whether it is done on the web, or one has to come
    tells_term: Phrases = ()  # in a line of a card: by when, or how long before
    asks_term: Phrases = ()  # of the same: the deadline
    asks_place: Phrases = ()  # at the start, as are the next two; the subject follows
    asks_where_done: Phrases = ()  # of what was shown: "dónde se paga"
    asks_hours: Phrases = ()
    asks_contact: Phrases = ()
    sees_data: Phrases = ()  # asks for one's own data, as do the following
    corrects_data: Phrases = ()
    names_own_data: Phrases = ()
    data_elsewhere: Phrases = ()  # of another register: not what is kept here
    own_data_wrong: Phrases = ()  # says what is wrong in it
    erases_data: Phrases = ()
    erases_this: Phrases = ()  # the same, where neither a grade nor a case can be meant
    objects_to_use: Phrases = ()
    invites_again: Phrases = ()  # withdraws a refusal of invitations
    blocks_data: Phrases = ()
    takes_data: Phrases = ()
    unblocks_data: Phrases = ()
    asks_data: Phrases = ()  # how it is used
    wants_news: Phrases = ()  # about what was done with an opinion
    ends_news: Phrases = ()
    asks_of_right: Phrases = ()  # what one of these rights means
    replaces: Phrases = ()  # with {was}, the wrong one, and {is}, the right one: "no era … sino …"
    by_sound: Words = ""  # kinds whose phrases are compared by sound, and with one slip
    behind_meant: Words = ""  # after the right one: "… me equivoqué, porfa"
    breaks: Words = ""  # separate two statements: "pero"
    house_marks: Words = ""  # before a house number, beside a street's name: "n°"
    after_somewhere: Words = ""  # continue after "en la calle" and are no name
    after_count: Words = ""  # after a number that is no house number: "esperé en Salud 40 días"
    complaint_label: Words = ""  # "reclamo: …"
    case_wishes: dict[CaseKind, Words] = {}  # "¿dónde puedo reclamar?": asks for this kind of case
    round_wish: Words = ""  # allowed beside these while nothing is told yet
    desk_cues: Words = ""  # "código J87fHE"
    between_desk: Words = ""  # between a cue and the code, in either order
    round_desk: Words = ""  # allowed around a code without a cue

    @model_validator(mode="after")
    def _readable(self) -> Acts:
        check_phrases("words", tuple(f"<{group}>" for group in self.words), self.words)
        kinds = {kind.value for kind in PhraseKind}
        for name in self.by_sound.split():
            if name not in kinds:
                raise ValueError(f"by_sound: «{name}» no existe{did_you_mean(name, kinds)}")
        for kind in PhraseKind:
            check_phrases(kind.value, getattr(self, kind.value), self.words)
        replacement_patterns(self.replaces, self.words)
        return self


class Places(_Table):
    """places.toml: how areas are named."""

    fillers: Words = ""  # add nothing to a name: "oficina", "fue en"
    anywhere: Words = ""  # any office has them: "la fila", "el guardia"
    pointing: Words = ""  # point at a place, or at something said: "esa no era"
    unnamed: Words = ""  # another office, without saying which
    offices: Words = ""  # before the purpose of an office: "la oficina del adulto mayor"
    names: dict[str, str] = {}  # a word of this language: the one that finds the area
    describing: Words = ""  # start the description of a place: "donde saqué la licencia"
    corner_leads: Words = ""  # before two streets: "en Colón con Matta"
    no_street: Words = ""  # start no street name: "en la noche con mi hijo"


class Names(_Table):
    """names.toml: how masking tells a person's name from other words."""

    given: Words = ""
    surnames: Words = ""
    not_names: Words = ""  # follow "don" or "me llamo" without being a name
    words: Words = ""  # everyday words: they follow "mi hijo" without being a name
    dictated: Words = ""  # numbers in words, in addition to those of numbers.toml
    everyday: Words = ""  # given names that are more often an ordinary word


class Languages(_Table):
    """languages.toml: how people ask for a language; ``word*``: any ending."""

    spanish: Phrases = ()
    english: Phrases = ()
    creole: Phrases = ()
    not_spoken: Phrases = ()  # anywhere: the named language is not spoken
    unwritten: Phrases = ()  # languages without wording here


class Dangers(_Table):
    """dangers.toml: what is spoken of when there is danger, by act; ``word*``: any ending."""

    words: dict[str, Words] = {}

    @model_validator(mode="after")
    def _readable(self) -> Dangers:
        for act, words in self.words.items():
            check_phrases(act, tuple(words.split()), {})
        return self


class Language(_Table):
    """Everything above for one language; what it leaves out is empty."""

    code: str = ""  # the name of its folder: "es", "ht"
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
