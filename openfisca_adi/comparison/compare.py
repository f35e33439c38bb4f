"""A reform against the law in force, on a population: who is entitled, what it costs, who gains and loses."""

from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from openfisca_core.reforms import Reform

from openfisca_adi.comparison import groups
from openfisca_adi.comparison.groups import Group
from openfisca_adi.comparison.indicators import (
    gini,
    oecd_modified_scale,
    poverty,
    quantile,
    quintile_share_ratio,
)
from openfisca_adi.comparison.outcomes import REQUIREMENTS, SIDES, Outcomes
from openfisca_adi.comparison.sampling import all_weights, spread
from openfisca_adi.comparison.take_up import CATEGORIES, TakeUp, pieces
from openfisca_adi.comparison.text import comparison_lines
from openfisca_adi.dates import MONTHS_IN_A_YEAR
from openfisca_adi.population import Assumption, Population, RequestError, months_of
from openfisca_adi.population.errors import nearest
from openfisca_adi.population.schema import HOUSEHOLDS
from openfisca_adi.reform_names import about, law_name
from openfisca_adi.text import number

INCOME = "reddito_familiare"
HALF_CENT = 0.005
NEITHER = CATEGORIES["altri"]
COLUMNS = (*SIDES, "differenza")
MEASURES = ("nuclei", "persone", "costo_annuo", "importo_medio")
ANY_REQUIREMENT = "almeno uno"
EXCLUDED = ("in_tutto", "da_solo", "per_primo")
CHANGES = (
    "guadagnano",
    "guadagnano_da_esclusi",
    "perdono",
    "perdono_il_diritto",
    "invariati",
    "invariati_con_diritto",
)
#: The kinds of change that exclude one another; "con diritto" is said of who has a benefit.
KINDS = ("da esclusi", "aumento", "perdita del diritto", "riduzione", "invariati con diritto")
CHANGE_MEASURES = ("nuclei", "persone", "variazione_mensile")
#: Who changes, group by group: households, then the mean change a month of each kind and of everybody.
GROUP_CHANGES = ("nuclei", "guadagnano", "perdono", "invariati")
GROUP_MEANS = ("guadagno_medio", "perdita_media", "variazione_media")
INEQUALITY = (
    "gini",
    "s80_s20",
    "linea_poverta",
    "poverta_incidenza",
    "poverta_intensita",
    "poverta_gravita",
    "poverta_incidenza_linea_propria",
)
INEQUALITY_COLUMNS = ("senza_beneficio", *COLUMNS)
POWERS = (0, 1, 2)


@dataclass(frozen=True)
class Comparison:
    """The tables of a comparison; households and people are weighted, amounts are in euro.

    Over a year, households and people are means of the months, the cost is the sum of the months; for
    one month the yearly cost is that of the month, times 12. Where take-up is not full, who is entitled is
    who is expected to receive. ``errors`` has the standard errors of each table, by its name in
    :meth:`tables`, in the same shape; it is empty if the data do not tell how they were drawn.
    """

    law: str
    reform: str
    period: str
    population: dict[str, float]  # households and people, in the data and weighted
    assumptions: list[Assumption]  # about the facts that the comparison uses
    take_up: TakeUp
    choices: dict[str, str]  # what was chosen, and what may be known of errors, in words
    headline: pd.DataFrame  # MEASURES by COLUMNS
    changes: pd.DataFrame  # CHANGES by CHANGE_MEASURES
    breakdown: pd.DataFrame  # (gruppo, voce) by (COLUMNS; MEASURES)
    group_changes: pd.DataFrame  # (gruppo, voce) by GROUP_CHANGES and GROUP_MEANS
    inequality: pd.DataFrame  # INEQUALITY by INEQUALITY_COLUMNS
    requirements: pd.DataFrame  # requirement by (COLUMNS; EXCLUDED)
    errors: dict[str, pd.DataFrame] = field(default_factory=dict)

    def tables(self) -> dict[str, pd.DataFrame]:
        """Return the tables by their Italian names."""
        return {
            "sintesi": self.headline,
            "variazioni": self.changes,
            "gruppi": self.breakdown,
            "variazioni_per_gruppo": self.group_changes,
            "disuguaglianza": self.inequality,
            "requisiti": self.requirements,
        }

    def flat_tables(self) -> dict[str, pd.DataFrame]:
        """Return the tables as files hold them: plain columns, and ``errore_…`` for each standard error."""
        flat = {}
        for name, table in self.tables().items():
            columns = ["_".join(reversed(c)) if isinstance(c, tuple) else c for c in table.columns]
            values = table.set_axis(columns, axis=1)
            if name in self.errors:
                error = self.errors[name].set_axis([f"errore_{c}" for c in columns], axis=1)
                values = pd.concat([values, error], axis=1)
            flat[name] = values.reset_index()
        return flat

    def to_dict(self) -> dict:
        """Return the comparison as values that JSON can hold."""
        return {
            "legge": self.law,
            "riforma": self.reform,
            "periodo": self.period,
            "popolazione": self.population,
            "scelte": self.choices,
            "ipotesi": [list(assumption) for assumption in self.assumptions],
            **{name: _records(table) for name, table in self.flat_tables().items()},
        }

    def to_text(self) -> str:
        """Return the comparison as tables to read in a terminal."""
        return "\n".join(comparison_lines(self)) + "\n"


