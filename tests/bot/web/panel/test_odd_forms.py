"""Every form of the panel takes anything that is sent, and every page still answers afterwards."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlencode

from bot.web.panel.page_table import PAGES
from handlers.staff.permissions import Grant, Role
from storage.engine import counters
from tests.bot.web.panel.served_panel import Answer, Browser, ServedPanel
from tests.bot.web.panel.test_role_by_route import AREAS, CASES, places

ODD = ("", "9999-12-31", "0001-01-01", "9223372036854775808", "٣", "😀" * 99)
ODD_CODES = ("", "9223372036854775808", "٣")  # where nobody writes: a list, or what is hidden
MANY = 12  # fields of a form
TOLD_BESIDE = "/panel/vulneraciones"  # also where what is typed is wrong
WRONG = re.compile(r'<p class="wrong" id="(\S+)">[^<]+')
MARKED = re.compile(r'aria-invalid="true" aria-describedby="(\S+-wrong)[ "]')
SUMMED = re.compile(r'<li><a href="#(\S+)-wrong">[^<]+</a></li>')
LEFT_OUT = ("/panel/salir", "/panel/sesiones/cerrar", "/panel/personas/quitar-rol")


@dataclass(slots=True)
class Form:
    """A form of a page, filled in as it is shown, its texts with words."""

    method: str
    action: str
    fields: dict[str, str] = field(default_factory=dict)
    required: set[str] = field(default_factory=set)
    written: set[str] = field(default_factory=set)  # by whoever fills it in
    all_written: set[str] = field(default_factory=set)  # on the page that it shares with others

    @property
    def kind(self) -> tuple[str, str]:
        return self.action, "|".join(sorted(self.written or self.fields))

    @property
    def beside(self) -> dict[str, str]:
        """What is typed in the other forms of the page."""
        return {name: f"Palabras de {name}" for name in self.all_written - self.written}

    @property
    def tried(self) -> list[str]:
        """The fields that are filled in oddly: of many alike, as those of each criterion, one."""
        names = sorted(self.written if self.beside else {*self.fields} - {"form_token"})
        alike = {name.partition("-")[0] if len(names) > MANY else name: name for name in names}
        return [*alike.values()]

    @property
    def must_tell(self) -> bool:
        """Whether what is missing is told beside its field."""
        return self.method == "post"

    @property
    def tells_everything(self) -> bool:
        """Whether what is odd is told there too."""
        return self.action.startswith(TOLD_BESIDE)


class Forms(HTMLParser):
    """The forms of a page; each part of one that has several buttons by itself."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[Form] = []
        self._page, self._choice = page, ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.found.append(Form(given.get("method", "get"), given.get("action", self._page)))
            self._part = self.found[-1]
        if not self.found:
            return
        if tag == "div" and "stack" in given.get("class", ""):
            self._part = self._next()
        if tag == "button" and "formaction" in given and "form" not in given:
            self._part.action = given["formaction"]
            if self._part not in self.found:
                self.found.append(self._part)
        fields, name = self.found[-1].fields, given.get("name", "")
        if "required" in given and name:
            self._part.required.add(name)
        if tag == "option" and not fields.get(self._choice):
            fields[self._choice] = given.get("value", "")
        elif not name:
            return
        elif tag == "textarea":
            fields[name] = "Palabras de prueba"
            self._wrote(name)
        elif tag == "select":
            self._choice = name
            fields[name] = ""
        elif tag == "input" and given.get("type") != "file":
            fields.setdefault(name, given.get("value", ""))
            if given.get("type") not in ("hidden", "checkbox", "radio"):
                self._wrote(name)

    def _wrote(self, name: str) -> None:
        self._part.written.add(name)
        self._part.all_written.add(name)

    def _next(self) -> Form:
        shared = self.found[-1]
        return Form(shared.method, shared.action, shared.fields, all_written=shared.all_written)


async def paths(panel: ServedPanel) -> list[str]:
    """The address of every page there is something for."""
    known = await places(panel)
    found = []
    for page in PAGES:
        if page.method == "GET" and "{file}" not in page.path:
            name = next(iter(re.findall(r"{(\w+)}", page.path)), "")
            found += [page.path.replace(f"{{{name}}}", place.value) for place in known[name][:1]]
    return found


async def send(browser: Browser, form: Form, fields: dict[str, str]) -> Answer:
    if form.method == "post":
        given = {name: value for name, value in fields.items() if name != "form_token"}
        return await browser.post(form.action, **given)
    return await browser.get(f"{form.action}?{urlencode(fields)}")


async def leave_out(browser: Browser, form: Form) -> None:
    """Send the form without each thing that it needs: the page says so beside the field."""
    for name in form.required if form.must_tell else ():
        answer = await send(browser, form, {**form.fields, **form.beside, name: ""})
        assert_keeps(answer, form)
        assert (answer.status, is_beside_fields(answer)) == (422, True), (form.action, name)
    await leave_all_out(browser, form)


async def leave_all_out(browser: Browser, form: Form) -> None:
    """Send it without all that it needs: everything is told at once, at each field and above."""
    left = form.required if form.must_tell else set[str]()
    if len(left) < 2:
        return
    answer = await send(browser, form, {**form.fields, **form.beside, **dict.fromkeys(left, "")})
    told = {name.removesuffix("-wrong") for name in WRONG.findall(answer.text)}
    above = set(SUMMED.findall(answer.text))
    assert (answer.status, left <= told, told) == (422, True, above), (form.action, left - told)


def assert_keeps(answer: Answer, form: Form) -> None:
    """All that was typed in the other forms of the page is still there."""
    lost = [name for name, text in form.beside.items() if text not in answer.text]
    assert not lost, (form.action, answer.status, lost)


def is_beside_fields(answer: Answer) -> bool:
    """Whether all that is wrong stands at a marked field, of which the page opens at one."""
    wrong = set(WRONG.findall(answer.text))
    opened = answer.text.count(" autofocus")
    return bool(wrong) and (wrong, 1) == (set(MARKED.findall(answer.text)), opened)


async def fill_in_oddly(browser: Browser, form: Form) -> None:
    if form.action in LEFT_OUT:
        return
    if form.beside:
        assert_keeps(await send(browser, form, {**form.fields, **form.beside}), form)
    for name in form.tried:
        for odd in ODD if name in form.written else ODD_CODES:
            answer = await send(browser, form, {**form.fields, name: odd})
            assert answer.status < 500, (form.action, name, odd[:20])
            if answer.status == 422 and form.tells_everything and name in form.written:
                assert is_beside_fields(answer), (form.action, name, odd[:20])


async def test_no_form_fails_and_none_breaks_a_page(panel: ServedPanel) -> None:
    everything = [Grant(role, area) for role in Role for area in AREAS]
    addresses, tried = await paths(panel), set[tuple[str, str]]()
    counted = {"case:LS:2026": len(CASES)}  # those of ``places`` have their numbers already
    await panel.scene.write(lambda tx: counters.add(tx, counted))
    async with panel.signed_in("Rosa", *everything) as browser:
        for address in addresses:
            forms = Forms(address)
            forms.feed((await browser.get(address)).text)
            fresh = [one for one in forms.found if one.kind not in tried]
            tried |= {one.kind for one in fresh}
            for form in fresh:
                await leave_out(browser, form)
            for form in fresh:
                await fill_in_oddly(browser, form)
        assert len(tried) > 25
        broken = [one for one in addresses if (await browser.get(one)).status >= 500]
    assert broken == []
