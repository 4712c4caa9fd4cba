"""Files broken by hand, by disks and by editors, and what is to be said of every one."""

from __future__ import annotations

import re
from collections.abc import Callable

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from tests.bot.commands.conftest import Done

ENGLISH = re.compile(
    r"\b(the|is|are|not|no such|missing|must|should|invalid|expected|unknown|allowed|cannot|found"
    r"|input|value|valid|string|integer|line|column|file|errno|error at|traceback|failed|too)\b",
    re.IGNORECASE,
)
QUOTED = re.compile(r"«[^»]*»|\"[^\"]*\"")
CODE = re.compile(r"\[[a-z_]+\] [a-z_]+|\S*[/_.\[-]\S*|también [^)]*\)")  # keys, such as "failed"
DEEP = 20_000
HUGE = "9" * 10_000


def tell(done: Done, *, lines: int | None = 1) -> str:
    """What was said of a broken file: one line in Spanish, and nothing else."""
    assert done.code == 2, done
    assert done.out == "", done.out
    said = done.err.splitlines()
    assert said
    assert lines is None or len(said) == lines, done.err[:2_000]
    for line in said:
        assert len(line) < 500, line
        assert "Traceback" not in line
        assert not ENGLISH.search(CODE.sub("", QUOTED.sub("", line))), line
        assert not re.search("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", line), repr(line)
    return done.err


NOT_TOML = {
    "empty brackets": b"[",
    "cut off": b'[web]\nport = 80\nhost = "127.0',
    "utf-16": "[web]\nport = 8080\n".encode("utf-16"),
    "utf-16 without its mark": "[web]\nport = 8080\n".encode("utf-16-be"),
    "latin-1": "# señal\n".encode("latin-1"),
    "binary": bytes(range(256)),
    "nul": b"[web]\nhost = \x00",
    "deep list": b"a = " + b"[" * DEEP,
    "deep table": b"a = " + b"{ a = " * DEEP,
    "deep key": b"a." * DEEP + b"b = 1",
    "deep quoted key": b'"a" . ' * DEEP + b"b = 1",
    "deep title": b"[" + b"a." * DEEP + b"b]",
    "huge number": b"a = " + HUGE.encode(),
    "huge negative": b"a = -" + HUGE.encode(),
    "bad date": b"a = 2026-02-31",
    "bad escape": b'a = "\\q"',
    "twice": b"a = 1\na = 2",
    "two tables": b"[web]\n[web]",
    "no value": b"a =",
    "word": b"a = hola",
    "a spreadsheet": b"PK\x03\x04\x14\x00\x06\x00",
    "three megabytes": b"# " + b"x" * 3_000_000,
}


Break = Callable[[dict[str, bytes]], None]


def put(name: str, data: bytes) -> Break:
    return lambda parts: parts.update({name: data})


@st.composite
def mutations(draw: st.DrawFn) -> Callable[[bytes], bytes]:
    """Cut, double, exchange, or insert somewhere; what people, editors and disks do to files."""
    at, length = draw(st.floats(0, 1)), draw(st.integers(1, 400))
    inserted = draw(
        st.sampled_from(
            [
                b"\0",
                b'"',
                b"[",
                b"]",
                b"{",
                b"}",
                b"=",
                b"#",
                b"\xff",
                b"\r",
                b"\xe2\x80\xae",
                b"[[a]]\n",
            ]
        )
        | st.binary(max_size=20)
        | st.text(max_size=8).map(lambda text: text.encode("utf-8", "replace"))
    )
    kind = draw(st.sampled_from(["cut", "drop", "double", "insert", "replace", "recode"]))

    def mutate(raw: bytes) -> bytes:
        start = int(at * len(raw))
        head, part, tail = raw[:start], raw[start : start + length], raw[start + length :]
        match kind:
            case "cut":
                return head
            case "drop":
                return head + tail
            case "double":
                return head + part + part + tail
            case "insert":
                return head + inserted + part + tail
            case "replace":
                return head + inserted + tail
            case _:
                return raw.decode("utf-8", "replace").encode("utf-16")

    return mutate


ANY = settings(
    max_examples=max(1, settings.default.max_examples // 3),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