def compare(
    population: Population,
    period,
    baseline,
    reform,
    by=(),
    take_up: TakeUp | None = None,
    income: str = INCOME,
    line: float = 0.6,
    share: bool = True,
) -> Comparison:
    """Compare two tax-benefit systems on a population, over a month (2025-06) or a year (2025).

    * ``by``: columns of the households to group by, besides category, size, type, area and decile;
    * ``take_up``: how many of the entitled receive; all of them unless said otherwise;
    * ``income``: the yearly income of the household, without the benefit, from which deciles, inequality and
      poverty are measured: a numeric column of the households or a variable;
    * ``line``: the poverty line, in euro a year for one person, or up to 1 a share of the median equivalised
      income under the baseline. It is the same for both laws;
    * ``share``: compute once what the reform cannot change.

    Raises :class:`RequestError`.
    """
    months = months_of(period)
    take_up = take_up or TakeUp()
    if not line > 0:
        raise RequestError(f"la linea di povertà è maggiore di 0, non {number(line, 2)}")
    fixed = _fixed_groups(population, by, baseline)
    weights, sampling = all_weights(population)
    outcomes = Outcomes(
        population, baseline, reform, months, _income(population, income, baseline), share
    )
    count = len(population.weights)
    people = np.zeros(count)
    amounts, received = ({side: np.zeros(count) for side in SIDES} for _ in range(2))
    stocks, excluded = {}, 0
    first = None
    for outcome in outcomes:
        law = outcome["legge"]
        if first is None:
            first = _first_groups(law, outcomes.facts)
            scale = oecd_modified_scale(outcomes.facts.ages, population.household_of, count)
            equivalised = outcomes.facts.income / scale
            poorest_first = np.argsort(equivalised)
            own_people = population.weights * law.people
            fixed.append(groups.by_decile(equivalised, own_people, poorest_first))
        people += law.people / len(months)
        excluded += np.array([_excluded(outcome[side], weights) for side in SIDES]) / len(months)
        for place, side in enumerate(SIDES):
            rate = _rates(take_up, outcome[side])
            amounts[side] += outcome[side].amount
            received[side] += outcome[side].amount * rate
            for key, totals in _stocks(outcome[side], rate, fixed, weights):
                of_both = stocks.setdefault(key, np.zeros((len(SIDES), *totals.shape)))
                of_both[place] += totals / len(months)
    shares = _shares(amounts, received, take_up)
    parts = [_Part.of(*share) for share in shares]
    to_year = MONTHS_IN_A_YEAR / len(months)
    tables = {
        "sintesi": _headline(stocks),
        "variazioni": _changes(parts, people, weights, len(months)),
        "gruppi": _breakdown(stocks),
        "variazioni_per_gruppo": _group_changes(parts, [*first, *fixed[1:]], weights, len(months)),
        "disuguaglianza": _inequality(
            shares, equivalised, scale, people, weights, to_year, line, poorest_first
        ),
        "requisiti": _requirements(excluded),
    }
    estimates = {name: table[0] for name, table in tables.items()}
    choices = {
        "riforma": _description(reform),
        "reddito": _income_label(income, baseline),
        "scala": "OCSE modificata: 1 il primo adulto, 0,5 gli altri di 14 anni e più, 0,3 i minori di 14",
        "persone": "ogni nucleo conta per il suo peso moltiplicato per i suoi componenti, come in EU-SILC",
        "linea di povertà": _line_label(line),
        "adesione": str(take_up),
        "errori standard": sampling,
    }
    return Comparison(
        law=law_name(baseline),
        reform=law_name(reform),
        period=str(period),
        population={
            "nuclei": count,
            "persone": len(population.person_ids),
            "nuclei_pesati": float(population.weights.sum()),
            "persone_pesate": float(population.weights @ people),
        },
        assumptions=[note for note in population.assumptions if note.variable in outcomes.read],
        take_up=take_up,
        choices=choices,
        headline=estimates["sintesi"],
        changes=estimates["variazioni"],
        breakdown=estimates["gruppi"],
        group_changes=estimates["variazioni_per_gruppo"],
        inequality=estimates["disuguaglianza"],
        requirements=estimates["requisiti"],
        errors={name: table[1] for name, table in tables.items() if table[1] is not None},
    )


