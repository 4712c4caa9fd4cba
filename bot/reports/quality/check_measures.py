"""Rehace el resultado de cada medida desde los bloques; LEAME.txt dice cómo."""

from __future__ import annotations

import csv
import runpy
import sys
from itertools import product
from math import hypot, sqrt
from pathlib import Path

Row = dict[str, str]
Side = tuple[int, int, int]  # menor y mayor número posible de notas 6 y 7; respuestas
FOLDER, Z95 = Path(__file__).parent, 1.9599639845400545
CHECK = runpy.run_path(str(FOLDER / "comprobar.py"))  # sus cuentas, sin ejecutar sus revisiones
LEAST, ENOUGH, POINTS = CHECK["LEAST"], CHECK["ENOUGH"], CHECK["POINTS"]
PARTS = ("canales", "lugares", "partes")  # donde están las cifras de los otros indicadores
TOO_FEW = "No hubo respuestas suficientes para medir su efecto"
ORDER = (
    "Después de la medida las notas fueron peores",
    "No se puede decir que la medida sirviera",
    "La medida fue efectiva",
)
WORSE = "Después de la medida su indicador fue peor"  # donde no son notas


def read(name: str) -> list[Row]:
    return list(csv.DictReader((FOLDER / f"{name}.csv").read_text("utf-8").splitlines()))


def wilson(x: int, n: int) -> tuple[float, float, float]:
    p, scale = x / n, 1 + Z95**2 / n
    half = Z95 * sqrt(p * (1 - p) / n + (Z95 / n) ** 2 / 4)
    low, high = ((p + Z95**2 / (2 * n) + e) / scale for e in (-half, half))
    return p, low if x else 0.0, high if x < n else 1.0


def change(before: tuple[int, int], after: tuple[int, int]) -> tuple[float, float, float]:
    """Diferencia de dos porcentajes; cuánto baja y cuánto sube su margen (Newcombe, método 10)."""
    (p, low, high), (q, lower, higher) = wilson(*after), wilson(*before)
    return p - q, hypot(p - low, higher - q), hypot(high - p, q - lower)


def side(blocks: list[Row]) -> Side:
    """De un bloque con cota solo se sabe entre qué números está."""
    low = high = total = 0
    for block in blocks:
        n = int(block["respuestas"])
        if "parte" in block:
            least, most = possible(block)
            low, high, total = low + least, high + most, total + n
            continue
        least, most = (n - LEAST + 1, n) if block["cota"] == "o más" else (0, LEAST - 1)
        low += int(block["notas_6_7"] or least)
        high += int(block["notas_6_7"] or most)
        total += n
    return low, high, total


