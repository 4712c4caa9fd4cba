"""Every sentence that the assistant says: declared here, worded in the content's Fluent files."""

from __future__ import annotations

from collections.abc import Mapping

from fluent.runtime import FluentBundle, FluentResource
from fluent.syntax import FluentParser, ast
from fluent.syntax.visitor import Visitor

from handlers.errors import ContentError
from handlers.text import fold

# Each sentence and the variables that it must use, no more and no fewer.
SENTENCES: dict[str, tuple[str, ...]] = {
    # The assistant itself
    "welcome": ("municipality",),
    "introduction": ("municipality",),
    "hello-again": (),
    "menu": (),
    "help": (),
    "goodbye": (),
    "language-now": (),
    "language-hint": (),
    "ask-away": (),
    "failed": (),
    # Open questions
    "pending-run": ("area",),
    "pending-resumed": ("area",),
    "pending-survey": ("title",),
    "nothing-pending": (),
    "cancelled": (),
    "cancelled-grade": ("area",),
    "cancelled-change": ("area", "grade"),
    "nothing-to-cancel": (),
    "nothing-to-go-back": (),
    "cannot-skip": (),
    "not-optional-done": (),
    "button-stale": (),
    "number-stale": ("number",),
    "number-stale-rated": ("area", "grade"),
    "what-do-you-need": (),
    # Rating
    "choose-area-to-rate": (),
    "area-not-recognised": (),
    "grade-noticed": ("area",),
    "notice": (),
    "pending-noted": (),
    "grade-misread": (),
    "grade-misread-again": (),
    "grade-check-low": ("grade",),
    "grade-check-high": ("grade",),
    "grade-noted": ("grade", "area"),
    "reason-misread": (),
    "thanks": ("grade", "area"),
    "thanks-plain": (),
    "thanks-add": (),
    "words-joined": ("area",),
    "words-full": (),
    "words-done": (),
    "already-rated": ("grade", "area", "date"),
    "kept": ("grade", "area"),
    "nothing-to-change": (),
    "rate-offer": ("area",),
    "rate-declined": (),
    # Other question kinds
    "yes-no-misread": (),
    "choice-misread": (),
    "choices-misread": (),
    "choices-so-far": ("chosen",),
    "choices-too-few": ("minimum",),
    "choices-too-many": ("maximum",),
    "number-misread": (),
    "number-out-of-range": ("minimum", "maximum"),
    "date-misread": (),
    "date-out-of-range": (),
    "text-too-long": ("maximum",),
    "text-too-short": ("minimum",),
    "optional-hint": (),
    "survey-menu": (),
    "survey-done": ("title",),
    # Looking up
    "useful": (),
    "useful-yes": (),
    "useful-no": ("contact",),
    "suggest": ("query",),
    "suggest-none": (),
    "not-found": ("query",),
    "not-municipal": ("institution",),
    "not-municipal-more": (),
    "institution-link": ("link",),
    "institution-phone": ("phone",),
    "areas": (),
    "area-services": (),
    "waiting": (),
    "card-online": ("link",),
    "card-online-unconfirmed": (),
    "card-needs": ("items",),
    "card-steps": ("items",),
    "card-place": ("place",),
    "card-hours": ("hours",),
    "card-cost": ("cost",),
    "card-duration": ("duration",),
    "card-link": ("link",),
    "card-area": ("area",),
    "card-confirmed": ("area", "date"),
    "card-unconfirmed": (),
    "card-contact": ("contact",),
    "card-contact-person": (),
    "contact-person": (),
    # Cases
    "case-person": ("number",),
    "case-person-hours": ("number", "hours"),
    "case-person-again": ("number",),
    "case-ask": (),
    "case-opened": ("number", "receiver"),
    "case-opened-draft": ("number", "receiver", "words"),
    "case-extended": ("number",),
    "case-done": ("number",),
    "case-answer": ("number", "receiver", "words"),
    "case-receiver-general": (),
    "case-open-again": ("number",),
    # Rights
    "data": ("contact",),
    "my-data": ("since", "responses", "comments", "cases"),
    "my-data-none": (),
    "my-data-response": ("area", "grade", "date"),
    "my-data-response-open": ("area", "date"),
    "my-data-comment": ("area", "words"),
    "my-data-case": ("number", "status"),
    "my-data-more": ("count",),
    "erase-confirm": (),
    "erased": ("date",),
    "erase-kept-cases": ("numbers",),
    "erase-stopped": (),
    "case-status-open": (),
    "case-status-answered": (),
    "case-status-closed": (),
    # Anything else
    "media-voice": (),
    "media-photo": (),
    "media-video": (),
    "media-document": (),
    "media-sticker": (),
    "media-location": (),
    "media-contact": (),
    "media-reaction": (),
    "media-other": (),
    "media-caption": (),
    "edited": (),
    "no-words": (),
    # Emergencies
    "emergency-fire": (),
    "emergency-gas": (),
    "emergency-medical": (),
    "emergency-violence": (),
    "emergency-child": (),
    "emergency-suicide": (),
    "emergency-crime": (),
    "emergency-disaster": (),
    # Staff
    "staff-linked": ("name",),
    "staff-code-refused": (),
    "staff-help": ("name",),
    "case-notice": ("number", "kind", "area", "words"),
    "case-notice-added": ("number", "words"),
    "case-notice-subject": ("number", "kind"),
    "case-notice-no-words": (),
    "case-answer-sent": ("number",),
    "case-unknown": ("number",),
    "case-kind-persona": (),
    "case-kind-reclamo": (),
    "case-by-mail": ("number",),
    # Dates
    "date": ("day", "month", "year"),
}

