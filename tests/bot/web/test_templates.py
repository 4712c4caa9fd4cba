"""What all pages' templates share."""

from bot.web.templates import as_beginning, with_codes


def test_a_line_begins_with_a_capital_and_keeps_the_others():
    lines = ("otros canales: 36", "WhatsApp 50 % (DOM)", "ínfimo", "")
    assert [as_beginning(line) for line in lines] == [
        "Otros canales: 36",
        "WhatsApp 50 % (DOM)",
        "Ínfimo",
        "",
    ]


def test_a_number_of_a_case_or_measure_stays_on_one_line():
    kept = '<span class="nowrap">{}</span>'.format
    for code in ("C-2026-001", "LS-2026-000015", "LS-D-2026-000001"):
        assert with_codes(f"«{code}»: sí") == f"«{kept(code)}»: sí"
    assert with_codes("<b> 2026-11-30 CESFAM-2") == "&lt;b&gt; 2026-11-30 CESFAM-2"
