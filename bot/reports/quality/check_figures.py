"""Rehace cada cifra publicada desde los bloques y muestra toda diferencia; LEAME.txt dice cómo."""

from __future__ import annotations

import csv
import hashlib
import sys
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from itertools import groupby, pairwise
from math import exp, lgamma, sqrt
from pathlib import Path

Row = dict[str, str]
Points = list[tuple[str, str, int, "int | None"]]  # desde, hasta, n, notas 6 y 7 (None: reservado)
CHAINED = [f"{n}.csv" for n in ("bloques", "cifras", "canales", "totales", "partes", "lugares")]
Z95, Z99 = 1.9599639845400545, 2.3263478740408408
LEAST, ENOUGH, POINTS = 10, 50, 12  # de un grupo; respuestas de una medición; y de ellas una base
TAIL, WEIGHT, WIDTH, NONE = 0.0013498980316301, 0.5, 2.8, [""] * 3  # NONE: sin porcentaje
FOLDER, compared, differences = Path(__file__).parent, list[str](), list[str]()


def read(name: str) -> list[Row]:
    return list(csv.DictReader((FOLDER / name).read_text("utf-8").splitlines()))


def same(what: str, published: object, rebuilt: object) -> None:
    compared.append(what)
    if published != rebuilt:
        differences.append(f"{what}: publicado {published}; rehecho {rebuilt}")


def whole(fraction: float) -> str:
    return str(int(Decimal(f"{fraction * 100:.10f}").quantize(Decimal(1), ROUND_HALF_UP)))


