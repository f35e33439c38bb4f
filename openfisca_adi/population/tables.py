"""A table of a population while it is checked: from cells as they came to values as numpy has them."""

import re

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from openfisca_adi.dates import LAST_MONTH as LAST_MONTH_OF_THE_LAW
from openfisca_adi.dates import NEVER
from openfisca_adi.population.errors import Problems, nearest
from openfisca_adi.population.schema import (
    BOOL,
    CHOICE,
    DATE,
    HOUSEHOLDS,
    INTEGER,
    KEYS,
    MANDATORY,
    NUMBER,
    PEOPLE,
    Column,
    is_descriptive,
    population_columns,
)

#: The months for which values may be given and results asked.
FIRST_MONTH, LAST_MONTH = "2024-01", f"{LAST_MONTH_OF_THE_LAW.date:%Y-%m}"
MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")

DTYPES = {BOOL: "bool", INTEGER: "int32", NUMBER: "float64", DATE: "datetime64[D]", CHOICE: "int16"}


class Table:
    """A table of people or of households, whose problems are added to ``problems``.

    ``cells`` are the columns in use, by name, as arrow arrays; ``ignored`` are the others.
    """

    def __init__(self, name: str, table, system, problems: Problems, allow_unknown: bool):
        self.name, self.problems = name, problems
        self.known = population_columns(system, name)
        self.cells, self.ignored = {}, {}
        names = [str(column) for column in column_names(table)]
        self.count = len(table)
        if not self.count:
            self.report(None, "la tabella è vuota")
        for place, column in enumerate(names):
            if column in names[:place]:
                self.report(column, "la colonna c'è due volte")
            elif self._is_known(column):
                self.cells[column] = column_cells(table, place)
            elif allow_unknown or is_descriptive(name, column):
                self.ignored[column] = column_cells(table, place)
            else:
                self._report_unknown(column, system)
        for column in MANDATORY[name]:
            if column not in names:
                self.report(column, "manca questa colonna, che è obbligatoria")

    def _is_known(self, column: str) -> bool:
        variable, at, month = column.partition("@")
        if at and variable in self.known:
            if self.known[variable].eternal:
                self.report(column, f"«{variable}» vale per tutti i mesi: togliere «@{month}»")
            elif not MONTH.fullmatch(month):
                self.report(column, f"«{month}» non è un mese: si scrive {variable}@2025-03")
            elif not FIRST_MONTH <= month <= LAST_MONTH:
                self.report(column, f"il mese non è tra {FIRST_MONTH} e {LAST_MONTH}")
        return variable in self.known or column in KEYS[self.name]

    def _report_unknown(self, column: str, system) -> None:
        variable = column.partition("@")[0]
        other = HOUSEHOLDS if self.name == PEOPLE else PEOPLE
        if column in KEYS[other] or variable in population_columns(system, other):
            self.report(column, f"è una colonna della tabella {other}")
        elif variable in system.variables:
            self.report(column, "è un risultato, che il pacchetto calcola: non può stare nei dati")
        else:
            resembling = nearest(variable, [*self.known, *KEYS[self.name]])
            self.report(column, f"colonna sconosciuta{resembling}")

    def ids(self, column: str) -> pa.Array | None:
        """Return a column of ids, int64 or text, null where an id is missing; None if it is not there."""
        cells = self.cells.get(column)
        if cells is None:
            return None
        if is_text(cells.type):
            words = cells.cast(pa.string())
            ids = pc.if_else(pc.equal(words, ""), None, words)
        else:
            numbers = (
                pc.if_else(pc.is_nan(cells), None, cells)
                if pa.types.is_floating(cells.type)
                else cells
            )
            try:
                ids = numbers.cast(pa.int64())
            except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
                self.report(column, "gli id sono numeri interi o testi")
                return None
        self.report_rows(column, ids.is_null(), lambda row: "l'id manca")
        return ids

    def check_unique(self, column: str, ids: pa.Array | None) -> None:
        """Report the ids that are already in a row above."""
        if ids is None or is_increasing(ids) or len(ids.unique()) == len(ids):
            return
        first = pc.index_in(ids, ids, skip_nulls=True).fill_null(-1).to_numpy()
        again = (first >= 0) & (first != np.arange(len(ids)))
        self.report_rows(
            column, again, lambda row: f"l'id «{ids[row]}» è già alla riga {first[row] + 1}"
        )

    def values(self, column: Column, name: str) -> tuple[np.ndarray, np.ndarray | None]:
        """Return the values of a column, called ``name`` in this table, and which of them are given.

        Values have one item per row: choices are indices of ``column.values``, empty cells have the default
        (a neutral value if it is presumed). The second array is None when all are given.
        """
        cells = self.cells[name]
        read = _READERS[column.type](cells)
        if column.type == CHOICE:
            read = _once_per_word(read, lambda words: pc.index_in(words, pa.array(column.values)))
        if read.null_count > cells.null_count:
            unread = pc.and_(read.is_null(), cells.is_valid())
            self.report_rows(name, unread, lambda row: _unread(cells[row], column))
        if read.null_count:
            read = read.fill_null(_neutral(column, read.type))
        values = read.to_numpy(zero_copy_only=False)
        if column.type in (INTEGER, NUMBER, DATE) and len(values):
            low, high = column.limits
            if not (low <= values.min() and values.max() <= high):  # NaN too
                inside = (low <= values) & (values <= high)
                self.report_rows(name, ~inside, lambda row: _outside(values[row], column))
                return np.zeros(len(values), DTYPES[column.type]), None
        given = np.asarray(cells.is_valid()) if cells.null_count else None
        return values.astype(DTYPES[column.type], copy=False), given

    def report(self, column: str | None, message: str) -> None:
        self.problems.add(self.name, column, message)

    def report_rows(self, column: str, wrong, message) -> None:
        self.problems.add_rows(self.name, column, np.asarray(wrong), message)


