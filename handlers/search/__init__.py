"""Information that finds: which card answers what a citizen wrote, and how sure that is."""

from handlers.search.evaluate import Report, Row, evaluate
from handlers.search.index import SearchIndex
from handlers.search.ranking import Hit, Ranking, Verdict
from handlers.search.words import SearchWords, read_words

__all__ = [
    "Hit",
    "Ranking",
    "Report",
    "Row",
    "SearchIndex",
    "SearchWords",
    "Verdict",
    "evaluate",
    "read_words",
]
