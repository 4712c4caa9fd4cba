"""The panel's menu: which pages stand in it, under which words."""

from __future__ import annotations

from bot.web.panel.page import Page
from bot.web.panel.page_table import PAGES
from bot.web.panel.pages.quality import assessments
from bot.web.panel.pages.staff import questionnaires
from handlers.assessments.rounds import staff_questionnaires
from handlers.content.model import Content

# The pages of the menu, under the word that opens them; those under none stand open.
MENU = {
    "": ["/panel", "/panel/casos", "/panel/conversaciones", "/panel/meson"],
    "Calidad": [
        "/panel/indicadores",
        "/panel/medidas",
        assessments.PATH,
        questionnaires.PATH,
        "/panel/consultas",
        "/panel/resumenes",
        "/panel/descargas",
    ],
    "Más": [
        "/panel/turnos",
        "/panel/aviso",
        "/panel/derechos",
        "/panel/vulneraciones",
        "/panel/privacidad",
        "/panel/personas",
        "/panel/auditoria",
    ],
}


def in_menu(content: Content) -> list[tuple[str, Page]]:
    """What stands in the menu and under which words: nothing that the content has no criteria or
    questions for."""
    without = {
        assessments.PATH if content.self_assessment is None else "",
        "" if staff_questionnaires(content) else questionnaires.PATH,
    }
    pages = {page.path: page for page in PAGES if page.menu}
    return [
        (words, pages[path])
        for words, paths in MENU.items()
        for path in paths
        if path not in without
    ]