def _neutral(column: Column, kind: pa.DataType) -> pa.Scalar:
    if column.type == CHOICE:
        value = column.values.index(column.default)
    elif column.default is None:
        value = NEVER.item() if column.type == DATE else 0
    else:
        value = column.default
    return pa.scalar(value).cast(kind)


def _unread(cell: pa.Scalar, column: Column) -> str:
    is_plain = not pa.types.is_temporal(cell.type) and not pa.types.is_dictionary(cell.type)
    found = str(cell if is_plain else cell.cast(pa.string()))
    expected = {
        BOOL: "vero o falso (oppure true, false, 1, 0)",
        INTEGER: "un numero intero",
        NUMBER: "un numero (punto per i decimali, niente separatore delle migliaia)",
        DATE: "una data che esiste, AAAA-MM-GG, senza ora",
        CHOICE: f"uno di: {', '.join(column.values)}{nearest(found, column.values)}",
    }
    return f"trovato «{found}»; serve {expected[column.type]}"


def _outside(value: np.generic, column: Column) -> str:
    low, high = column.limits
    if column.type != DATE and not np.isfinite(value):
        empty = "una cella vuota si scrive null, non NaN (in pandas: DataFrame.convert_dtypes)"
        return f"trovato «{value}»; serve un numero finito; {empty}"
    if value < low:
        return f"trovato «{value}», che è {'negativo' if low == 0 else f'minore di {low}'}"
    return f"trovato «{value}», che è maggiore di {high}"


def column_names(table) -> list:
    """Return the names of the columns of a table."""
    return table.column_names if isinstance(table, pa.Table) else list(table.columns)


