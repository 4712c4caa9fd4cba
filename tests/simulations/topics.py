"""How surely the topics of comments are recognised: ``python -m tests.simulations.topics [FILE]``.

Precision and recall of each topic on labelled comments are printed with every error. Labels that
are no topic of the content ("otro") are left out. FILE: JSON lines like ``comments_dev.jsonl``.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bot.content.folder import load_content
from bot.content.release import PACKAGED
from handlers.content.model import Content
from handlers.quality.intervals import wilson
from handlers.text.folding import fold

COMMENTS = Path(__file__).parents[1] / "handlers" / "data" / "comments_dev.jsonl"


@dataclass(frozen=True, slots=True)
class Comment:
    """A labelled comment. ``topics``: as the content's ids are written."""

    text: str
    topics: frozenset[str]


@dataclass(slots=True)
class Score:
    """Of one topic: how many were recognised rightly, and the errors."""

    right: int = 0
    wrong: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)

    @property
    def recognised(self) -> int:
        """How many comments were taken to speak of it."""
        return self.right + len(self.wrong)

    @property
    def labelled(self) -> int:
        """How many speak of it."""
        return self.right + len(self.missed)


def read(file: Path = COMMENTS) -> list[Comment]:
    """Every labelled comment."""
    entries = map(json.loads, file.read_text(encoding="utf-8").splitlines())
    return [Comment(one["text"], frozenset(map(_id, one["labels"]["topics"]))) for one in entries]


def scores(comments: Iterable[Comment], content: Content) -> dict[str, Score]:
    """The score of each topic of the content, in its order."""
    found = {topic.id: Score() for topic in content.comment_topics}
    for comment in comments:
        ranks = set(content.topic_phrases.every(comment.text))
        for rank, score in enumerate(found.values()):
            labelled = content.comment_topics[rank].id in comment.topics
            if rank in ranks and labelled:
                score.right += 1
            elif rank in ranks:
                score.wrong.append(comment.text)
            elif labelled:
                score.missed.append(comment.text)
    return found


def together(found: Iterable[Score]) -> Score:
    """All topics as one."""
    whole = Score()
    for score in found:
        whole.right += score.right
        whole.wrong += score.wrong
        whole.missed += score.missed
    return whole


def _id(label: str) -> str:
    return "-".join(re.findall(r"[a-z0-9]+", fold(label.replace("_", " "))))


def _share(right: int, of: int) -> str:
    if not of:
        return "none"
    sure = wilson(right, of)
    return f"{right}/{of} = {sure.value:.0%} ({sure.low:.0%} to {sure.high:.0%})"


def _tell(name: str, score: Score) -> None:
    precision, recall = _share(score.right, score.recognised), _share(score.right, score.labelled)
    print(f"{name:18} precision {precision:27} recall {recall}")


def main(arguments: Sequence[str]) -> int:
    content = load_content(PACKAGED)
    comments = read(Path(arguments[0])) if arguments else read()
    found = scores(comments, content)
    print(f"{len(comments)} comments")
    for topic, score in found.items():
        _tell(topic, score)
    _tell("all", together(found.values()))
    for topic, score in found.items():
        for text in score.missed:
            print(f"{topic}: missed: {text}")
        for text in score.wrong:
            print(f"{topic}: wrong: {text}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