# Labels of options: at most 20 characters, so that they fit a button.
LABELS = (
    "ask",
    "rate",
    "complaint",
    "person",
    "menu",
    "cancel",
    "back",
    "skip",
    "done",
    "pending",
    "resume",
    "change",
    "keep",
    "yes",
    "no",
    "none",
    "areas",
    "more",
    "erase",
    "not-erase",
    "not-comment",
    "rate-now",
    "not-now",
    "answer",
    "data",
    "mine",
)

# Words that command something wherever they stand alone: comma-separated in the Fluent files.
COMMANDS = (
    "menu",
    "help",
    "cancel",
    "back",
    "skip",
    "done",
    "pending",
    "rate",
    "ask",
    "areas",
    "resume",
    "change",
    "data",
    "mine",
    "erase",
    "person",
    "complaint",
    "survey",
    "spanish",
    "english",
    "hello",
    "thanks",
    "yes",
    "no",
)

MONTHS = 12
MAX_LABEL = 20


def declared() -> dict[str, tuple[str, ...]]:
    """Every message id that a Fluent file must hold, with its variables."""
    ids = dict(SENTENCES)
    ids.update({f"label-{label}": () for label in LABELS})
    ids.update({f"heard-{command}": () for command in COMMANDS})
    ids.update({f"month-{month}": () for month in range(1, MONTHS + 1)})
    return ids


class Wording:
    """One language's sentences; made by ``parse`` after every check has passed."""

    def __init__(self, language: str, bundle: FluentBundle, selecting: frozenset[str]) -> None:
        """``selecting``: the sentences that choose among variants and need Fluent every time."""
        self.language = language
        self._bundle = bundle
        # Formatting costs 36 µs a sentence, splitting once and joining under 1 µs.
        self._fixed = {key: self._format(key, {}) for key, names in declared().items() if not names}
        self._parts = {
            key: self._format(key, {name: f"\0{name}\0" for name in names}).split("\0")
            for key, names in declared().items()
            if names and key not in selecting
        }
        self.commands = {
            folded: command
            for command in COMMANDS
            for word in self._fixed[f"heard-{command}"].split(",")
            if (folded := fold(word))
        }

    def say(self, key: str, **values: str | int) -> str:
        """The sentence ``key``. Raises KeyError for one that is not declared."""
        if not values:
            return self._fixed[key]
        parts = self._parts.get(key)
        if parts is None:
            return self._format(key, values)
        # Text and names of variables alternate.
        return "".join([str(values[part]) if i % 2 else part for i, part in enumerate(parts)])

    def label(self, name: str) -> str:
        """The label of an option."""
        return self._fixed[f"label-{name}"]

    def _format(self, key: str, values: Mapping[str, str | int]) -> str:
        pattern = self._bundle.get_message(key).value
        if pattern is None:
            raise KeyError(key)
        text, errors = self._bundle.format_pattern(pattern, dict(values))
        if errors:
            raise KeyError(f"{key}: {errors[0]}")
        return str(text)


def parse(language: str, source: str, file: str = "") -> Wording:
    """Wording from a Fluent file. Raises ContentError with every problem: file, key, remedy."""
    problems = _problems(source, file or f"{language}.ftl")
    if problems:
        raise ContentError(problems)
    bundle = FluentBundle([language], use_isolating=False)
    bundle.add_resource(FluentResource(source))
    wording = Wording(language, bundle, _selecting(source))
    for name in LABELS:
        if len(wording.label(name)) > MAX_LABEL:
            problems.append(f"{file}: label-{name}: at most {MAX_LABEL} characters")
    if problems:
        raise ContentError(problems)
    return wording


def _problems(source: str, file: str) -> list[str]:
    wanted = declared()
    found: dict[str, ast.Message] = {}
    problems = []
    for entry in FluentParser().parse(source).body:
        if isinstance(entry, ast.Junk):
            line = source.count("\n", 0, entry.span.start if entry.span else 0) + 1
            problems.append(f"{file}:{line}: not valid Fluent: {entry.annotations[0].message}")
        elif isinstance(entry, ast.Message):
            name = entry.id.name
            if name in found:
                problems.append(f"{file}: {name}: stands twice; remove one")
            found[name] = entry
    for name, variables in wanted.items():
        if name not in found:
            problems.append(f"{file}: {name}: missing; add this sentence")
            continue
        used = _Variables()
        used.visit(found[name])
        for variable in sorted(set(variables) - used.names):
            problems.append(f"{file}: {name}: does not use {{ ${variable} }}; add it")
        for variable in sorted(used.names - set(variables)):
            known = ", ".join(variables) or "none"
            problems.append(f"{file}: {name}: unknown {{ ${variable} }}; allowed: {known}")
    unknown = [name for name in found if name not in wanted]
    problems += [f"{file}: {name}: unknown sentence; remove it" for name in unknown]
    return problems


def _selecting(source: str) -> frozenset[str]:
    messages = [e for e in FluentParser().parse(source).body if isinstance(e, ast.Message)]
    return frozenset(message.id.name for message in messages if _Selects.inside(message))


class _Selects(Visitor):
    def __init__(self) -> None:
        self.found = False

    @classmethod
    def inside(cls, message: ast.Message) -> bool:
        visitor = cls()
        visitor.visit(message)
        return visitor.found

    def visit_SelectExpression(self, node: ast.SelectExpression) -> None:  # noqa: ARG002
        self.found = True


class _Variables(Visitor):
    def __init__(self) -> None:
        self.names: set[str] = set()

    def visit_VariableReference(self, node: ast.VariableReference) -> None:
        self.names.add(node.id.name)
