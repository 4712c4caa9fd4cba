"""A digest's figures but for lookups and cases, by none of the project's code. FIRST had the first:
``opina export responses --format jsonl | python -m tests.recount FIRST WEEK``."""

import json
import sys
from collections import Counter, defaultdict
from datetime import date, datetime, timedelta
from math import hypot, sqrt

Z, TEN = 1.9599639845400545, 10
REASONS = ("espera", "trato", "informacion", "no-resuelto", "costo", "acceso", "otro")


def count(said, question, pending=0, channel=None, values=None):
    keys = [key for key in said if key[:2] == (question, pending) and channel in (None, key[2])]
    return sum(said[key] for key in keys if values is None or key[3] in values)


def sides(said, pending=0, channel=None):
    return [count(said, "grade", pending, channel, values) for values in ("67", "12345")]


def whole(*fractions):  # in percent, halves away from zero
    return [int(round(one * 100, 10) + (0.5 if one > 0 else -0.5)) for one in fractions]


def wilson(top, rest):
    n, p = top + rest, top / (top + rest)
    middle, half = p + Z * Z / 2 / n, Z * sqrt(p * (1 - p) / n + (Z / n / 2) ** 2)
    return p, (middle - half) / (1 + Z * Z / n), (middle + half) / (1 + Z * Z / n)


def share(top, rest):
    return [top + rest, *whole(*wilson(top, rest))] if min(top, rest) >= TEN else None


def told(cells):
    hidden = [parts for parts in cells.values() if min(parts) < TEN]
    while (left := [parts for parts in cells.values() if parts not in hidden]) and any(
        sum(one) < TEN or len(set(one)) == 1 for one in zip(*hidden, strict=True)
    ):
        hidden += [parts for parts in left if sum(parts) == min(map(sum, left))]
    return {cell: parts for cell, parts in cells.items() if parts not in hidden}


def figures(now, before, channels, weeks):
    (since, _, (top, rest), said), left = now, sides(now[3], 1)
    n, begun = top + rest, count(said, "begun", 1)
    begun = begun if begun >= TEN and (not share(*left) or begun - sum(left) >= TEN) else None
    found = {"first_week": weeks[since], "pending": begun, "pending_satisfied": share(*left)}
    if min(top, rest) < TEN:
        return found | {"bound": [n, 100 * (n - 9) // n if rest < 10 else -(-900 // n), rest < 10]}
    if recent := [one for one in before if one[0] >= since - 8 and share(*one[2])]:
        base = [sum(one[2][side] for one in recent) for side in (0, 1)]
        (p, a, b), (q, c, d) = wilson(top, rest), wilson(*base)
        by = share(top, rest)[1] - share(*base)[1]
        least, most = whole(p - q - hypot(p - a, d - q), p - q + hypot(b - p, q - c))
        span = share(*base), weeks[recent[0][0]], weeks[recent[-1][1]]
        found["change"] = [by, min(by, least), max(by, most), *span]
    five, low = [count(said, "grade", 0, None, given) for given in ("5", "1234")]
    half = Z * sqrt(((top + low + 1.5) / (n + 3) - ((top - low) / (n + 3)) ** 2) / (n + 3))
    net = whole((top - low) / n, (top - low) / (n + 3) - half, (top - low) / (n + 3) + half)
    apart = told({channel: sides(said, 0, channel) for channel in channels})
    chosen = {reason: [count(said, "reason", 0, None, [reason])] for reason in REASONS}
    named = sum(map(sum, chosen.values()))
    chosen[""] = [max(0, (rest if named <= rest else n) - named)]  # gave none
    found["satisfied"], found["net"] = share(top, rest), net if min(top, five, low) >= TEN else None
    found["reasons"] = {} if 0 < named - rest < TEN else told(chosen)
    found["channels"] = {channel: share(*parts) for channel, parts in apart.items()}
    found["other_channels"] = (apart and n - sum(map(sum, apart.values()))) or None
    return found


def recount(rows, first, week):
    start, end = (date.fromisoformat(f"{one}-1") for one in (first, week))
    weeks = [f"{start + timedelta(by):%G-W%V}" for by in range(0, (end - start).days + 1, 7)]
    sums, blocks, opened, found = defaultdict(Counter), defaultdict(list), {}, {}
    for row in (row for row in rows if (row["questionnaire"], row["apart"]) == ("atencion", 0)):
        key, started = row["pending"], f"{datetime.fromisoformat(row['started_at']):%G-W%V}"
        sums[row["area"], row["week"]][row["question"], key, row["channel"], row["value"]] += 1
        sums[row["area"], started]["begun", key, row["outcome"], row["response"]] = 1
    for area, at in [(area, at) for area in {area for area, _ in sums} for at in range(len(weeks))]:
        since = max(at - 25, blocks[area][-1][1] + 1 if blocks[area] else 0)
        said = sum((sums[area, of] for of in weeks[since : at + 1]), Counter())
        opened[area] = since, at, sides(said), said
        if min(opened[area][2]) >= TEN or sum(opened[area][2]) >= 50:
            blocks[area].append(opened[area])
    channels = {key[2] for *_, said in opened.values() for key in said if key[:2] == ("grade", 0)}
    for area in [area for area in opened if opened[area] in blocks[area]]:
        found[area] = figures(opened[area], blocks[area][:-1], channels, weeks)
    shown = [opened[area][2] for area in found if "satisfied" in found[area]]
    total = [len(shown), share(*map(sum, zip(*shown, strict=True)))] if shown else None
    now = sum((sums[area, week] for area in opened), Counter())
    begun, ended, graded = count(now, "begun"), count(now, "begun", 0, "completed"), sum(sides(now))
    completion = share(ended, begun - ended) if min(begun - graded, graded - ended) >= TEN else None
    return found | {"": {"total": total, "completion": completion}}


if __name__ == "__main__":
    print(json.dumps(recount(map(json.loads, sys.stdin), *sys.argv[1:3]), indent=1))
