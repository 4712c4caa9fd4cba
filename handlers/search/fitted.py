"""Numbers that `make train` writes from the phrases; do not edit by hand."""

STRENGTH: dict[str, float] = {
    "words": -0.2592,
    "phrase": 0.5798,
    "coverage": 1.3863,
    "total": -0.0111,
    "share_of_best": 1.1677,
    "likeness": 3.9201,
    "margin": 1.4275,
    "behind_best": 2.0521,
    "area": -1.4283,
    "institution": -0.6915,
    "off_topic": 1.312,
}
MARGIN: dict[str, float] = {
    "one": -1.1882,
    "likeness": 2.327,
    "total": 0.0257,
}
MUNICIPAL: dict[str, float] = {
    "one": 0.2317,
    "before_others": 0.382,
    "municipal": 2.0705,
    "coverage": -1.1299,
    "likeness": 1.9957,
    "total": 0.1596,
}
MUNICIPAL_ALONE: dict[str, float] = {
    "one": 0.431,
    "before_others": 1.0139,
    "coverage": -2.1083,
    "likeness": 1.4937,
    "total": 0.1814,
}
FIRST: dict[str, float] = {
    "one": -1.0482,
    "before_second": 0.6943,
    "before_others": 0.058,
    "coverage": 0.7521,
    "likeness": 2.0473,
    "total": -0.1008,
}
