"""What was typed in the other forms of a page: it is still there once one of them was sent.

A page with several forms is one form to the browser, whose buttons say where it goes; so all that
was typed arrives with each of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache

from aiohttp import web
from yarl import URL

from bot.web.panel.page import Page
from bot.web.panel.page_table import PAGES
from bot.web.panel.rendering import fingerprint
from bot.web.panel.security import HOME
from bot.web.panel.visit import Visit

_NOT_TYPED = ("form_token", "version")


async def keep_unsent(visit: Visit, page: Page, done: web.StreamResponse) -> web.StreamResponse:
    """The answer to a form that was taken: where something else was typed, not the redirect but
    the page itself, with that in its fields."""
    if done.status != 303 or visit.request.method != "POST":
        return done
    dropped = {*page.takes, *_NOT_TYPED}
    left = {
        name: text
        for name, text in visit.form.items()
        if name not in dropped and fingerprint(text) != visit.form.get(f"{name}-was")
    }
    typed = {name: left[name] for name in _fields(page) if left.get(name, "").strip()}
    if not typed:
        return done
    target = URL(done.headers["Location"])
    shown, given = page_of(page), visit.request.match_info
    # What would lead back to the first page stays, too.
    own = {address(shown, given) if shown else "", HOME if visit.from_today else ""}
    if shown is not None and target.path in own:
        return await shown.answer(replace(visit, form=left, query=target.query, has_unsent=True))
    return visit.page("unsent.html.j2", words=typed, then=str(target))


@cache
def page_of(form: Page) -> Page | None:
    """The page that a form stands on; None: it has gone from the table."""
    above = [
        page
        for page in PAGES
        if page.method == "GET" and f"{form.path}/".startswith(f"{page.path}/")
    ]
    return max(above, key=lambda page: len(page.path), default=None)


def address(page: Page, given: Mapping[str, str]) -> str:
    """Where a page is. ``given``: what stands for the names in its path."""
    return re.sub(r"\{(\w+)\}", lambda part: given.get(part[1], ""), page.path)


@cache
def _fields(page: Page) -> tuple[str, ...]:
    """What is typed on the page of a form, in all of its forms."""
    own = page_of(page)
    return _each(form.takes for form in PAGES if form.method == "POST" and page_of(form) is own)


def _each(groups: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for group in groups for name in group))
