"""What made-up citizens say, in their own words."""

from __future__ import annotations

REASONS = {
    "Espera": "espera",
    "Trato": "trato",
    "Información": "informacion",
    "No se resolvió": "no-resuelto",
    "Costo": "costo",
    "Horario o acceso": "acceso",
    "Otro": "otro",
}
"""The reasons that are offered after a grade below 6: label and id."""

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


NOT_FOUND = ("teleférico", "pista de hielo", "globo aerostático")
COMPLAINTS = (
    "La luminaria de la esquina está apagada hace días",
    "Hace dos semanas que no pasa el camión de la basura por mi pasaje",
    "Esperé tres horas para renovar la licencia",
    "Hay un hoyo en la calle frente a mi casa",
    "El vecino mete bulla toda la noche",
)
