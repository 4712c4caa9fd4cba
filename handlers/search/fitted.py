"""Numbers that `make train` writes from the phrases; do not edit by hand."""

STRENGTH: dict[str, float] = {
    "words": -0.0649,
    "phrase": 0.6085,
    "coverage": 1.5633,
    "total": -0.2016,
    "share_of_best": 0.675,
    "likeness": 4.2627,
    "margin": 1.6263,
    "behind_best": 2.0052,
    "area": -1.3982,
    "institution": -0.7204,
    "off_topic": 1.1946,
}
MARGIN: dict[str, float] = {
    "one": -1.197,
    "likeness": 2.4137,
    "total": 0.02,
}
MUNICIPAL: dict[str, float] = {
    "one": 0.3739,
    "before_others": 0.3904,
    "municipal": 1.6717,
    "coverage": 0.2639,
    "likeness": 3.2962,
    "total": -0.15,
}
MUNICIPAL_ALONE: dict[str, float] = {
    "one": -0.0194,
    "before_others": 1.0082,
    "coverage": -0.5172,
    "likeness": 1.7063,
    "total": 0.0175,
}
FIRST: dict[str, float] = {
    "one": -1.0649,
    "before_second": 0.6302,
    "before_others": 0.0219,
    "coverage": 0.6733,
    "likeness": 3.8415,
    "total": -0.1237,
}