# The income, and the groups


def _income(population, income, system):
    """Return the income as an array, or the name of the variable that gives it."""
    if income in population.descriptive:
        cells = pd.to_numeric(population.descriptive[income], errors="coerce").to_numpy(float)
        if np.isnan(cells).any():
            raise RequestError(
                f"«{income}» non è un reddito di ogni nucleo: ha celle non numeriche"
            )
        return cells
    variable = system.variables.get(income)
    if variable is None or variable.entity.plural != HOUSEHOLDS or variable.value_type is not float:
        amounts = [
            name
            for name, other in system.variables.items()
            if other.entity.plural == HOUSEHOLDS and other.value_type is float
        ]
        names = [*population.descriptive, *amounts]
        raise RequestError(f"«{income}» non è un importo dei nuclei{nearest(income, names)}")
    return income


def _description(system) -> str:
    """Return the name of a law and, of a reform, what it changes, by which act or proposal, and whose it is."""
    if not isinstance(system, Reform):
        return law_name(system)
    act, author = getattr(system, "reference", None), getattr(system, "author", None)
    words = [f"{law_name(system)}.", about(type(system))]
    words += [f"Riferimento: {act}."] if act else []
    words += [f"Autore: {author}."] if author else []
    return " ".join(filter(None, words))


def _income_label(income, system) -> str:
    variable = system.variables.get(income)
    label = "colonna dei dati" if variable is None else variable.label
    return f"{income} ({label}), secondo la legge, con l'ADI del periodo su base annua"


def _line_label(line) -> str:
    share = f"{number(100 * line)} % della mediana del reddito equivalente con l'ADI della legge"
    amount = share if line <= 1 else f"{number(line, 2)} euro l'anno"
    return f"{amount}, la stessa per la riforma (ancorata)"


def _fixed_groups(population, by, system) -> list[Group]:
    areas = [area for area in groups.AREAS if area in population.descriptive]
    columns = list(dict.fromkeys([*areas, *by]))
    everybody = groups.all_households(len(population.weights))
    return [everybody, *(groups.by_column(population, column, system) for column in columns)]


def _first_groups(outcome, facts) -> list[Group]:
    """Return the groups that a month may change, as they are in the first under the law."""
    return [*_monthly_groups(outcome), groups.by_type(outcome.people, facts.minors)]


def _monthly_groups(outcome) -> list[Group]:
    neither = ~np.logical_or.reduce(list(outcome.categories.values()))
    has = outcome.categories | {NEITHER: neither}
    return [*groups.categories(has), groups.by_size(outcome.people)]


# One month


def _rates(take_up, outcome):
    if take_up.is_full():
        return 1.0
    has = outcome.categories
    neither = ~np.logical_or.reduce(list(has.values()))
    return take_up.rates(outcome.amount, has | {NEITHER: neither})


