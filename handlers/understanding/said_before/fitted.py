"""Numbers that `make train` writes from questions after a card; do not edit by hand."""

<<<<<<< HEAD
ONE = 8.4860
WEIGHTS: dict[str, float] = {
    "asks": -3.8239,
    "other": -0.9640,
    "follows": 0.5199,
    "goes_on": 2.0124,
    "begins": 2.5522,
    "municipal": 0.1348,
    "found": -0.5596,
    "ahead": 0.6256,
    "theirs": -1.2722,
    "words": -1.1044,
=======
ONE = 8.1235
WEIGHTS: dict[str, float] = {
    "asks": -3.7477,
    "other": -0.6207,
    "follows": 0.5276,
    "goes_on": 1.6660,
    "begins": 2.5281,
    "municipal": 0.0982,
    "found": -0.4969,
    "ahead": 0.5780,
    "theirs": -1.4013,
    "words": -1.1425,
>>>>>>> parent of d86bd8a0 (Show cards where the right one is probably among three)
}
