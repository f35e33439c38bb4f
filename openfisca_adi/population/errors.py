"""What is wrong in the data, collected and told row by row."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from difflib import get_close_matches

import numpy as np

from openfisca_adi.errors import UserError

#: How many rows with the same problem are listed one by one; the others are counted.
SHOWN = 20


@dataclass(frozen=True)
class DataProblem:
    """Something wrong in the data.

    ``row`` is counted as a reader does, 1 for the first row of data (a CSV header is not counted);
    None when the problem concerns the whole column. ``column`` is None when it concerns the table.
    """

    table: str
    row: int | None
    column: str | None
    message: str

    def __str__(self) -> str:
        row = self.row and f"riga {self.row}"
        column = self.column and f"colonna {self.column}"
        return f"{', '.join(part for part in (self.table, row, column) if part)}: {self.message}"


class PopulationError(UserError):
    """Data that cannot be used: ``problems`` holds every :class:`DataProblem` found.

    If they all are of rows, ``rows`` are the indices of these by table: without them the data can be used.
    """

    def __init__(self, problems: Iterable[DataProblem], rows: dict[str, np.ndarray] | None = None):
        self.problems, self.rows = tuple(problems), rows or {}
        lines = [
            "i dati non si possono usare (riga 1 è la prima di dati, senza l'intestazione)",
            *map(str, self.problems),
        ]
        super().__init__("\n- ".join(lines))


class RequestError(UserError):
    """A question that a simulation cannot answer: an unknown variable, a month before the ADI."""


class Problems:
    """The problems found so far; raised together, so that the analyst corrects them together."""

    def __init__(self):
        self.found, self.rows, self.are_of_rows = [], {}, True

    def add(self, table: str, column: str | None, message: str, row: int | None = None) -> None:
        """Add a problem of a table, of one of its columns or of one cell."""
        self.are_of_rows &= row is not None
        self.found.append(DataProblem(table, row, column, message))

    def add_rows(
        self, table: str, column: str, wrong: np.ndarray, message: Callable[[int], str]
    ) -> None:
        """Add one kind of problem for each row where ``wrong`` is true; ``message`` has the row index."""
        (rows,) = np.nonzero(wrong)
        for row in rows[:SHOWN].tolist():
            self.add(table, column, message(row), row + 1)
        if len(rows) > SHOWN:
            message = f"e altre {len(rows) - SHOWN} righe con lo stesso problema"
            self.found.append(DataProblem(table, None, column, message))
        if len(rows):
            self.rows[table] = np.union1d(self.rows.get(table, rows), rows)

    def raise_if_any(self) -> None:
        """Raise a :class:`PopulationError` with all problems, if there are any."""
        if self.found:
            raise PopulationError(self.found, self.rows if self.are_of_rows else None)


def nearest(name: str, names: Iterable[str]) -> str:
    """Return what to say of an unknown name: the known names that resemble it, or nothing."""
    close = get_close_matches(name, list(names), n=3, cutoff=0.6)
    return f"; forse {' o '.join(f'«{match}»' for match in close)}" if close else ""
