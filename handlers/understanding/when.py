"""When a recogniser is asked at all: the conditions, by name; `conditions_of` says which hold."""

from __future__ import annotations

from enum import StrEnum


class When(StrEnum):
    """When a recogniser has anything to recognise: what is open, and what is written."""

    ALWAYS = "always"
    WORDS = "words"  # the text is more than a number in digits
    NO_GRADE = "no-grade"  # the same, and it does not give the grade that is asked for
    WORDLESS = "wordless"  # there is no word and no number in it
    NUMBER = "number"  # a number stands in it, in digits or in words
    COMMANDING = "commanding"  # it is one that commands something
    SLASHED = "slashed"  # a command as chat platforms write them
    QUOTING = "quoting"  # it quotes a message about a case
    OF_STAFF = "of-staff"  # a member of staff writes
    PROMPTED = "prompted"  # a prompt is open
    JUDGED = "judged"  # it asks whether the answer to a case was what was asked for
    LISTED = "listed"  # its options are numbered, and it is recent
    PROPOSED = "proposed"  # it asks for a yes to a grade
    OFFERING_CASE = "offering-case"  # it offers one, as no person is there to talk to
    DECLINED = "declined"  # the last message said no to what was offered
    CLAIMING = "claiming"  # it asks once more before something is done with own data, or undoes it
    RIGHTING = "righting"  # it asks which of two things is to be corrected
    COMPLAINING = "complaining"  # it asks what the complaint is about
    CHOOSING_AREA = "choosing-area"  # it asks which area is to be rated
    CASE_AREA = "case-area"  # it asks which area a case is for
    REQUESTING = "requesting"  # it asks what of the own data is to be put right, or objected to
    ADDING = "adding"  # words may be added to a comment or a case
    ANSWERING = "answering"  # a questionnaire asks something
    GRADING = "grading"  # and that is a grade
    GUESSED = "guessed"  # of an area that was guessed
    ASIDE = "aside"  # words, where something is asked, or more may be added to a comment
    LEAVING = "leaving"  # and it need not be answered
    SHOWN = "shown"  # it asks whether the card just shown was useful
    TELLING = "telling"  # words, while a case is told
    FREE = "free"  # no questionnaire asks anything, or only whether a card was useful
    INVITED = "invited"  # the same, and a visit might be rated: that was said some minutes ago
    REPORTED = "reported"  # the same, after something was told that is to be mended
    GOING_ON = "going-on"  # the same, after the card of a service was shown
    WISHES_LEFT = "wishes-left"  # the same, and the message before it asked for more than that
    RATED = "rated"  # words, where an area is being rated or was
    RATING = "rating"  # the same, before it is ended and nothing more is added to it
    COMMENTING = "commenting"  # where words of it are awaited
    TOLD = "told"  # words, after a card or an area was shown
    ALERTED = "alerted"  # the emergency numbers were told in the last turn
    WARNED = "warned"  # the same, or some minutes ago, or that danger was said to be over
    FILED = "filed"  # words, where the citizen has a case, or tells one
