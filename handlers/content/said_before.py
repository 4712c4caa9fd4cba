"""How what was said before is spoken of, and put right, in one language."""

from __future__ import annotations

from handlers.content.fields import Phrases, StrictModel, Words


class SaidBefore(StrictModel):
    """said_before.toml: how what was said or shown before is spoken of."""

    names_grade: Phrases = ()
    marks: Phrases = ()  # names of a grade that may be told to stay
    stays: Phrases = ()  # up to two words behind such a name
    keeping: Phrases = ()  # up to two words before it
    leaves_grade: Phrases = ()  # asks to leave the grade as it is
    adds_by: Phrases = ()  # before a sign and what is to be added to a comment: "me faltó: …"
    puts_right_by: Phrases = ()  # the same, and part of it: "corrección: …"
    nobody: Phrases = ()  # tells of a visit rather than asks
    yes: Phrases = ()
    but: Phrases = ()  # behind a yes: it helped in part
    rethinks: Phrases = ()  # before what is meant instead of an answer just given: "en realidad"
    answered_before: Phrases = ()  # before an answer of earlier: "disculpe por decir que no"
    not_so: Phrases = ()  # behind a yes: it is none
    going_on: Phrases = ()  # first words of what goes on: "y"
    narrows: Phrases = ()  # first words of what narrows a question: "para el agua"
    counts: Phrases = ()  # before a number that counts, and chooses nothing: "somos 5"
    such_case: Phrases = ()  # "in that case": of what was shown
    round_choice: Words = ""  # beside a yes, a no or an option, and tells nothing: "sí, eso mismo"
    none_of: Words = ""  # of several that are offered
    ors: Words = ""  # before the last of two things that are asked: "ahí o en otro lado"
    tags: Phrases = ()  # end a question about what was shown: "es de otro médico, ¿vale?"
    means: Phrases = ()  # before what is meant instead of it: "no es de auto, hablo de …"
    meant_behind: Phrases = ()  # the same, behind it: "de la A2 le estoy hablando"
    opens: Phrases = ()  # before another question, tells nothing of the card: "buena, y …"
    another: Phrases = ()  # announces another thing: "otra cosita"
    other_wish: Phrases = ()  # the whole of what asks for the other of two things: "y lo otro"
    announced: Phrases = ()  # a question whose words are still to come: "una consulta"
    calls: Phrases = ()  # the whole message: "oiga, ¿siguen ahí?"
    leads: Phrases = ()  # before a question beside what is told: "oiga, de paso"
    inquires: Phrases = ()  # the same, and what follows is asked: "dígame si"
    interrogatives: Phrases = ()  # begin a question: "cuánto", "a qué"
    beside_announced: Words = ""  # tells nothing beside it: "hola, le hago …"
    not_bad: Phrases = ()  # begins what says by a no that it was good
    nothing_more: Phrases = ()  # beside praise: "no necesito nada más"
    not_only: Phrases = ()  # begins what says more than was asked: "no solo me sirvió, …"
    useless: Phrases = ()  # the whole of a curt no: "cero aporte"
    behind_useless: Words = ""  # and what may still follow: "la verdad"
    before_this: Phrases = ()  # may stand before the next
    this: Phrases = ()  # what was shown
    after_this: Phrases = ()  # makes it a question or statement about what was shown


class Corrections(StrictModel):
    """corrections.toml: how a grade or an area is denied, or kept; ``word*``: any ending."""

    denies: Phrases = ()  # "no fue en Salud"
    denies_behind: Phrases = ()  # only behind what was meant: "fui a Tránsito, nada que ver Salud"
    takes_up: Phrases = ()  # "no" that denies nothing: "no, yo fui a Salud"
    after_taking_up: Phrases = ()  # what stands behind it
    exclaims: Phrases = ()  # before what was meant: "oiga, yo hablaba de patentes"
    was: Phrases = ()  # "no era Salud, era Tránsito"
    instead: Phrases = ()  # "no era Salud sino Tránsito"
    visited: Phrases = ()  # "anduve en Tránsito, no en Salud"
    goes: Phrases = ()  # "es para Tránsito, no para Salud"
    speaks_of: Phrases = ()  # "hablaba de Salud"
    mistook: Phrases = ()  # "pensé que era el Registro Civil"
    compares: Phrases = ()  # beside a place, tell of no mistake: "mejor que el Registro Civil"
    to: Phrases = ()  # between these and a place
    the: Phrases = ()
    giving: Phrases = ()  # between a denial and a grade: "no le puse un 7"
    never: Phrases = ()  # denies a grade only: "nunca di un 7"
    was_another: Phrases = ()  # begin what was meant: "era un cuatro y medio"
    keeps: Phrases = ()  # "déjelo en 6"
    affirms: Words = ""  # "sí, correcto": what was noted is right
    beside_affirming: Words = ""  # may stand beside these, and add nothing
    extreme: Phrases = ()  # in the phrases of the best and the worst grade: "súbale al máximo"
