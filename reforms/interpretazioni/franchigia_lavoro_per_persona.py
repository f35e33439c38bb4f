"""La franchigia di 3.000 euro per ogni lavoratore: DL 48/2023, art. 3, c. 5 (I-11)."""

from openfisca_core.periods import DateUnit

from openfisca_adi.entities import Nucleo
from openfisca_adi.members import Rows
from openfisca_adi.money import to_cent
from openfisca_adi.reform import Reform
from openfisca_adi.variable import Variable


class adi_reddito_lavoro_eccedente(Variable):
    value_type = float
    entity = Nucleo
    definition_period = DateUnit.MONTH
    unit = "currency-EUR"
    label = (
        "Reddito del lavoro avviato durante il beneficio, oltre la franchigia di ogni lavoratore"
    )
    reference = ["DL 4 maggio 2023, n. 48, art. 3, c. 5"]

    def formula_2024(nucleo, period, parameters):
        """Quanto il reddito di ciascuno supera 3.000 euro annui lordi.

        DL 48/2023, art. 3, c. 5. Da gennaio 2024.
        """
        franchigia = parameters(period).adi.lavoro_intrapreso.franchigia
        persona = nucleo.members
        lavoratori = Rows(persona, period, persona("adi_lavoro_avviato", period))
        redditi = lavoratori("reddito_lavoro_intrapreso")
        return to_cent(lavoratori.sum((redditi - franchigia).clip(min=0)))


class franchigia_lavoro_per_persona(Reform):
    """Ogni componente che avvia un lavoro ha la sua franchigia."""

    name = "La franchigia sul lavoro avviato per ogni lavoratore"
    author = "openfisca-adi"
    reference = "DL 4 maggio 2023, n. 48, art. 3, c. 5"

    def apply(self):
        """Applica a ciascuno la franchigia dell'art. 3, c. 5, DL 48/2023."""
        self.update_variable(adi_reddito_lavoro_eccedente)
