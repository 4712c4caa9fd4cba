"""Numbers that `make train` writes from the phrases; do not edit by hand."""

STRENGTH: dict[str, float] = {
    "words": 0.0015,
    "phrase": 0.5526,
    "coverage": 1.1623,
    "total": -0.2132,
    "share_of_best": 0.7877,
    "likeness": 3.8494,
    "margin": 1.7543,
    "behind_best": 2.3632,
    "area": -1.2963,
    "institution": -0.6162,
    "off_topic": 0.8995,
}
MARGIN: dict[str, float] = {
    "one": -1.2234,
    "likeness": 2.4809,
    "total": 0.0262,
}
MUNICIPAL: dict[str, float] = {
    "one": 0.5949,
    "before_others": 0.4341,
    "municipal": 1.8963,
    "coverage": -1.0046,
    "likeness": 2.1906,
    "total": 0.0105,
}
MUNICIPAL_ALONE: dict[str, float] = {
    "one": 0.1891,
    "before_others": 1.3145,
    "coverage": -2.3501,
    "likeness": -0.2545,
    "total": 0.1427,
}
FIRST: dict[str, float] = {
    "one": -1.0669,
    "before_second": 0.7706,
    "before_others": 0.0597,
    "coverage": 0.4265,
    "likeness": 2.569,
    "total": -0.1117,
}
