"""The digest's figures, but for those of lookups, by none of the project's code. FIRST: the first
week published. ``opina export responses --format jsonl | python -m tests.recount FIRST WEEK``."""

import json
import sys
from collections import Counter, defaultdict
from datetime import date, datetime, timedelta
from math import sqrt

Z, ISO, TEN = 1.9599639845400545, "%G-W%V", 10
REASONS = ("espera", "trato", "informacion", "no-resuelto", "costo", "otro")


def wilson(top, n):
    p = top / n
    middle, half = p + Z * Z / 2 / n, Z * sqrt(p * (1 - p) / n + (Z / n / 2) ** 2)
    return p, *((middle + sign * half) / (1 + Z * Z / n) for sign in (-1, 1))


def points(*fractions):
    exact = [round(fraction * 100, 10) for fraction in fractions]
    whole = [int(one + 0.5 if one > 0 else one - 0.5) for one in exact]  # halves go from zero
    return dict(zip(("points", "low", "high"), whole, strict=True))


def sides(grades):
    return grades[6] + grades[7], sum(grades[grade] for grade in range(1, 6))


def added(pairs):
    return [sum(numbers) for numbers in zip(*pairs, strict=True)]


def share(top, rest):
    found = points(*wilson(top, top + rest)) if min(top, rest) >= TEN else {}
    return {"n": top + rest, "percent": found.pop("points"), **found} if found else None


def net(grades):
    top, five, bottom, n = sides(grades)[0], grades[5], sides(grades)[1] - grades[5], grades.total()
    centre = (top - bottom) / (n + 3)
    half = Z * sqrt(((top + bottom + 1.5) / (n + 3) - centre**2) / (n + 3))
    fractions = (top - bottom) / n, max(-1, centre - half), min(1, centre + half)
    return points(*fractions) if min(top, five, bottom) >= TEN else None


def change(now, blocks, weeks):
    recent = [one for one in blocks if one[0] >= now[0] - 8 and min(sides(one[2])) >= TEN]
    mine, base = sides(now[2]), added(sides(block[2]) for block in recent)
    if not recent:
        return None
    (p, a, b), (q, c, d) = wilson(mine[0], sum(mine)), wilson(base[0], sum(base))
    low, high = p - q - sqrt((p - a) ** 2 + (d - q) ** 2), p - q + sqrt((b - p) ** 2 + (q - c) ** 2)
    by, around = share(*mine)["percent"] - share(*base)["percent"], points(0, low, high)
    limits = {"low": min(by, around["low"]), "high": max(by, around["high"])}
    span = {"first_week": weeks[recent[0][0]], "last_week": weeks[recent[-1][1]]}
    return {"points": by, **limits, "baseline": share(*base), **span}


def told(cells):
    hidden = {cell for cell, parts in cells.items() if min(parts) < TEN}
    while hidden and (left := cells.keys() - hidden):
        parts = zip(*(cells[cell] for cell in hidden), strict=True)
        if all(sum(numbers) >= TEN and len(set(numbers)) > 1 for numbers in parts):
            break
        least = min(sum(cells[cell]) for cell in left)
        hidden |= {cell for cell in left if sum(cells[cell]) == least}
    return {cell: sum(parts) for cell, parts in cells.items() if cell not in hidden}


def recount(rows, first, week):
    """The figures of each area, and under "" of all areas, in the digest's own names."""
    monday, last = (date.fromisoformat(f"{one}-1") for one in (first, week))
    weeks = [f"{monday + timedelta(7 * by):{ISO}}" for by in range((last - monday).days // 7 + 1)]
    grades, reasons, begun = defaultdict(Counter), defaultdict(Counter), defaultdict(dict)
    for row in (row for row in rows if row["questionnaire"] == "atencion"):
        key = row["area"], row["week"], row["pending"]
        for channel in ("", row["channel"]) if row["question"] == "grade" else ():
            grades[*key, channel][int(row["value"])] += 1
        reasons[key[:2]].update([row["value"]] * (row["question"] == "reason" and not key[2]))
        started = f"{datetime.fromisoformat(row['started_at']):{ISO}}"
        begun[key[0], started, key[2]][row["response"]] = row["outcome"] == "completed"
    areas, found, shown = {key[0] for key in [*grades, *begun]}, {}, []

    def over(now, area, pending, channel):
        inside = weeks[now[0] : now[1] + 1]
        return sum(
            (grades.get((area, of, pending, channel), Counter()) for of in inside), Counter()
        )

    blocks, opened = defaultdict(list), {}
    for area in areas:
        for at in range(len(weeks)):
            since = max(at - 25, blocks[area][-1][1] + 1 if blocks[area] else 0)
            counts = over((since, at), area, 0, "")
            opened[area] = (since, at, counts)
            if min(sides(counts)) >= TEN or counts.total() >= 50:
                blocks[area].append(opened[area])
    used = [key for key in grades if key[3] and over(opened[key[0]], key[0], 0, key[3])]
    channels = sorted({key[3] for key in used})
    for area, now in opened.items():
        top, rest = sides(now[2])
        if now not in blocks[area]:
            continue
        inside, low = weeks[now[0] : now[1] + 1], rest
        given = sides(over(now, area, 1, ""))
        waiting = sum(len(begun[area, of, 1]) for of in inside)
        counted = share(*given) is None or waiting - sum(given) >= TEN
        found[area] = {
            "first_week": weeks[now[0]],
            "pending": waiting if counted and waiting >= TEN else None,
            "pending_satisfied": share(*given),
        }
        if min(top, rest) < TEN:
            least, n = rest < TEN, now[2].total()
            percent = 100 * (n - 9) // n if least else -(-900 // n)
            found[area]["bound"] = {"n": n, "percent": percent, "at_least": least}
            continue
        shown.append((top, rest))
        each = {one: over(now, area, 0, one) for one in channels}
        apart = told({one: sides(counts) for one, counts in each.items()})
        named = sum((reasons[area, of] for of in inside), Counter())
        none = max(0, (low if named.total() <= low else top + rest) - named.total())
        clear = not 0 < named.total() - low < TEN
        cells = {**dict.fromkeys(REASONS if named else (), 0), **named, "": none}
        found[area] |= {
            "satisfied": share(top, rest),
            "net": net(now[2]),
            "change": change(now, blocks[area][:-1], weeks),
            "reasons": told({reason: (n,) for reason, n in cells.items()} if clear else {}),
            "channels": {one: share(*sides(each[one])) for one in apart},
            "other_channels": (apart and top + rest - sum(apart.values())) or None,
        }
    ended = [done for area in areas for done in begun[area, week, 0].values()]
    graded = sum(grades[area, week, 0, ""].total() for area in areas)
    parts = len(ended) - graded, graded - sum(ended), sum(ended)
    completion = share(sum(ended), len(ended) - sum(ended)) if min(parts) >= TEN else None
    total = {"areas": len(shown), "satisfied": share(*added(shown))} if shown else None
    return found | {"": {"total": total, "completion": completion}}


if __name__ == "__main__":
    print(json.dumps(recount(map(json.loads, sys.stdin), *sys.argv[1:3]), indent=1))
