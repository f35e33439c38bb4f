"""L'obbligo di istruzione: DL 48/2023, art. 2, c. 3-bis."""

from openfisca_core.periods import DateUnit

from openfisca_adi.entities import Nucleo, Persona
from openfisca_adi.members import any_member
from openfisca_adi.variable import Variable


class assolve_obbligo_istruzione(Variable):
    value_type = bool
    default_value = True
    entity = Persona
    definition_period = DateUnit.MONTH
    label = "L'obbligo di istruzione è documentato (minori), o un giovane adulto segue un corso"
    reference = [
        "DL 4 maggio 2023, n. 48, art. 2, c. 3-bis",
        "DL 15 settembre 2023, n. 123, art. 12",
    ]


class adi_inadempiente_istruzione(Variable):
    value_type = bool
    entity = Persona
    definition_period = DateUnit.MONTH
    label = "Viene meno all'obbligo di istruzione"
    reference = [
        "DL 4 maggio 2023, n. 48, art. 2, c. 3-bis",
        "DL 15 settembre 2023, n. 123, art. 12",
    ]

    def formula_2024(persona, period, parameters):
        """Un minore, o chi ha tra 18 e 29 anni, che non assolve l'obbligo (I-45).

        DL 48/2023, art. 2, c. 3-bis. Da gennaio 2024.
        """
        eta_massima = parameters(period).adi.requisiti.istruzione.eta_massima
        inadempiente = persona("adi_nato", period) & ~persona("assolve_obbligo_istruzione", period)
        return inadempiente & (persona("eta", period) <= eta_massima)


class adi_requisito_istruzione(Variable):
    value_type = bool
    entity = Nucleo
    definition_period = DateUnit.MONTH
    label = "Requisito: obbligo di istruzione assolto da minori e giovani adulti"
    reference = [
        "DL 4 maggio 2023, n. 48, art. 2, c. 3-bis",
        "DL 15 settembre 2023, n. 123, art. 12",
        "DM Lavoro 13 maggio 2025",
    ]

    def formula_2024(nucleo, period):
        """Nessun componente viene meno all'obbligo di istruzione.

        DL 48/2023, art. 2, c. 3-bis, aggiunto dal DL 123/2023, art. 12. Da gennaio 2024.
        """
        return ~any_member(nucleo, nucleo.members("adi_inadempiente_istruzione", period))
