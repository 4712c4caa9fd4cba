"""Styles and scripts in parts: what a browser gets of them, and that the parts fit together."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

import bot.web
from bot.web.static import joined

WEB = Path(bot.web.__file__).parent
SCRIPTS = sorted([WEB / "chat/static/chat.js", *WEB.glob("chat/static/scripts/**/*.js")])
STYLES = sorted(WEB.glob("*/static/styles/*.css"))
IMPORT = re.compile(r'^import (?:\{([^}]*)\} from )?"([^"]+)";', re.MULTILINE)
TOP_LEVEL = re.compile(r"^(?:async )?(?:function|const|let) (\w+)", re.MULTILINE)


def test_a_part_comes_once_and_before_what_imports_it(tmp_path: Path) -> None:
    (tmp_path / "parts").mkdir()
    for name, text in {
        "page.js": 'import "./parts/a.js";\nimport { b } from "./parts/b.js";\n\nb();\n',
        "parts/a.js": 'import {\n  b,\n} from "./b.js";\n\nconst a = b;\n',
        "parts/b.js": 'import { a } from "./a.js";\n\nexport function b() { return a; }\n',
        "page.css": '@import "parts/a.css";\n\np { margin: 0 }\n',
        "parts/a.css": "a { color: red }\n",
    }.items():
        (tmp_path / name).write_text(text, "utf-8")
    script = joined(tmp_path / "page.js").split()
    assert " ".join(script) == "function b() { return a; } const a = b; b();"
    styles = joined(tmp_path / "page.css").split("\n")
    assert styles == ["a { color: red }", "", "", "p { margin: 0 }", ""]


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.stem)
def test_a_script_imports_what_another_exports_and_uses_it(script: Path) -> None:
    text = script.read_text("utf-8")
    body = IMPORT.sub("", text)
    for names, path in IMPORT.findall(text):
        exporting = (script.parent / path).read_text("utf-8")
        for name in filter(None, (name.strip() for name in names.split(","))):
            assert re.search(
                rf"^export (?:async )?(?:function|const|let) {name}\b", exporting, re.M
            )
            assert re.search(rf"\b{name}\b", body), f"{name} is not used"


def test_no_two_scripts_give_the_same_name_to_what_stands_on_their_top_level() -> None:
    names = Counter(TOP_LEVEL.findall(joined(WEB / "chat/static/chat.js")))
    assert len(names) > 50
    assert names.most_common(1)[0][1] == 1


def test_every_style_and_script_is_imported_somewhere() -> None:
    sent = {
        folder: joined(WEB / folder / "static" / f"{folder}.css") for folder in ("chat", "panel")
    }
    for style in STYLES:
        text = style.read_text("utf-8")
        assert text in sent[style.parents[1].parent.name], style
        assert text.count("{") == text.count("}"), style
    whole = joined(WEB / "chat/static/chat.js")
    for script in SCRIPTS:
        assert script.read_text("utf-8").split("\n", 1)[0] in whole, script
