"""Numbers that `make train` writes from the phrases; do not edit by hand."""

STRENGTH: dict[str, float] = {
    "words": -0.1861,
    "phrase": 0.5445,
    "coverage": 1.2052,
    "total": -0.1208,
    "share_of_best": 1.1262,
    "likeness": 3.7315,
    "margin": 1.679,
    "behind_best": 2.1383,
    "area": -1.3667,
    "institution": -0.6795,
    "off_topic": 1.3878,
}
MARGIN: dict[str, float] = {
    "one": -1.1956,
    "likeness": 2.4621,
    "total": 0.023,
}
MUNICIPAL: dict[str, float] = {
    "one": -2.269,
    "before_others": 0.4566,
    "coverage": 0.5797,
    "likeness": 1.8007,
    "total": -0.1898,
    "words": 2.1237,
    "their_likeness": -4.4196,
    "municipal": 1.2771,
}
MUNICIPAL_ALONE: dict[str, float] = {
    "one": -3.3509,
    "before_others": 0.9971,
    "coverage": 0.0995,
    "likeness": 0.1527,
    "total": -0.22,
    "words": 2.9255,
    "their_likeness": -5.515,
}
FIRST: dict[str, float] = {
    "one": -0.9156,
    "before_second": 0.7116,
    "before_others": 0.0549,
    "coverage": 0.703,
    "likeness": 2.6507,
    "total": -0.1665,
}
