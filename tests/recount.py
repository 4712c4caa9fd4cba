"""The digest's figures, but for those of lookups, by none of the project's code:
``opina export responses --format jsonl | python -m tests.recount 2026-W47``."""

import json
import sys
from collections import Counter, defaultdict
from datetime import date, datetime, timedelta
from math import sqrt

Z, ISO = 1.9599639845400545, "%G-W%V"
REASONS = ("espera", "trato", "informacion", "no-resuelto", "costo", "otro")


def wilson(grades):
    p, n = (grades[6] + grades[7]) / grades.total(), grades.total()
    middle, half = p + Z * Z / 2 / n, Z * sqrt(p * (1 - p) / n + (Z / n / 2) ** 2)
    low, high = ((middle + sign * half) / (1 + Z * Z / n) for sign in (-1, 1))
    return p, low if p else 0.0, high if p < 1 else 1.0


def points(*fractions):
    exact = [round(fraction * 100, 10) for fraction in fractions]
    whole = [int(one + 0.5 if one > 0 else one - 0.5) for one in exact]  # halves go from zero
    return dict(zip(("points", "low", "high"), whole, strict=True))


def share(grades):
    found = points(*wilson(grades)) if grades.total() >= 10 else {}
    return {"n": grades.total(), "percent": found.pop("points"), **found} if found else None


def net(grades):
    top, bottom, n = grades[6] + grades[7], sum(grades[g] for g in range(1, 5)), grades.total()
    centre = (top - bottom) / (n + 3)
    half = Z * sqrt(((top + bottom + 1.5) / (n + 3) - centre**2) / (n + 3))
    return points((top - bottom) / n, max(-1, centre - half), min(1, centre + half))


def change(grades, published):
    base = sum(published, Counter())
    (p, a, b), (q, c, d) = wilson(grades), wilson(base)
    low, high = p - q - sqrt((p - a) ** 2 + (d - q) ** 2), p - q + sqrt((b - p) ** 2 + (q - c) ** 2)
    more = {"clear": low > 0 or high < 0, "baseline": share(base), "weeks": len(published)}
    return {**points(p - q, low, high), **more}


def told(cells):
    for least in (10, *(n + 1 for n in sorted(cells.values()) if n >= 10)):
        hidden = [n for n in cells.values() if n < least]
        if not hidden or (sum(hidden) >= 10 and len(set(hidden)) > 1):
            break
    return {cell: n for cell, n in cells.items() if n >= least}


def recount(rows, week):
    """The figures of each area, and under "" of all that are shown, in the digest's own names."""
    monday, found, shown = date.fromisoformat(f"{week}-1"), {}, []
    grades, reasons, begun = defaultdict(Counter), defaultdict(Counter), defaultdict(dict)
    for row in (row for row in rows if row["questionnaire"] == "atencion"):
        key = row["area"], row["week"], row["pending"]
        for channel in ("", row["channel"]) if row["question"] == "grade" else ():
            grades[*key, channel][int(row["value"])] += 1
        reasons[key].update([row["value"]] if row["question"] == "reason" else [])
        if datetime.fromisoformat(row["started_at"]).strftime(ISO) == week:
            begun[key[::2]][row["response"]] = 7 if row["outcome"] == "completed" else 1
    channels = sorted({key[3] for key in grades if key[1:3] == (week, 0)} - {""})
    for area in {key[0] for key in [*grades, *begun]}:
        weeks = [(monday + timedelta(weeks=by)).strftime(ISO) for by in range(-15, 1)]
        now, earlier = grades[area, week, 0, ""], [grades[area, of, 0, ""] for of in weeks]
        if now.total() < 10:
            last = 15 - ((monday - date(1970, 1, 5)).days // 7 + 1) % 8
            small = [n for n in earlier[last - 7 : last + 1] if n.total() < 10]
            pool = share(sum(small, Counter())) if any(n.total() < 9 for n in small) else None
            found[area] = {"pool": pool and (weeks[last - 7], weeks[last], pool)}
            continue
        shown.append(now)
        base = [n for n in earlier[-9:-1] if n.total() >= 10]
        apart = told({channel: grades[area, week, 0, channel].total() for channel in channels})
        named = reasons[area, week, 0]
        low = now.total() - now[6] - now[7]
        none = max(0, (low if named.total() <= low else now.total()) - named.total())
        most = [reason for reason in named if named[reason] == max(named.values())]
        found[area] = {
            "satisfied": share(now),
            "net": net(now),
            "change": change(now, base) if base else None,
            "main_reason": most[0] if named.total() >= 10 and len(most) == 1 else None,
            "reasons": told({**dict.fromkeys(REASONS if named else (), 0), **named, "": none}),
            "channels": {one: share(grades[area, week, 0, one]) for one in apart},
            "other_channels": (apart and now.total() - sum(apart.values())) or None,
            "completion": share(Counter(begun[area, 0].values())),
            "pending": len(begun[area, 1]) if len(begun[area, 1]) >= 10 else None,
            "pending_satisfied": share(grades[area, week, 1, ""]),
        }
    return found | {"": {"areas": len(shown), "satisfied": share(sum(shown, Counter()))}}


if __name__ == "__main__":
    print(json.dumps(recount(map(json.loads, sys.stdin), sys.argv[1]), indent=1))
