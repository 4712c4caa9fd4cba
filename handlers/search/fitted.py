"""Numbers that `make train` writes from the phrases; do not edit by hand."""

STRENGTH: dict[str, float] = {
    "words": -0.0693,
    "phrase": 0.5996,
    "coverage": 1.4957,
    "total": -0.1605,
    "share_of_best": 0.6375,
    "likeness": 4.182,
    "margin": 1.5848,
    "behind_best": 2.0044,
    "area": -1.4477,
    "institution": -0.6762,
    "off_topic": 1.237,
}
MARGIN: dict[str, float] = {
    "one": -1.1962,
    "likeness": 2.4432,
    "total": 0.02,
}
MUNICIPAL: dict[str, float] = {
    "one": 0.2732,
    "before_others": 0.3903,
    "municipal": 1.6448,
    "coverage": 0.3107,
    "likeness": 3.2688,
    "total": -0.1236,
}
MUNICIPAL_ALONE: dict[str, float] = {
    "one": -0.0702,
    "before_others": 1.0317,
    "coverage": -0.4326,
    "likeness": 2.0306,
    "total": -0.0029,
}
FIRST: dict[str, float] = {
    "one": -1.1431,
    "before_second": 0.6682,
    "before_others": 0.0198,
    "coverage": 0.6197,
    "likeness": 3.7794,
    "total": -0.1103,
}