def share(x: int, n: int) -> list[str]:
    """Porcentaje y margen de Wilson al 95 %."""
    n, p, scale = n or 1, x / (n or 1), 1 + Z95**2 / (n or 1)
    centre = p + Z95**2 / (2 * n)
    half = Z95 * sqrt(p * (1 - p) / n + (Z95 / n) ** 2 / 4)
    return [str((200 * x + n) // (2 * n)), *(whole((centre + e) / scale) for e in (-half, half))]


def figure(block: Row) -> list[str]:
    """Lo que se publica de un bloque: solo una cota si un lado tiene menos de 10."""
    n = int(block["respuestas"])
    if block["notas_6_7"]:
        return [*share(int(block["notas_6_7"]), n), ""]
    least, most = 100 * (n - LEAST + 1) // n, -(-100 * (LEAST - 1) // n)
    return [str(least if block["cota"] == "o más" else most), "", "", block["cota"]]


def check_figures(blocks: list[Row]) -> None:
    """Cada bloque va después del anterior; cada grupo que se puede calcular tiene 10."""
    before: dict[str, str] = {}
    for block in blocks:
        what, area = f"bloque {block['area']} {block['semana']}", block["area"]
        same(f"{what}, va después", before.get(area, "") < block["desde"] <= block["semana"], True)
        n, x = int(block["respuestas"]), int(block["notas_6_7"] or -1)
        same(f"{what}, reserva", n >= ENOUGH if x < 0 else min(x, n - x) >= LEAST, True)
        before[area] = block["semana"]
    ours = {(b["semana"], b["area"]): [b["desde"], b["respuestas"], *figure(b)] for b in blocks}
    theirs = {(row["semana"], row["area"]): list(row.values())[2:] for row in read("cifras.csv")}
    for key in sorted({*ours, *theirs}):
        same(f"cifra {key[1]} {key[0]}", theirs.get(key), ours.get(key))
    for row in read("totales.csv"):
        own = [b for b in blocks if b["semana"] == row["semana"] and b["notas_6_7"]]
        x, n = (sum(int(b[name]) for b in own) for name in ("notas_6_7", "respuestas"))
        same(f"total {row['semana']}", [*row.values()][1:], [f"{len(own)}", f"{n}", *share(x, n)])


def net(x: int, low: int, n: int) -> list[str]:
    """Notas 6 y 7 menos notas 1 a 4, en puntos, y su margen (Wald ajustado)."""
    centre, m = (x - low) / (n + 3), n + 3
    half = Z95 * sqrt(((x + low + 1.5) / m - centre**2) / m)
    return [whole((x - low) / n), whole(max(-1, centre - half)), whole(min(1, centre + half))]


def check_parts(blocks: list[Row]) -> None:
    """Donde se publica solo un porcentaje, que sea posible y que quepa en su bloque."""
    *areas, told = [int(row["cuenta"]) for row in read("areas.csv")]
    same("cobertura", told, (200 * sum(areas) + len(areas)) // (2 * len(areas) or 1))
    sizes = {(b["semana"], b["area"]): (int(b["respuestas"]), b["notas_6_7"]) for b in blocks}
    left, asked, people = dict[tuple[str, str, str], int](), 0, dict[str, int]()
    for row in [*read("canales.csv"), *read("lugares.csv"), *read("partes.csv")]:
        (week, area, what, total, *shown), kind = row.values(), [*row][2]
        (size, sides), n = sizes.get((week, area), (0, "")), int(total)
        x, possible = int(sides or 0), [NONE, *(share(k, n) for k in range(LEAST, n - LEAST + 1))]
        left[kind, week, area] = left.get((kind, week, area), size) - n * (kind != "cifra")
        asked = n if (area, what) == ("", "consultas") else asked
        if what == "neta":
            possible = [net(x, k, n) for k in range(LEAST, size - x - LEAST + 1)]
        elif what.startswith("motivo "):
            possible = [share(n, size - x) if n <= size - x - LEAST else NONE]
        elif what == "sin hallar":
            possible = [share(asked - n, asked) if asked - n >= LEAST else NONE]
        elif what == "política leída":
            people[week] = people.get(week, 0) + (n if area else -n)
            possible = [[str((200 * k + n) // (2 * n)), "", ""] for k in range(LEAST, n + 1)]
        fits = shown in possible and n >= LEAST and left[kind, week, area] >= 0
        same(f"{kind} {what} {area} {week}", fits and bool(area or not people.get(week)), True)


def measurements(blocks: list[Row]) -> Points:
    """Bloques seguidos, juntos hasta tener 50 respuestas."""
    points, waiting = Points(), list[Row]()
    for block in blocks:
        waiting.append(block)
        n, xs = sum(int(b["respuestas"]) for b in waiting), [b["notas_6_7"] for b in waiting]
        if n >= ENOUGH:
            x = sum(map(int, xs)) if all(xs) else None
            points.append((waiting[0]["desde"], block["semana"], n, x))
            waiting = []
    return points


def lowest(x: int, total: int, n: int) -> int:
    """La menor cuenta que no es rara después de ``x`` de ``total``: beta-binomial (Jeffreys)."""
    a, b, below, k = x + 0.5, total - x + 0.5, 0.0, -1
    while below <= TAIL and k < n:
        k += 1
        betas = ((k + a, n - k + b, 1), (a, b, -1), (k + 1, n - k + 1, -1))
        log = sum(sign * (lgamma(p) + lgamma(q) - lgamma(p + q)) for p, q, sign in betas)
        below += exp(log) / (n + 1)
    return k


def spread(points: Points, p: float) -> float:
    """1, o sigma z de Laney donde varían más de lo que explica el azar."""
    scores = [((x or 0) / n - p) / sqrt(p * (1 - p) / n) for _, _, n, x in points]
    free = len(scores) - 1
    if sum(s * s for s in scores) <= free * (1 - 2 / 9 / free + Z99 * sqrt(2 / 9 / free)) ** 3:
        return 1.0
    return max(1.0, sum(abs(b - a) for a, b in pairwise(scores)) / free / 1.128)


def chart(base: Points, points: Points, first: bool) -> Iterator[tuple[str, list[str]]]:
    """Límites y señal de cada medición; "?": sin algo reservado no se puede rehacer."""
    clear = known = all(x is not None for *_, x in base)
    n0, x0 = sum(n for _, _, n, _ in base), sum(x or 0 for *_, x in base)
    z, mean, average, variance = spread(base, x0 / n0) if known else 1.0, x0 / n0, x0 / n0, 0.0
    one = (x0 + 0.5) / (n0 + 1) * (1 - (x0 + 0.5) / (n0 + 1)) * z * z
    for _, last, n, x in points:
        half = 3 * sqrt(one * (1 / n + 1 / n0))
        low, high = max(0.0, mean - half), min(1.0, mean + half)
        if z == 1:
            low, high = lowest(x0, n0, n) / n, (n - lowest(n0 - x0, n0, n)) / n
        limits, in_base = [whole(low), whole(high)] if known else ["", ""], last <= base[-1][1]
        if first and in_base:
            yield last, [*limits, "base"]
            continue
        clear = clear and x is not None  # si no, tampoco el promedio de las que siguen
        average = WEIGHT * (x or 0) / n + (1 - WEIGHT) * average
        variance = WEIGHT**2 * one / n + (1 - WEIGHT) ** 2 * variance
        half = WIDTH * sqrt(variance + one / n0)
        tests = [((x or 0) / n, low, high), (average, max(0, mean - half), min(1, mean + half))]
        found = ["bajó" if v < lo else "subió" for v, lo, hi in tests if not lo <= v <= hi]
        yield last, [*limits, (found or ["sin señal"])[0] if clear else "?"]


def check_charts(blocks: list[Row]) -> None:
    told = {(row["area"], row["hasta"]): list(row.values()) for row in read("graficos.csv")}
    bases, by_area = read("bases.csv"), sorted(blocks, key=lambda b: (b["area"], b["semana"]))
    for area, found in groupby(by_area, key=lambda b: b["area"]):
        points, judged = measurements(list(found)), dict[str, list[str]]()
        begun = [("", ""), *((b["desde"], b["decidida"]) for b in bases if b["area"] == area)]
        ends = [decided for _, decided in begun[1:]] + ["9999"]
        for (since, decided), end in zip(begun, ends, strict=True) if len(points) >= POINTS else ():
            usable = [p for p in points if p[0] >= since and (not since or p[1] <= decided)]
            own = [p for p in points if decided < p[1] <= end]
            judged.update(chart(usable[:POINTS], own, not since))
        for since, last, n, x in points:
            rest, theirs = judged.get(last, ["", "", "aún sin base"]), told.pop((area, last), [""])
            rest = [*rest[:2], theirs[-1]] if rest[2] == "?" else rest
            rest = [share(x, n)[0] if x is not None else "", *rest]
            same(f"gráfico {area} {last}", theirs, [area, since, last, str(n), *rest])
    same("gráficos sin bloques", list(told), [])


def check_heads(noted: list[str]) -> None:
    files = [(FOLDER / name).read_text("utf-8").splitlines()[1:] for name in CHAINED]
    head, heads = "", dict[str, str]()
    for row in read("cabezas.csv"):
        lines = [line for file in files for line in file if line.startswith(row["semana"] + ",")]
        head = hashlib.sha256("\n".join([head, row["semana"], *lines]).encode()).hexdigest()
        heads[row["semana"]] = head
        same(f"código de {row['semana']}", row["codigo"], head)
    same("semanas sin código", sorted({x[:8] for file in files for x in file} - heads.keys()), [])
    for week, _, code in (line.strip().partition(":") for line in noted):
        same(f"código guardado de {week}", code, heads.get(week, "")[: max(16, len(code))])


if __name__ == "__main__":
    for check in (check_figures, check_parts, check_charts):
        check(read("bloques.csv"))
    check_heads(sys.argv[1:])
    said = f"Comparaciones: {len(compared)}. Diferencias: {len(differences)}."
    print(*(differences or ["Todo coincide."]), said, sep="\n")
    sys.exit(1 if differences else 0)
