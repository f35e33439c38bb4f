"""Numbers, paragraphs and tables as an Italian reader expects them, in a terminal of 100 columns."""

import math
from collections.abc import Iterable, Sequence
from textwrap import shorten, wrap

WIDTH = 100
GAP = 2
MONTHS = (
    *("gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno"),
    *("luglio", "agosto", "settembre", "ottobre", "novembre", "dicembre"),
)

MEAN_LABEL = "Importo medio di chi ha diritto, euro al mese"


def cost_label(is_year: bool) -> str:
    """Say how a yearly cost is made."""
    return f"Costo annuo, euro ({'somma dei mesi' if is_year else 'il mese per 12'})"


def number(value: float, decimals: int = 0, sign: bool = False) -> str:
    """Write a number with a dot between thousands and a decimal comma; a dash if there is none."""
    if value is None or math.isnan(value):
        return "–"
    value = round(float(value), decimals) + 0.0  # no -0
    plus = "+" if sign and value > 0 else ""
    return plus + f"{value:,.{decimals}f}".translate(str.maketrans(",.", ".,"))


def period_name(period: str) -> str:
    """Name a month or a year: «giugno 2025», «anno 2025»."""
    year, _, month = str(period).partition("-")
    return f"{MONTHS[int(month) - 1]} {year}" if month else f"anno {year}"


def paragraph(label: str, text: str, indent: int = 12) -> list[str]:
    """Return the lines of a text that hangs from its label."""
    lines = wrap(text, WIDTH - indent, break_long_words=False, break_on_hyphens=False)
    labels = [label, *[""] * len(lines)]
    return [f"{name:<{indent}}{line}" for name, line in zip(labels, lines, strict=False)]


def table(
    titles: Sequence[str], rows: Iterable[Sequence[str]], groups: Sequence[tuple[str, int]] = ()
) -> list[str]:
    """Return the lines of a table: the first column is words, the others are numbers.

    ``groups`` are titles above the titles: each with the number of columns it stands over, from the
    second column on.
    """
    rows = [list(row) for row in rows]
    widths = [max(map(len, column)) for column in zip(titles, *rows, strict=True)]
    widths[0] = min(widths[0], max(12, WIDTH - sum(widths[1:]) - GAP * (len(widths) - 1)))
    lines = []
    if groups:
        line, column = " " * widths[0], 1
        for title, span in groups:
            width = sum(widths[column : column + span]) + GAP * (span - 1)
            line += " " * GAP + f" {title} ".center(width, "─")
            column += span
        lines.append(line)
    for row in [titles, *rows]:
        words = f"{shorten(row[0].lstrip(), widths[0], placeholder='…')}"
        words = " " * (len(row[0]) - len(row[0].lstrip())) + words
        numbers = "".join(f"{cell:>{w + GAP}}" for cell, w in zip(row[1:], widths[1:], strict=True))
        lines.append(f"{words:<{widths[0]}}{numbers}".rstrip())
    lines.insert(2 if groups else 1, "─" * (sum(widths) + GAP * (len(widths) - 1)))
    return lines
