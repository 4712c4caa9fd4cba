"""The service reads the public holidays of one country, and reads them right."""

from __future__ import annotations

import subprocess
import sys

from holidays import country_holidays

SCRIPT = """
import sys
from bot.content.calendar import read_one_country_only
from holidays import country_holidays
read_one_country_only()
print(*country_holidays("CL", years=2026))
print(sum(name.startswith("holidays.countries.") for name in sys.modules))
"""


def test_only_the_country_that_is_asked_for_is_read() -> None:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=True
    )
    days, countries = done.stdout.splitlines()
    assert days.split() == [str(day) for day in country_holidays("CL", years=2026)]
    assert countries == "1"
