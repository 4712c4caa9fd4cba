"""Numbers that `make train` writes from the phrases; do not edit by hand."""

STRENGTH: dict[str, float] = {
    "words": -0.016,
    "phrase": 0.5561,
    "coverage": 1.4756,
    "total": -0.2077,
    "share_of_best": 0.6264,
    "likeness": 4.2787,
    "margin": 1.6763,
    "behind_best": 2.0685,
    "area": -1.2806,
    "institution": -0.5121,
    "off_topic": 1.0896,
}
MARGIN: dict[str, float] = {
    "one": -1.1952,
    "likeness": 2.1334,
    "total": 0.0249,
}
MUNICIPAL: dict[str, float] = {
    "one": 0.3299,
    "before_others": 0.3913,
    "municipal": 1.6883,
    "coverage": 0.0279,
    "likeness": 2.7328,
    "total": -0.0717,
}
MUNICIPAL_ALONE: dict[str, float] = {
    "one": 0.0068,
    "before_others": 1.0168,
    "coverage": -0.6374,
    "likeness": 2.2651,
    "total": 0.0295,
}
FIRST: dict[str, float] = {
    "one": -1.2321,
    "before_second": 0.6574,
    "before_others": 0.018,
    "coverage": 0.5828,
    "likeness": 2.5639,
    "total": -0.0211,
}
