"""Le dimissioni volontarie: DL 48/2023, art. 2, c. 3."""

from datetime import date

from openfisca_core.indexed_enums import Enum
from openfisca_core.periods import DateUnit

from openfisca_adi.dates import add_months, first_day, happened
from openfisca_adi.entities import Nucleo, Persona
from openfisca_adi.members import Rows, any_member
from openfisca_adi.variable import PresumedFact, Variable


class TipoDimissioni(Enum):
    __order__ = "nessuna volontarie giusta_causa risoluzione_consensuale_l604"
    nessuna = "Nessuna dimissione"
    volontarie = "Dimissioni volontarie"
    giusta_causa = "Dimissioni per giusta causa"
    risoluzione_consensuale_l604 = "Risoluzione consensuale (L. 604/1966, art. 7)"


class dimissioni_tipo(Variable):
    value_type = Enum
    possible_values = TipoDimissioni
    default_value = TipoDimissioni.nessuna
    entity = Persona
    definition_period = DateUnit.ETERNITY
    label = "Tipo di dimissioni"
    reference = ["DL 4 maggio 2023, n. 48, art. 2, c. 3"]


class dimissioni_data(Variable):
    value_type = date
    entity = Persona
    definition_period = DateUnit.ETERNITY
    label = "Data in cui il lavoratore ha posto fine al rapporto di lavoro"
    reference = ["DL 4 maggio 2023, n. 48, art. 2, c. 3"]


class disoccupato(PresumedFact):
    value_type = bool
    entity = Persona
    definition_period = DateUnit.MONTH
    label = "È disoccupato; se non detto, chi si è dimesso e non è occupato"
    reference = ["DL 4 maggio 2023, n. 48, art. 2, c. 3"]

    def formula(persona, period):
        """Se non è detto altro è disoccupato chi si è già dimesso, il primo giorno del mese, e non è occupato.

        DL 48/2023, art. 2, c. 3. Vale per ogni mese.
        """
        dimessi = Rows(persona, period, happened(persona("dimissioni_data", period)))
        dimesso = dimessi("dimissioni_data") <= first_day(period)
        return dimessi.spread(dimesso & ~dimessi("occupato"))


class adi_dimesso_di_recente(Variable):
    value_type = bool
    entity = Persona
    definition_period = DateUnit.MONTH
    label = "Si è dimesso volontariamente di recente"
    reference = ["DL 4 maggio 2023, n. 48, art. 2, c. 3"]

    def formula_2024(persona, period, parameters):
        """Dimissioni volontarie, senza giusta causa, nei dodici mesi fino al primo giorno del mese.

        DL 48/2023, art. 2, c. 3; non la risoluzione consensuale dell'art. 7, L. 604/1966. Da gennaio 2024.
        """
        mesi = parameters(period).adi.requisiti.dimissioni.mesi
        tipo = persona("dimissioni_tipo", period)
        dimessi = Rows(persona, period, tipo == tipo.possible_values.volontarie)
        dimissioni, oggi = dimessi("dimissioni_data"), first_day(period)
        return dimessi.spread((dimissioni <= oggi) & (oggi <= add_months(dimissioni, mesi)))


class adi_requisito_dimissioni(Variable):
    value_type = bool
    entity = Nucleo
    definition_period = DateUnit.MONTH
    label = "Requisito: nessun disoccupato con obblighi che si sia dimesso di recente"
    reference = ["DL 4 maggio 2023, n. 48, art. 2, c. 3"]

    def formula_2024(nucleo, period):
        """Il nucleo è escluso se un componente tenuto agli obblighi è disoccupato per dimissioni volontarie.

        DL 48/2023, art. 2, c. 3: nei dodici mesi successivi alle dimissioni. Da gennaio 2024.
        """
        dimesso = nucleo.members("adi_dimesso_di_recente", period)
        if not dimesso.any():
            return nucleo.filled_array(True)
        disoccupato = nucleo.members("disoccupato", period)
        return ~any_member(
            nucleo, dimesso & disoccupato & nucleo.members("adi_tenuto_obblighi", period)
        )
