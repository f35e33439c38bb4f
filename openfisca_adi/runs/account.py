"""The account of a run: what was read, refused, computed and assumed, what came out, and at what cost."""

from collections import Counter
from dataclasses import dataclass, field
from fractions import Fraction

from openfisca_adi.population.errors import DataProblem
from openfisca_adi.population.population import Assumption
from openfisca_adi.population.schema import HOUSEHOLDS, PEOPLE


@dataclass
class Account:
    """The account of a run, while its pieces come in and at the end.

    * ``read``, ``refused``, ``computed``: how many rows of "persone" and "nuclei";
    * ``weight``: the sum of the weights of the households computed;
    * ``totals``: by variable and month, the weighted sum and the weight of those for whom it is not zero;
    * ``stated``: what a mapping says that it assumes;
    * ``assumptions``, ``ignored``: what was assumed in place of missing data, and the columns without use;
    * ``problems``: what is wrong in the data.
    """

    request: dict
    files: list[dict]
    months: list[str]
    stated: list[Assumption]
    read: Counter = field(default_factory=Counter)
    refused: Counter = field(default_factory=Counter)
    computed: Counter = field(default_factory=Counter)
    ignored: set[str] = field(default_factory=set)
    variables_read: set[str] = field(default_factory=set)
    problems: list[DataProblem] = field(default_factory=list)
    pieces: list[dict] = field(default_factory=list)
    seconds: float = 0.0
    is_complete: bool = False
    _weight: Fraction = Fraction(0)
    _assumed: Counter = field(default_factory=Counter)
    _totals: dict[str, list[list[Fraction]]] = field(default_factory=dict)

    def add(self, piece: dict) -> None:
        """Add the account of a piece."""
        for mine, name in (
            (self.read, "lette"),
            (self.refused, "rifiutate"),
            (self.computed, "calcolate"),
        ):
            mine.update(piece[name])
        self._weight += Fraction(piece["peso"])
        self._assumed.update({tuple(key): count for *key, count in piece["ipotesi"]})
        self.ignored.update(piece["ignorate"])
        self.variables_read.update(piece.get("variabili_lette", ()))
        known = {(p.table, p.row, p.column) for p in self.problems}
        found = [DataProblem(*each) for each in piece["problemi"]]
        self.problems += [p for p in found if (p.table, p.row, p.column) not in known]
        for name, months in piece["totali"].items():
            mine = self._totals.setdefault(name, [[Fraction(0)] * 2 for _ in months])
            for old, new in zip(mine, months, strict=True):
                old[:] = [a + Fraction(b) for a, b in zip(old, new, strict=True)]
        if not found:
            self.pieces.append(
                {name: piece.get(name) for name in ("parte", "impronta", "secondi", "memoria_mb")}
                | {"ripresa": piece.get("ripresa", False)}
            )

    @property
    def weight(self) -> float:
        """The weighted number of households."""
        return float(self._weight)

    @property
    def memory(self) -> int:
        """The most memory that a process has used, in MB."""
        return max((piece["memoria_mb"] for piece in self.pieces), default=0)

    @property
    def assumptions(self) -> list[Assumption]:
        """What was assumed, and for how many people or households."""
        return self.stated + [
            Assumption(variable, entity, count, assumed)
            for (variable, entity, assumed), count in self._assumed.items()
        ]

    def totals(self, variable: str) -> list[tuple[float, float]]:
        """Return by month the weighted sum of a variable, and the weight of those who have it."""
        nobody = [(Fraction(0), Fraction(0))] * len(self.months)
        return [(float(total), float(who)) for total, who in self._totals.get(variable, nobody)]

    def to_dict(self) -> dict:
        """Return the account in values that JSON can hold."""
        return {
            **self.request,
            "completo": self.is_complete,
            "file": self.files,
            "righe": {
                name: {
                    "lette": self.read[name],
                    "rifiutate": self.refused[name],
                    "calcolate": self.computed[name],
                }
                for name in (PEOPLE, HOUSEHOLDS)
            },
            "nuclei_pesati": self.weight,
            "totali": {
                name: {
                    month: {"somma_pesata": total, "peso_con_valore": who}
                    for month, (total, who) in zip(self.months, self.totals(name), strict=True)
                }
                for name in self._totals
            },
            "ipotesi": [assumption._asdict() for assumption in self.assumptions],
            "colonne_non_usate": sorted(self.ignored),
            "problemi": [str(problem) for problem in self.problems],
            "secondi": round(self.seconds, 2),
            "memoria_massima_mb": self.memory,
            "parti": sorted(self.pieces, key=lambda piece: piece["parte"]),
        }
