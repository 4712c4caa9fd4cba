"""Numbers that `make train` writes from the phrases; do not edit by hand."""

STRENGTH: dict[str, float] = {
    "words": -0.1848,
    "phrase": 0.5836,
    "coverage": 1.4425,
    "total": -0.1032,
    "share_of_best": 1.0179,
    "likeness": 3.8763,
    "margin": 1.5951,
    "behind_best": 2.1719,
    "area": -1.404,
    "institution": -0.7055,
    "off_topic": 1.2336,
}
MARGIN: dict[str, float] = {
    "one": -1.1936,
    "likeness": 2.4363,
    "total": 0.0232,
}
MUNICIPAL: dict[str, float] = {
    "one": 0.2533,
    "before_others": 0.3778,
    "municipal": 2.0338,
    "coverage": -0.9873,
    "likeness": 2.4983,
    "total": 0.1076,
}
MUNICIPAL_ALONE: dict[str, float] = {
    "one": 0.5431,
    "before_others": 1.0868,
    "coverage": -2.1156,
    "likeness": 0.9141,
    "total": 0.1378,
}
FIRST: dict[str, float] = {
    "one": -0.9323,
    "before_second": 0.721,
    "before_others": 0.0438,
    "coverage": 0.5812,
    "likeness": 2.532,
    "total": -0.1401,
}
