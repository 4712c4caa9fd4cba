"""What made-up citizens say, in their own words."""

from __future__ import annotations

REASONS = {
    "Espera": "espera",
    "Trato": "trato",
    "Información": "informacion",
    "No se resolvió": "no-resuelto",
    "Costo": "costo",
    "Otro": "otro",
}
"""The reasons that are offered after a grade below 6: label and id."""

SPOKEN_GRADES = ("", "uno", "dos", "tres", "cuatro", "cinco", "seis", "siete")
"""Each grade as a word, at its own place."""

BLAME = (
    "Esperé casi dos horas y había una sola ventanilla abierta",
    "Nadie contesta el teléfono, tuve que venir tres veces",
    "Me pidieron un papel que no aparecía en la página",
    "El sistema estaba caído y no avisaron",
    "La fila estaba al sol y sin asientos para personas mayores",
    "Me mandaron de una oficina a otra sin resolver nada",
)
PRAISE = (
    "Muy amables y todo rápido, en diez minutos estaba listo",
    "Me explicaron con paciencia lo que me faltaba",
    "Excelente atención, se nota la preocupación por la gente",
    "Pude hacerlo en línea sin tener que ir",
    "Buena disposición, me ayudaron a llenar el formulario",
)
MORE = ("Además faltaban sillas en la sala", "Y la fila estaba al sol")
"""What is added to either in a message of its own."""

COMPLAINTS = ("La luminaria de mi pasaje no prende", "El basurero de la plaza está roto")
"""For a case, not for a rating."""

QUERIES = (
    "onde saco el permiso de circulacion",
    "renovar licencia de conducir",
    "subsidio de agua potable",
    "esterilizar a mi perro",
    "retiro de escombros",
    "sacar carnet",
    "xyzzy qwerty",
)
"""One is of another institution, and one of nobody."""

NOT_FOUND = ("lavandería", "traductor de inglés", "globo aerostático")
