"""The account of a simulation as a text: on which data, under which law, who is entitled and what it costs."""

from openfisca_adi.dates import MONTHS_IN_A_YEAR
from openfisca_adi.population import assumptions_text
from openfisca_adi.population.schema import HOUSEHOLDS, PEOPLE
from openfisca_adi.reform_names import law_name
from openfisca_adi.runs import Account
from openfisca_adi.text import MEAN_LABEL, cost_label, number, paragraph, period_name, table

AMOUNT = "adi_spettante"


def account_text(account: Account, system) -> str:
    """Return the account of a run; over a year, households are the mean of the months."""
    period = account.request["periodo"]
    is_year = "-" not in period
    lines = [
        *paragraph("Legge", law_name(system)),
        *paragraph("Periodo", period_name(period) + " (media dei mesi)" * is_year),
        *paragraph("Dati", _data(account)),
        *paragraph("Calcolo", _work(account)),
    ]
    if account.is_complete:
        assumed = assumptions_text(account, system, account.variables_read)
        lines += ["", *_totals(account, is_year), "", assumed]
    return "\n".join(lines)


def _data(account: Account) -> str:
    text = (
        f"{number(account.computed[HOUSEHOLDS])} nuclei e {number(account.computed[PEOPLE])} persone; "
        f"con i pesi, {number(account.weight)} nuclei"
    )
    left = {name: account.read[name] - account.computed[name] for name in (HOUSEHOLDS, PEOPLE)}
    if any(left.values()):
        text += (
            f". Righe lette: {number(account.read[HOUSEHOLDS])} nuclei e {number(account.read[PEOPLE])} "
            f"persone; non calcolate: {number(left[HOUSEHOLDS])} e {number(left[PEOPLE])}"
        )
    return text


def _work(account: Account) -> str:
    resumed = sum(piece["ripresa"] for piece in account.pieces)
    text = f"{number(account.seconds, 1)} secondi"
    if account.memory:
        text += f"; {number(account.memory)} MB al più per processo"
    return text + f"; parti già calcolate: {resumed} su {len(account.pieces)}" * bool(resumed)


def _totals(account: Account, is_year: bool) -> list[str]:
    totals = account.totals(AMOUNT)
    cost = sum(total for total, _ in totals) / len(totals)
    entitled = sum(households for _, households in totals) / len(totals)
    rows = [
        ["Nuclei con diritto", number(entitled)],
        [cost_label(is_year), number(cost * MONTHS_IN_A_YEAR)],
        [MEAN_LABEL, number(cost / entitled if entitled else None, 2)],
    ]
    return table(["", "Totale"], rows)
