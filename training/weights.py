"""Writes the weights of a decision with several kinds as a Python module."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray
from sklearn.pipeline import Pipeline


def weights_module(what: str, kinds: Iterable[str], names: Sequence[str], model: Pipeline) -> str:
    """The source of a ``fitted.py``: ``ONE``, and a row of weights a feature, one for each kind.

    ``model``: a fitted scaler and a logistic regression; the scaling is worked into the weights.
    ``what``: completes "written from what …" in the docstring.
    """
    scaled, linear = model[0], model[1]
    weights = linear.coef_ / scaled.scale_
    one = linear.intercept_ - weights @ scaled.mean_
    lines = [
        f'"""Numbers that `make train` writes from what {what}; do not edit by hand."""',
        "",
        f"# {', '.join(kinds)}",
        f"ONE = {_row(one)}",
        "WEIGHTS: dict[str, tuple[float, ...]] = {",
        *(f'    "{name}": {_row(row)},' for name, row in zip(names, weights.T, strict=True)),
        "}",
        "",
    ]
    return "\n".join(lines)


def _row(weights: NDArray[np.float64]) -> str:
    return f"({', '.join(f'{weight:.4f}' for weight in weights)})"
