"""Numbers that `make train` writes from the phrases; do not edit by hand."""

STRENGTH: dict[str, float] = {
    "words": -0.0345,
    "phrase": 0.5426,
    "coverage": 1.4569,
    "total": -0.1939,
    "share_of_best": 0.6768,
    "likeness": 4.4141,
    "margin": 1.6027,
    "behind_best": 2.0648,
    "area": -1.3053,
    "institution": -0.5436,
    "off_topic": 1.1704,
}
MARGIN: dict[str, float] = {
    "one": -1.1957,
    "likeness": 2.1466,
    "total": 0.0247,
}
MUNICIPAL: dict[str, float] = {
    "one": 0.2599,
    "before_others": 0.3914,
    "municipal": 1.6263,
    "coverage": 0.1437,
    "likeness": 3.013,
    "total": -0.0847,
}
MUNICIPAL_ALONE: dict[str, float] = {
    "one": -0.0063,
    "before_others": 1.0087,
    "coverage": -0.6358,
    "likeness": 2.516,
    "total": 0.0292,
}
FIRST: dict[str, float] = {
    "one": -1.2727,
    "before_second": 0.6723,
    "before_others": 0.0232,
    "coverage": 0.6989,
    "likeness": 2.6713,
    "total": -0.0461,
}