def column_cells(table, place: int) -> pa.Array:
    """Return a column of a table as one arrow array; NaN is not null."""
    if isinstance(table, pa.Table):
        cells = table.column(place)
    else:
        series = table.iloc[:, place]
        try:
            # In a numpy array of floats NaN is a number gone wrong; in pandas' own types it means empty.
            is_plain_float = isinstance(series.dtype, np.dtype) and series.dtype.kind == "f"
            cells = pa.array(series.to_numpy() if is_plain_float else series)
        except (pa.ArrowInvalid, pa.ArrowTypeError):  # texts and numbers mixed
            cells = pa.array(series.astype("string"))
    if isinstance(cells, pa.ChunkedArray):
        cells = cells.combine_chunks()
    return cells if is_text(cells.type) else decoded(cells)


def decoded(cells: pa.Array) -> pa.Array:
    """Return cells without dictionary."""
    return cells.dictionary_decode() if pa.types.is_dictionary(cells.type) else cells


def is_increasing(ids: pa.Array) -> bool:
    """Tell whether each id is greater than the one before, so that none is twice."""
    return not ids.null_count and pc.all(pc.less(ids[:-1], ids[1:])).as_py() is not False


# Readers: from the cells of a column to an arrow array where what is not understood is null.


def _read_bool(cells: pa.Array) -> pa.Array:
    if pa.types.is_boolean(cells.type):
        return cells
    if is_text(cells.type):
        words = pa.array(["falso", "false", "0", "vero", "true", "1"])
        places = _once_per_word(
            cells, lambda found: pc.index_in(pc.utf8_lower(found).cast(pa.string()), words)
        )
        return pc.greater_equal(places, 3)
    numbers = _read_number(cells)
    is_true = pc.equal(numbers, 1)
    return pc.if_else(pc.or_(is_true, pc.equal(numbers, 0)), is_true, None)


def _read_number(cells: pa.Array) -> pa.Array:
    if pa.types.is_integer(cells.type) or pa.types.is_floating(cells.type):
        return cells
    if pa.types.is_decimal(cells.type):
        return cells.cast(pa.float64())
    return _from_text(cells, pa.float64())


def _read_integer(cells: pa.Array) -> pa.Array:
    numbers = _read_number(cells)
    if pa.types.is_integer(numbers.type):
        return numbers
    whole = pc.or_(pc.equal(pc.floor(numbers), numbers), pc.is_nan(numbers))
    return pc.if_else(whole, numbers, None)


def _read_date(cells: pa.Array) -> pa.Array:
    if pa.types.is_date(cells.type):
        return cells.cast(pa.date32())
    moments = cells if pa.types.is_timestamp(cells.type) else _from_text(cells, pa.timestamp("s"))
    days = moments.cast(pa.date32(), safe=False)
    return pc.if_else(pc.equal(days.cast(moments.type), moments), days, None)


def _read_text(cells: pa.Array) -> pa.Array:
    return cells if is_text(cells.type) else pa.nulls(len(cells), pa.string())


def _from_text(cells: pa.Array, kind: pa.DataType) -> pa.Array:
    """Read texts as values; what cannot be read, or is no text, is null."""

    def read(words):
        try:
            return words.cast(kind)
        except pa.ArrowInvalid:
            return pa.array([_from_word(word, kind) for word in words], kind)

    return _once_per_word(_read_text(cells), read)


def _once_per_word(texts: pa.Array, function) -> pa.Array:
    """Apply a function to texts, once for each that is different."""
    encoded = texts if pa.types.is_dictionary(texts.type) else texts.dictionary_encode()
    return function(encoded.dictionary).take(encoded.indices)


def _from_word(word: pa.Scalar, kind: pa.DataType):
    try:
        return word.cast(kind)
    except pa.ArrowInvalid:
        return None


def is_text(kind: pa.DataType) -> bool:
    """Tell whether a column is of texts."""
    kind = kind.value_type if pa.types.is_dictionary(kind) else kind
    return pa.types.is_string(kind) or pa.types.is_large_string(kind)


_READERS = {
    BOOL: _read_bool,
    INTEGER: _read_integer,
    NUMBER: _read_number,
    DATE: _read_date,
    CHOICE: _read_text,
}
