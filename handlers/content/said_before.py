"""How people refer to what was said before, and correct it, in one language."""

from __future__ import annotations

from handlers.content.fields import Phrases, StrictModel, Words


class SaidBefore(StrictModel):
    """said_before.toml: how people refer to what was said or shown before."""

    names_grade: Phrases = ()
    marks: Phrases = ()  # words for a grade that can be told to stay
    stays: Phrases = ()  # up to two words after such a word
    keeping: Phrases = ()  # up to two words before it
    leaves_grade: Phrases = ()  # asks to leave the grade as it is
    adds_by: Phrases = ()  # before a sign and an addition to a comment: "me faltó: …"
    puts_right_by: Phrases = ()  # the same, before a correction: "corrección: …"
    nobody: Phrases = ()  # tells about a visit rather than asks
    yes: Phrases = ()
    but: Phrases = ()  # after a yes: it helped in part
    rethinks: Phrases = ()  # before what replaces the answer just given: "en realidad"
    answered_before: Phrases = ()  # before an earlier answer: "disculpe por decir que no"
    not_so: Phrases = ()  # after a yes: it is none
    going_on: Phrases = ()  # start a continuation: "y"
    narrows: Phrases = ()  # start what narrows a question: "para el agua"
    counts: Phrases = ()  # before a number that counts and chooses nothing: "somos 5"
    such_case: Phrases = ()  # "in that case": refers to what was shown
    round_choice: Words = ""  # add nothing to a yes, a no or an option: "sí, eso mismo"
    in_turn: Words = ""  # beside the option that comes first: "el subsidio primero"
    none_of: Words = ""  # none of the options
    ors: Words = ""  # before the second of two questions: "ahí o en otro lado"
    tags: Phrases = ()  # end a question about what was shown: "es de otro médico, ¿vale?"
    means: Phrases = ()  # before what was meant: "no es de auto, hablo de …"
    meant_behind: Phrases = ()  # the same, after it: "de la A2 le estoy hablando"
    opens: Phrases = ()  # before another question, says nothing about the card: "buena, y …"
    another: Phrases = ()  # announces another subject: "otra cosita"
    other_wish: Phrases = ()  # the whole message, asks for the other of two things: "y lo otro"
    announced: Phrases = ()  # a question still to be written: "una consulta"
    calls: Phrases = ()  # the whole message: "oiga, ¿siguen ahí?"
    leads: Phrases = ()  # before a question asked in passing: "oiga, de paso"
    inquires: Phrases = ()  # the same, and what follows is the question: "dígame si"
    interrogatives: Phrases = ()  # start a question: "cuánto", "a qué"
    beside_announced: Words = ""  # add nothing to it: "hola, le hago …"
    not_bad: Phrases = ()  # starts praise that is phrased as a no
    nothing_more: Phrases = ()  # beside praise: "no necesito nada más"
    not_only: Phrases = ()  # starts an answer that says more than was asked: "no solo me sirvió, …"
    useless: Phrases = ()  # the whole of a blunt no: "cero aporte"
    behind_useless: Words = ""  # may still follow it: "la verdad"
    costs: Phrases = ()  # "cuánto cobran", before what it costs
    before_costed: Phrases = ()  # "de la", between that and the thing
    before_this: Phrases = ()  # may precede the next
    this: Phrases = ()  # what was shown
    after_this: Phrases = ()  # turns it into a question or statement about what was shown


class Corrections(StrictModel):
    """corrections.toml: how people reject or keep a grade or an area; ``word*``: any ending."""

    denies: Phrases = ()  # "no fue en Salud"
    denies_behind: Phrases = ()  # only after what was meant: "fui a Tránsito, nada que ver Salud"
    takes_up: Phrases = ()  # a "no" that denies nothing: "no, yo fui a Salud"
    after_taking_up: Phrases = ()  # may follow it
    exclaims: Phrases = ()  # before what was meant: "oiga, yo hablaba de patentes"
    was: Phrases = ()  # "no era Salud, era Tránsito"
    instead: Phrases = ()  # "no era Salud sino Tránsito"
    visited: Phrases = ()  # "anduve en Tránsito, no en Salud"
    goes: Phrases = ()  # "es para Tránsito, no para Salud"
    speaks_of: Phrases = ()  # "hablaba de Salud"
    mistook: Phrases = ()  # "pensé que era el Registro Civil"
    compares: Phrases = ()  # beside a place, no mistake is meant: "mejor que el Registro Civil"
    to: Phrases = ()  # between these and a place
    the: Phrases = ()
    articles: Phrases = ()  # before a grade that is denied: "no un 5 sino un 3"
    giving: Phrases = ()  # between a denial and a grade: "no le puse un 7"
    never: Phrases = ()  # denies only a grade: "nunca di un 7"
    was_another: Phrases = ()  # start what was meant: "era un cuatro y medio"
    keeps: Phrases = ()  # "déjelo en 6"
    affirms: Words = ""  # what was noted is right: "sí, correcto"
    beside_affirming: Words = ""  # add nothing to these
    extreme: Phrases = ()  # part of phrases for the best and the worst grade: "súbale al máximo"
