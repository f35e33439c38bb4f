"""Take-up: of those who are entitled, how many receive. An assumption of a comparison, never of the law.

The rates are read from a YAML file::

    descrizione: Chi ha un importo piccolo chiede meno
    fonte: Ipotesi dell'analista
    categorie: {disabilita: 0.95, minori: 0.9, over_60: 0.8, svantaggio: 1, altri: 0.5}
    importi: {0: 0.6, 100: 1}

``categorie`` are read in the order in which they are written: a household has the rate of the first one that
it has, 1 if it has none. ``importi`` multiply the rate: each is for monthly amounts from that one up (in
euro); 1 below the first.
"""

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import yaml

from openfisca_adi.errors import UserError
from openfisca_adi.population.errors import nearest
from openfisca_adi.text import number

#: The names of the file, and those of the categories of a comparison.
CATEGORIES = {
    "minori": "Minori",
    "over_60": "60 anni e più",
    "disabilita": "Disabilità",
    "svantaggio": "Svantaggio",
    "altri": "Nessuna di queste",
}
KEYS = ("descrizione", "fonte", "categorie", "importi")


class TakeUpError(UserError):
    """A file of take-up rates that cannot be read; the message says where and what was expected."""


@dataclass(frozen=True)
class TakeUp:
    """Rates of take-up, from 0 to 1, by category (in order) and by monthly amount (in euro)."""

    categories: dict[str, float] = field(default_factory=dict)
    amounts: dict[float, float] = field(default_factory=dict)
    description: str = ""
    source: str = ""

    @classmethod
    def read(cls, path: str | Path) -> "TakeUp":
        """Read the rates from a YAML file (see the module); raises :class:`TakeUpError`."""
        try:
            content = yaml.safe_load(Path(path).read_text(encoding="utf-8"))
        except (yaml.YAMLError, UnicodeDecodeError) as error:
            raise TakeUpError(f"{path}: non è un file YAML leggibile: {error}") from error
        if not isinstance(content, dict) or not content.keys() & {"categorie", "importi"}:
            raise TakeUpError(f"{path}: servono «categorie», «importi» o entrambi")
        for key in content:
            if key not in KEYS:
                raise TakeUpError(f"{path}: chiave sconosciuta «{key}»{nearest(str(key), KEYS)}")
        for key in ("categorie", "importi"):
            _check_rates(path, key, content.get(key, {}))
        for name in content.get("categorie", {}):
            if name not in CATEGORIES:
                expected = f"{nearest(str(name), CATEGORIES)}; sono {', '.join(CATEGORIES)}"
                raise TakeUpError(f"{path}: categorie: «{name}» non esiste{expected}")
        for amount in content.get("importi", {}):
            if not _is_number(amount) or amount < 0:
                raise TakeUpError(f"{path}: importi: «{amount}» non è un importo in euro")
        return cls(
            categories=content.get("categorie", {}),
            amounts=dict(sorted(content.get("importi", {}).items())),
            description=str(content.get("descrizione", "")),
            source=str(content.get("fonte", "")),
        )

    def is_full(self) -> bool:
        """Say whether everybody receives what they are entitled to."""
        return {*self.categories.values(), *self.amounts.values()} <= {1}

    def rates(self, amount, categories) -> np.ndarray:
        """Return the rate of each household.

        ``amount`` is in euro a month; ``categories`` tell by name which households have each. Shapes: one
        item per household.
        """
        has = [categories[CATEGORIES[name]] for name in self.categories]
        rates = np.select(has, list(self.categories.values()), 1.0) if has else 1.0
        bounds = list(self.amounts)
        factors = np.array([1.0, *self.amounts.values()])
        return rates * factors[np.searchsorted(bounds, amount, side="right")]

    def __str__(self) -> str:
        """Say the rates as a reader of the report needs them."""
        if self.is_full():
            return "chiunque ha diritto riceve (tasso 1 per tutti)"
        parts = [f"{CATEGORIES[name]} {number(r, 2)}" for name, r in self.categories.items()]
        parts += [f"da {number(a)} euro al mese × {number(r, 2)}" for a, r in self.amounts.items()]
        about = " ".join(filter(None, (self.description, self.source and f"Fonte: {self.source}")))
        return f"riceve, in media, una parte di chi ha diritto: {'; '.join(parts)}. {about}".strip()


def _check_rates(path, key, rates) -> None:
    if not isinstance(rates, dict):
        raise TakeUpError(f"{path}: {key}: servono coppie «nome: tasso»")
    for name, rate in rates.items():
        if not _is_number(rate) or not 0 <= rate <= 1:
            raise TakeUpError(f"{path}: {key}: {name}: «{rate}» non è un tasso tra 0 e 1")


def _is_number(value) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def pieces(before, after, rate_before, rate_after):
    """Split households by who receives: yield ``(share, before, after)``, arrays of one item per household.

    The same people are the readiest to ask under both laws: who receives with the lower rate receives with the higher one
    too. The shares of a household add up to 1; amounts are in euro.
    """
    rate_before, rate_after = (
        np.where(before > 0, rate_before, rate_after),
        np.where(after > 0, rate_after, rate_before),
    )
    both = np.minimum(rate_before, rate_after)
    nothing = np.zeros(len(both))
    yield both, before, after
    more = rate_before > both
    yield (
        np.maximum(rate_before, rate_after) - both,
        np.where(more, before, nothing),
        np.where(more, nothing, after),
    )
    yield 1 - np.maximum(rate_before, rate_after), nothing, nothing
