"""Intents that carry nothing besides."""

from __future__ import annotations

from enum import Enum, auto


class Act(Enum):
    """Intents that carry nothing besides."""

    # The ways through a conversation
    GREET = auto()  # hello, or the chat was opened
    SHOW_MENU = auto()
    SHOW_HELP = auto()
    THANK = auto()  # where nothing is open that thanks could end
    GO_BACK = auto()
    SKIP = auto()  # leave the open question without an answer
    FINISH = auto()  # leave what is open with what was said so far
    CANCEL = auto()
    RESUME = auto()
    NEXT_PAGE = auto()
    LEAVE_PERSON = auto()  # back to the assistant
    STAY_WITH_PERSON = auto()  # asks for one who is waited for, or presses a button of before
    SEND_MEDIA_TO_PERSON = auto()
    LEAD_TO_OWN_DATA = auto()  # a right is used by its word while a person answers
    LEAVE_FOR_PERSON = auto()  # a case, to be read when somebody is there
    OFFER_PERSON = auto()  # a person is wanted while a question is open
    REFUSE = auto()  # does not want to answer what is open
    IGNORE = auto()  # nothing to say: what belongs to a message that was answered already
    # What was understood, but not plainly said
    ACCEPT_PROPOSAL = auto()
    REJECT_PROPOSAL = auto()
    # Information
    ASK_WHAT_ABOUT = auto()  # a question about something, and nothing was shown
    INVITE_QUESTION = auto()  # a question is coming; its words are not here yet
    LIST_AREAS = auto()
    REJECT_SUGGESTIONS = auto()
    VENT = auto()  # anger without a topic
    # Rating
    START_RATING = auto()  # which area is not said; goes on with a rating in progress
    CHOOSE_AREA = auto()  # the same; a rating in progress is put aside
    NAME_UNKNOWN_AREA = auto()  # the area was asked for, and the words name none
    DECLINE_RATING = auto()
    UNDO_RATING = auto()  # take the latest rating back
    ERASE_RATING = auto()  # yes to that
    # Answers
    CONFIRM_GRADE = auto()  # yes to the check of a grade that contradicts the words
    REJECT_GRADE = auto()
    MISREAD_GRADE = auto()  # meant as a grade, but none from 1 to 7
    EXPLAIN_SCALE = auto()  # asks what the grades mean
    GIVE_HALF_GRADE = auto()  # a number that is no whole grade from 1 to 7
    REWRITE_COMMENT = auto()  # of a closed rating: its words are still to come
    OFFER_WORDS = auto()  # yes to "anything to add?"; the words are still to come
    # Cases
    READ_ANSWER = auto()  # tapped under what says that an answer waits
    SHOW_CASES = auto()  # how the citizen's own cases stand
    MISS_CASE = auto()  # one is asked about that was filed by another way than this chat
    ASK_ABOUT_PROCEDURE = auto()  # how a procedure stands: no file is seen here
    AWAIT_TRIAL = auto()  # whether the card helped is not known yet
    TELL_CASE_ANEW = auto()  # what was told so far of a case is to be told anew
    KEEP_TOLD = auto()  # it stays as it was
    KEEP_CASE = auto()  # a case is not withdrawn after all
    FILE_CASE = auto()  # yes to the summary of a case
    DROP_CASE = auto()  # no to it
    DROP_SECOND_ANSWER = auto()  # a staff member's
    CHOOSE_CASE_AREA = auto()  # the case is for another area
    COMPLAIN = auto()  # the words were told before, or are still to be asked for
    # Own data
    EXPLAIN_DATA = auto()
    LIST_RIGHTS = auto()
    ERASE = auto()
    OFFER_AGAIN = auto()  # yes after all, to what was just declined
    KEEP_DATA = auto()  # no to what was asked about own data
    UNBLOCK_DATA = auto()
    INVITE_AGAIN = auto()
    ASK_FOR_CONSENT = auto()
    CONSENT = auto()
    WITHDRAW_CONSENT = auto()
    # Longer questionnaires
    LIST_QUESTIONNAIRES = auto()
    # What means nothing here
    EDIT_MESSAGE = auto()  # an edit changes nothing
    OPEN_UNKNOWN_DESK = auto()  # through a code that the content does not hold
    PRESS_STALE_BUTTON = auto()
    USE_UNKNOWN_COMMAND = auto()
    ANSWER_NOTHING = auto()  # yes or no where nothing was asked
    SEND_NO_WORDS = auto()  # only signs or emojis
    TELL_MISSING = auto()  # what the card just shown does not say
    MAKE_NO_SENSE = auto()  # words that nothing is made of
    EXPLAIN_ANEW = auto()  # "no entiendo", where nothing was shown yet
    # Style
    LIST_LANGUAGES = auto()  # one is wished for, or spoken, that has no wording
    WRITE_SHORT = auto()
    WRITE_LONG = auto()
    DENY_DANGER = auto()  # no to "is somebody in danger now?"


# With these, words that follow are no longer added to a comment or a case.
ENDS_FOLLOW_UP = frozenset(
    {
        Act.SHOW_MENU,
        Act.LIST_AREAS,
        Act.REJECT_SUGGESTIONS,
        Act.NEXT_PAGE,
        Act.START_RATING,
        Act.DECLINE_RATING,
        Act.EXPLAIN_DATA,
        Act.LIST_RIGHTS,
        Act.ASK_FOR_CONSENT,
        Act.ERASE,
        Act.KEEP_DATA,
        Act.GO_BACK,
        Act.RESUME,
    }
)