def possible(figure: Row) -> tuple[int, int]:
    """El menor y el mayor número que da el porcentaje publicado."""
    n, shown = int(figure["respuestas"]), int(figure["porcentaje"])
    if figure["parte"]:
        return int(figure["parte"]), int(figure["parte"])
    found = [x for x in range(n + 1) if (200 * x + n) // (2 * n) == shown] or [0, n]
    return found[0], found[-1]


def unpublished(figures: list[Row]) -> list[str]:
    """Las cifras de otras.csv que no están entre las publicadas de su semana."""
    told = {
        (row["area"], row["respuestas"], row["porcentaje"], week)
        for name in PARTS
        for row in read(name)
        for week in (row["semana"], "")
    }
    wrong = []
    for row in figures:
        kind, n, part = row["indicador"].split()[0], row["respuestas"], row["parte"]
        size = part if kind == "reason" else str(int(n) - int(part)) if kind == "found" else n
        week = "" if kind == "cases-in-time" else row["semana"]  # el mes se publica después
        if (row["area"], size, row["porcentaje"], week) not in told:
            wrong.append(f"otras.csv, {row['indicador']} {row['area']} {row['semana']}: no está")
    return wrong


def sides(blocks: list[Row], row: Row) -> tuple[Side, Side]:
    """Antes: después de la señal y hasta la acción. Después: desde la acción hasta que se midió."""
    before = [b for b in blocks if b["desde"] > row["desde"] and b["semana"] <= row["hecha"]]
    after = [b for b in blocks if b["desde"] > row["hecha"] and b["semana"] <= row["hasta"]]
    return side(before), side(after)


def verdict(own: list[tuple[int, int]], others: list[tuple[int, int]], z: float) -> int:
    """2, efectiva, si la diferencia y lo que pasa de la de las otras áreas son más de 0 (Zou)."""
    value, down, up = change(*own)
    down, up = z * down, z * up
    found = [(value - down, value + up)]
    if all(n >= ENOUGH for _, n in others):
        beside, lower, higher = change(*others)
        found.append((value - beside - hypot(down, higher), value - beside + hypot(up, lower)))
    return 2 if min(found)[0] > 0 else 0 if max(high for _, high in found) < 0 else 1


def numbers(own: tuple[Side, Side], z: float) -> list[list[int]]:
    """Porcentaje y respuestas antes y después, diferencia y margen, con cada número posible."""
    found = []
    (*before, n), (*after, m) = own
    for x, y in product(before, after):
        p, q = (200 * x + n) // (2 * n), (200 * y + m) // (2 * m)
        value, down, up = change((x, n), (y, m))
        limits = [int(CHECK["whole"](v)) for v in (value - z * down, value + z * up)]
        found.append([p, n, q, m, q - p, min(q - p, limits[0]), max(q - p, limits[1])])
    return found


def beside(rows: list[Row], row: Row) -> list[list[int]]:
    """Cuántas áreas se muestran, las que no tienen cotas esas semanas; su diferencia y margen."""
    within = [b for b in rows if row["desde"] < b["desde"] and b["semana"] <= row["hasta"]]
    hidden = {b["area"] for b in within if b.get("cota")}
    shown = [b for b in within if b["area"] not in hidden]
    own, areas = sides(shown, row), len({b["area"] for b in shown})
    found = numbers(own, 1.0) if all(n >= ENOUGH for *_, n in own) else []
    return [[areas, *bounds[4:]] for bounds in found] or [[areas]]


def are_told(shown: list[str], possible: list[list[int]]) -> bool:
    """Si cada cifra publicada está entre la menor y la mayor que puede ser."""
    told = [int(figure) for figure in shown if figure]
    places = zip(told, *possible, strict=False)
    return len(told) == len(possible[0]) and all(min(o) <= n <= max(o) for n, *o in places)


def spread_of(figures: list[Row], row: Row) -> float | None:
    """Lo mismo de otro indicador: sus primeras 12 mediciones; None: no se publicaron todas."""
    if row["reservada"] or not all(f["parte"] or int(f["respuestas"]) <= 100 for f in figures):
        return None
    known = [f for f in figures if f["semana"] <= row["hasta"]]
    points = CHECK["measurements"]([{**f, "notas_6_7": str(possible(f)[0])} for f in known])
    base = points[:POINTS]
    if len(base) < POINTS:
        return 1.0
    mean = sum(x for *_, x in base) / sum(n for _, _, n, _ in base)
    return float(CHECK["spread"](base, mean))


def spread(blocks: list[Row], bases: list[Row], row: Row) -> float | None:
    """La dispersión de la base que regía; None: depende de algo reservado."""
    mine = [b for b in blocks if b["area"] == row["area"] and b["semana"] <= row["hasta"]]
    set_anew = [b for b in bases if b["area"] == row["area"] and b["decidida"] < row["hasta"]]
    since, decided = max(((b["decidida"], b["desde"]) for b in set_anew), default=("", ""))[::-1]
    points = [p for p in CHECK["measurements"](mine) if p[0] >= since]
    base = [p for p in points if not since or p[1] <= decided][:POINTS]
    if len(base) < POINTS:
        return 1.0
    if any(x is None for *_, x in base):
        return None
    mean = sum(x for *_, x in base) / sum(n for _, _, n, _ in base)
    return float(CHECK["spread"](base, mean))


def check(blocks: list[Row], bases: list[Row], figures: list[Row], row: Row) -> str:
    """Qué se diría, o "" si es lo publicado o cabe en lo que no se sabe."""
    kind, scope = (row["indicador"].split() or [""])[0], row["indicador"].split()[1:2]
    like = [f for f in figures if f["indicador"] == row["indicador"]] if kind else blocks
    mine = [b for b in like if b["area"] == ("" if scope == ["municipality"] else row["area"])]
    own = sides([b for b in mine if b["semana"] != row["aparte"]], row)
    whole_areas = blocks if kind == "satisfied" and scope != ["channel"] else like
    compared = [b for b in whole_areas if b["area"] in row["comparadas"].split()]
    others = sides(compared, row)
    if any(n < ENOUGH for *_, n in own):
        return "" if row["resultado"] == TOO_FEW else TOO_FEW
    z = spread_of(mine, row) if kind else spread(blocks, bases, row)
    # Lo más que pudo mejorar junto a las otras, y lo menos: a un lado el mayor, al otro el menor.
    found = []
    for most in (0, 1):
        ours = [(s[1 - most if place == 0 else most], s[2]) for place, s in enumerate(own)]
        theirs = [(s[most if place == 0 else 1 - most], s[2]) for place, s in enumerate(others)]
        found.append(verdict(ours, theirs, z or 1.0))
    if z is None:  # un margen más ancho solo puede llevar a que nada se pueda decir
        found.append(1)
    if row["menos_es_mejor"]:
        found = [2 - place for place in found]
    fit = z and are_told([*row.values()][6:13], numbers(own, z))
    if row["antes"] and not (fit and are_told([*row.values()][13:17], beside(compared, row))):
        return "otras cifras"
    order = (WORSE, *ORDER[1:]) if kind not in ("", "satisfied") else ORDER
    said = order[min(found) : max(found) + 1]
    return "" if row["resultado"] in said else " o ".join(said)


if __name__ == "__main__":
    blocks, bases, measures, figures = map(read, ("bloques", "bases", "medidas", "otras"))
    missing = unpublished(figures)
    wrong = [(row, said) for row in measures if (said := check(blocks, bases, figures, row))]
    for row, said in wrong:
        print(f"{row['medida']} {row['hasta']}: publicado {row['resultado']}; rehecho {said}")
    print(*missing, sep="\n", end="\n" if missing else "")
    print(f"Resultados de medidas: {len(measures)}. Diferencias: {len(wrong) + len(missing)}.")
    sys.exit(1 if wrong or missing else 0)
