"""What a variable may be worth, and the names that resemble one that does not exist."""

import datetime
import re
from collections.abc import Iterable
from difflib import get_close_matches

from openfisca_core.indexed_enums import Enum
from openfisca_core.variables import Variable

from openfisca_adi.limits import limits

#: An OpenFisca case may say a number as a sum: «500 + 280».
SUM = re.compile(r"[\d\s.+*/()-]+")


def wrong_value(variable: Variable, value: object) -> str | None:
    """Return what is wrong with one value of a variable."""
    if value is None:
        return "è vuota: scrivere il valore"
    if variable.value_type is Enum:
        known = [item.name for item in variable.possible_values]
        allowed = ", ".join(known)
        return None if value in known else f"«{value}» non è ammesso; i valori sono: {allowed}"
    if variable.value_type is bool:
        return None if isinstance(value, bool) else f"«{value}»: scrivere true o false"
    if variable.value_type is datetime.date:
        exists = isinstance(value, datetime.date) or is_date(value)
        return None if exists else f"«{value}» non è una data: scrivere per esempio 1990-12-31"
    return _wrong_number(variable, value)


def _wrong_number(variable: Variable, value: object) -> str | None:
    if isinstance(value, int | float) and not isinstance(value, bool):
        low, high = limits(variable)
        return None if low <= value <= high else f"«{value}» non è tra {low} e {high}"
    if isinstance(value, str) and SUM.fullmatch(value):
        return None
    return f"«{value}» non è un numero: scrivere le sole cifre, con il punto per i decimali"


def is_date(text: object) -> bool:
    """Tell whether a text is a date that exists, such as 1990-12-31."""
    try:
        return bool(datetime.date.fromisoformat(text))
    except (TypeError, ValueError):
        return False


def nearest(name: object, known: Iterable) -> str:
    """Return what to add to an error: the known names that resemble this one, or nothing."""
    matches = get_close_matches(str(name), map(str, known), n=3, cutoff=0.5)
    return f"; forse {' o '.join(matches)}" if matches else ""