def _stocks(outcome, rate, fixed, weights):
    """Yield households, people and monthly cost of those who receive, group by group."""
    (entitled,) = np.nonzero(outcome.amount > 0)
    rate = np.broadcast_to(rate, outcome.amount.shape)[entitled]
    measures = (rate, rate * outcome.people[entitled], rate * outcome.amount[entitled])
    of_entitled = weights[:, entitled]
    for group in (*_monthly_groups(outcome), *fixed):
        yield (group.name, group.labels), group.totals(measures, of_entitled, entitled)


def _excluded(outcome, weights) -> np.ndarray:
    """Return the households that lack each requirement: in all, that one alone, that one first.

    They are counted by what they lack, all together: there are few combinations. Shape: ``(weights,
    requirements and any of them, 3)``.
    """
    combinations = np.arange(2 ** len(REQUIREMENTS))
    households = np.array([np.bincount(outcome.lacks, w, len(combinations)) for w in weights])
    bits = 2 ** np.arange(len(REQUIREMENTS))[:, None]
    lacks = combinations & bits > 0
    alone, first = combinations == bits, lacks & (combinations % bits == 0)
    any_of_them = [combinations > 0, alone.any(axis=0), combinations > 0]
    kinds = [
        np.vstack([kind, last])
        for kind, last in zip((lacks, alone, first), any_of_them, strict=True)
    ]
    return np.stack([households @ kind.T for kind in kinds], axis=2)


# The tables: an array whose first axis is that of the weights, then a frame and its standard errors


def _frames(values, index, columns):
    errors = spread(values)
    if not isinstance(index, pd.Index):
        index = pd.Index(index, name="voce")
    frame = pd.DataFrame(values[0], index, columns)
    return frame, None if errors is None else pd.DataFrame(errors, index, columns)


def _three(sides) -> np.ndarray:
    """Add the difference to the values of the two laws, along the first axis."""
    return np.concatenate([sides, sides[1:] - sides[:1]])


def _measured(totals) -> np.ndarray:
    """Return MEASURES by COLUMNS from households, people and monthly cost by law (on the first axis)."""
    measures = np.concatenate([totals, _mean(totals[..., 2:], totals[..., :1])], axis=-1)
    measures[..., 2] *= MONTHS_IN_A_YEAR
    return _three(measures)


def _mean(total, households):
    return total / np.where(households > 0, households, np.nan)


def _headline(stocks):
    (key,) = (key for key in stocks if key[0] == "totale")
    values = _measured(stocks[key])[:, :, 0]  # columns, weights, measures
    return _frames(np.moveaxis(values, 0, -1), list(MEASURES), list(COLUMNS))


def _breakdown(stocks):
    keys = [key for key in stocks if key[0] != "totale"]
    index = pd.MultiIndex.from_tuples(
        [(name, label) for name, labels in keys for label in labels], names=["gruppo", "voce"]
    )
    values = np.concatenate([_measured(stocks[key]) for key in keys], axis=2)
    columns = pd.MultiIndex.from_product([COLUMNS, MEASURES])
    values = np.moveaxis(values, 0, 2)  # weights, groups, columns, measures
    return _frames(values.reshape(*values.shape[:2], -1), index, columns)


def _requirements(excluded):
    index = [name.removeprefix("adi_requisito_") for name in REQUIREMENTS]
    index = pd.Index([*index, ANY_REQUIREMENT], name="requisito")
    values = np.moveaxis(_three(excluded), 0, 2)
    columns = pd.MultiIndex.from_product([COLUMNS, EXCLUDED])
    return _frames(values.reshape(*values.shape[:2], -1), index, columns)


# Who gains and who loses, over the period


def _shares(amounts, received, take_up) -> list:
    """Return the parts into which take-up divides each household: its share, its amounts over the period."""
    before, after = amounts.values()
    if take_up.is_full():
        return [(np.ones(len(before)), before, after)]
    rates = [np.nan_to_num(_mean(received[side], amounts[side])) for side in SIDES]
    return list(pieces(before, after, *np.round(rates, 9)))  # the same rate is the same number


