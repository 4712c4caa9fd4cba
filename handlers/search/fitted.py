"""Numbers that `make train` writes from the phrases; do not edit by hand."""

STRENGTH: dict[str, float] = {
    "words": -0.3837,
    "phrase": 0.5309,
    "coverage": 1.4693,
    "total": 0.1045,
    "share_of_best": 1.1597,
    "likeness": 3.954,
    "margin": 1.441,
    "behind_best": 2.1077,
    "area": -1.4462,
    "institution": -0.9191,
    "off_topic": 1.1127,
}
MARGIN: dict[str, float] = {
    "one": -1.1861,
    "likeness": 2.2615,
    "total": 0.0265,
}
MUNICIPAL: dict[str, float] = {
    "one": 0.3815,
    "before_others": 0.399,
    "municipal": 2.0975,
    "coverage": -0.4508,
    "likeness": 2.4732,
}
MUNICIPAL_ALONE: dict[str, float] = {
    "one": 0.2959,
    "before_others": 1.0064,
    "coverage": -1.7731,
    "likeness": 2.0832,
    "total": 0.1788,
}
FIRST: dict[str, float] = {
    "one": -1.1032,
    "before_second": 0.6958,
    "before_others": 0.0602,
    "coverage": 0.8843,
    "likeness": 2.3838,
    "total": -0.15,
}
