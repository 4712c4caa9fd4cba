"""`python -m benchmarks`: run all comparisons, or those named with --only."""

from __future__ import annotations

import sys

from benchmarks.harness.frame import run_all

if __name__ == "__main__":
    sys.exit(run_all())
