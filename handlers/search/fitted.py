"""Numbers that `make train` writes from the phrases; do not edit by hand."""

STRENGTH: dict[str, float] = {
    "words": -0.0724,
    "phrase": 0.6011,
    "coverage": 1.4901,
    "total": -0.1577,
    "share_of_best": 0.6352,
    "likeness": 4.1777,
    "margin": 1.5824,
    "behind_best": 2.0101,
    "area": -1.4468,
    "institution": -0.6793,
    "off_topic": 1.2269,
}
MARGIN: dict[str, float] = {
    "one": -1.1963,
    "likeness": 2.4449,
    "total": 0.0199,
}
MUNICIPAL: dict[str, float] = {
    "one": 0.2694,
    "before_others": 0.3893,
    "municipal": 1.6509,
    "coverage": 0.3162,
    "likeness": 3.2618,
    "total": -0.1233,
}
MUNICIPAL_ALONE: dict[str, float] = {
    "one": -0.0917,
    "before_others": 1.034,
    "coverage": -0.416,
    "likeness": 2.0803,
    "total": -0.0013,
}
FIRST: dict[str, float] = {
    "one": -1.143,
    "before_second": 0.668,
    "before_others": 0.0201,
    "coverage": 0.6214,
    "likeness": 3.7417,
    "total": -0.1085,
}
