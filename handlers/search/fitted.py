"""Numbers that `make train` writes from the phrases; do not edit by hand."""

STRENGTH: dict[str, float] = {
    "words": -0.0189,
    "phrase": 0.5372,
    "coverage": 1.3691,
    "total": -0.2145,
    "share_of_best": 0.76,
    "likeness": 3.8249,
    "margin": 1.5315,
    "behind_best": 2.0179,
    "area": -1.3887,
    "institution": -0.1647,
    "off_topic": 1.3946,
}
MARGIN: dict[str, float] = {
    "one": -1.2122,
    "likeness": 2.2122,
    "total": 0.0246,
}
IN_THREE: dict[str, float] = {
    "one": -2.5136,
    "before_others": 0.4104,
    "coverage": 1.1964,
    "likeness": 3.743,
    "total": -0.1552,
    "likeness_of_other": -3.5117,
    "words": 1.2931,
    "municipal": 0.3043,
}
IN_THREE_ALONE: dict[str, float] = {
    "one": -3.9699,
    "before_others": 0.5947,
    "coverage": 1.467,
    "likeness": 4.2535,
    "total": -0.0297,
    "likeness_of_other": -5.2325,
    "words": 1.7547,
}
FIRST: dict[str, float] = {
    "one": -1.0854,
    "before_others": 0.0324,
    "coverage": 0.4974,
    "likeness": 3.2215,
    "total": -0.0753,
    "before_second": 0.6788,
}
