"""What all pages' templates share."""

from bot.web.templates import as_beginning


def test_a_line_begins_with_a_capital_and_keeps_the_others():
    lines = ("otros canales: 36", "WhatsApp 50 % (DOM)", "ínfimo", "")
    assert [as_beginning(line) for line in lines] == [
        "Otros canales: 36",
        "WhatsApp 50 % (DOM)",
        "Ínfimo",
        "",
    ]