@dataclass(frozen=True)
class _Part:
    """Of a part of the households, those with a benefit under either law (``who``, indices): what changes.

    ``counts`` is the share of each that is in the part; ``change`` is in euro over the period; ``kinds`` are
    those of :data:`KINDS`.
    """

    who: np.ndarray
    counts: np.ndarray
    change: np.ndarray
    kinds: Group

    @classmethod
    def of(cls, share, before, after):
        (who,) = np.nonzero(before + after)
        before, after = before[who], after[who]
        change = after - before
        gains, loses = change > HALF_CENT, change < -HALF_CENT
        cases = [gains & (before == 0), gains, loses & (after == 0), loses]
        kinds = Group("", KINDS, np.select(cases, range(len(cases)), len(cases)))
        return cls(who, share[who], change, kinds)


def _changes(parts, people, weights, months):
    total = 0
    for part in parts:
        measures = (part.counts, part.counts * people[part.who], part.counts * part.change / months)
        total = total + part.kinds.totals(measures, weights[:, part.who])
    enter, more, leave, less, same = np.moveaxis(total, 1, 0)
    gain, lose = enter + more, leave + less
    everybody = np.stack([weights.sum(axis=1), weights @ people], axis=-1)
    others = everybody - (gain + lose)[:, :2]
    unchanged = np.concatenate([np.round(others, 6), same[:, 2:]], axis=1)
    values = np.stack([gain, enter, lose, leave, unchanged, same], axis=1)
    values[..., 2] = _mean(values[..., 2], values[..., 0])
    return _frames(values, list(CHANGES), list(CHANGE_MEASURES))


def _group_changes(parts, all_groups, weights, months):
    moves = []
    for part in parts:
        gains, loses = (
            part.counts * (part.change > HALF_CENT),
            part.counts * (part.change < -HALF_CENT),
        )
        change = part.change / months
        measures = (gains, loses, gains * change, loses * change)
        moves.append((measures, weights[:, part.who], part.who))
    rows, labels = [], []
    everybody = np.ones(weights.shape[1])
    for group in all_groups:
        households = group.totals([everybody], weights)[..., 0]
        moved = sum(group.totals(*move) for move in moves)
        gain, loss, gained, lost = np.moveaxis(moved, 2, 0)
        means = [_mean(gained, gain), _mean(lost, loss), _mean(gained + lost, households)]
        rows.append(np.stack([households, gain, loss, households - gain - loss, *means], axis=2))
        labels += [(group.name, label) for label in group.labels]
    index = pd.MultiIndex.from_tuples(labels, names=["gruppo", "voce"])
    return _frames(np.concatenate(rows, axis=1), index, [*GROUP_CHANGES, *GROUP_MEANS])


def _inequality(shares, equivalised, scale, people, weights, to_year, line, order):
    """Measure the equivalised incomes of the year without the benefit, with that of each law."""
    income, people = equivalised[order], people[order]
    to_year = to_year / scale[order]
    heads = np.concatenate([people * share[order] for share, *_ in shares])
    columns = [(income, people, order)]
    for side, _ in enumerate(SIDES, start=1):
        incomes = np.concatenate([income + part[side][order] * to_year for part in shares])
        columns.append(_in_order(incomes, heads, order))
    values = []
    for row in weights:
        weighted = [(incomes, count * row[who]) for incomes, count, who in columns]
        own = [_line(line, *column) for column in weighted]
        values.append(
            [
                _indices(*column, own[1], own_line)
                for column, own_line in zip(weighted, own, strict=True)
            ]
        )
    values = np.moveaxis(np.array(values), 1, 0)  # columns, weights, indices
    values = np.concatenate([values, values[2:] - values[1:2]])
    return _frames(np.moveaxis(values, 0, -1), list(INEQUALITY), list(INEQUALITY_COLUMNS))


def _in_order(incomes, heads, households):
    """Put incomes in order, with the people of each part of a household and the household."""
    order = np.argsort(incomes, kind="stable")  # nearly so already
    return incomes[order], heads[order], households[order % len(households)]


def _line(line, incomes, weights) -> float:
    return line if line > 1 else line * float(quantile(incomes, weights, 0.5))


def _indices(incomes, weights, anchored, own_line) -> list[float]:
    return [
        gini(incomes, weights),
        quintile_share_ratio(incomes, weights),
        anchored,
        *(poverty(incomes, weights, anchored, power) for power in POWERS),
        poverty(incomes, weights, own_line),
    ]


def _records(frame) -> list[dict]:
    cells = frame.astype(object)
    return cells.where(cells.notna(), None).to_dict("records")
