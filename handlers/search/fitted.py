"""Numbers that `make train` writes from the phrases; do not edit by hand."""

STRENGTH: dict[str, float] = {
    "words": 0.049,
    "phrase": 0.5641,
    "coverage": 1.3863,
    "total": -0.2481,
    "share_of_best": 0.6989,
    "likeness": 3.8301,
    "margin": 1.5396,
    "behind_best": 2.0219,
    "area": -1.3681,
    "institution": -0.1792,
    "off_topic": 1.3916,
}
MARGIN: dict[str, float] = {
    "one": -1.2123,
    "likeness": 2.2146,
    "total": 0.0245,
}
IN_THREE: dict[str, float] = {
    "one": -2.3045,
    "before_others": 0.4151,
    "coverage": 1.0319,
    "likeness": 3.7005,
    "total": -0.156,
    "likeness_of_other": -3.1732,
    "words": 1.197,
    "municipal": 0.3279,
}
IN_THREE_ALONE: dict[str, float] = {
    "one": -3.8559,
    "before_others": 0.6258,
    "coverage": 1.4713,
    "likeness": 3.6549,
    "total": -0.0652,
    "likeness_of_other": -4.8692,
    "words": 1.7796,
}
FIRST: dict[str, float] = {
    "one": -1.0016,
    "before_others": 0.043,
    "coverage": 0.4238,
    "likeness": 3.1156,
    "total": -0.0892,
    "before_second": 0.6672,
}
