"""I requisiti del Reddito di cittadinanza che non si leggono come quelli dell'ADI: DL 4/2019, art. 2, c. 1 e 3."""

import numpy as np
from openfisca_core.periods import DateUnit

from openfisca_adi.dates import LONG_AGO, add_months, first_day
from openfisca_adi.entities import Nucleo, Persona
from openfisca_adi.members import Rows, any_member
from openfisca_adi.variable import Variable


class adi_isee_entro_soglia(Variable):
    value_type = bool
    entity = Nucleo
    definition_period = DateUnit.MONTH
    label = "L'ISEE, anche se scaduto, è inferiore alla soglia"
    reference = ["DL 28 gennaio 2019, n. 4, art. 2, c. 1, lett. b), n. 1"]

    def formula_2024(nucleo, period):
        """L'ISEE netto è inferiore (non pari) alla soglia.

        DL 4/2019, art. 2, c. 1, lett. b), n. 1.
        """
        return nucleo("adi_isee_netto", period) < nucleo("adi_soglia_isee", period)


class adi_abitazione_eccedente(Variable):
    value_type = float
    entity = Nucleo
    definition_period = DateUnit.MONTH
    unit = "currency-EUR"
    label = "Valore della casa di abitazione che conta nel patrimonio immobiliare: nessuno"
    reference = ["DL 28 gennaio 2019, n. 4, art. 2, c. 1, lett. b), n. 2"]

    def formula_2024(nucleo, period):
        """La casa di abitazione non conta, qualunque ne sia il valore.

        DL 4/2019, art. 2, c. 1, lett. b), n. 2.
        """
        return nucleo.empty_array()


class adi_patrimonio_mobiliare_figli(Variable):
    value_type = int
    entity = Nucleo
    definition_period = DateUnit.MONTH
    unit = "person"
    label = "Figli di cui tiene conto la soglia del patrimonio mobiliare"
    reference = ["DL 28 gennaio 2019, n. 4, art. 2, c. 1, lett. b), n. 3"]

    def formula_2024(nucleo, period):
        """I figli nel nucleo, di qualunque età come nell'ISEE (I-43).

        DL 4/2019, art. 2, c. 1, lett. b), n. 3.
        """
        return nucleo("isee_numero_figli", period)


class rdc_autoveicolo_nuovo(Variable):
    value_type = bool
    entity = Persona
    definition_period = DateUnit.MONTH
    label = "Ha un autoveicolo, di qualunque cilindrata, immatricolato poco prima della domanda"
    reference = ["DL 28 gennaio 2019, n. 4, art. 2, c. 1, lett. c), n. 1"]

    def formula_2024(persona, period, parameters):
        """Prima immatricolazione nei sei mesi che precedono la domanda, o dopo, senza agevolazione per la disabilità.

        DL 4/2019, art. 2, c. 1, lett. c), n. 1. I termini si contano come nell'ADI (I-41).
        """
        mesi = parameters(period).adi.requisiti.beni_durevoli.mesi_autoveicolo_nuovo
        dichiarata = persona("autoveicolo_immatricolazione", period) > LONG_AGO
        soggetto = ~persona("veicolo_agevolazione_disabilita", period)
        possessori = Rows(persona, period, dichiarata & soggetto)
        riferimento = possessori.nucleo("adi_data_riferimento")
        immatricolazione = possessori("autoveicolo_immatricolazione")
        return possessori.spread(
            (add_months(riferimento, -mesi) <= immatricolazione)
            & (immatricolazione <= np.maximum(riferimento, first_day(period)))
        )


class adi_requisito_beni_durevoli(Variable):
    value_type = bool
    entity = Nucleo
    definition_period = DateUnit.MONTH
    label = (
        "Requisito: nessun autoveicolo nuovo, veicolo recente di grossa cilindrata o imbarcazione"
    )
    reference = ["DL 28 gennaio 2019, n. 4, art. 2, c. 1, lett. c)"]

    def formula_2024(nucleo, period):
        """Nessun componente possiede uno dei beni elencati; gli aeromobili non lo sono.

        DL 4/2019, art. 2, c. 1, lett. c).
        """
        possiede = (
            nucleo.members("rdc_autoveicolo_nuovo", period)
            | nucleo.members("adi_veicolo_recente", period)
            | nucleo.members("possiede_imbarcazione", period)
        )
        return ~any_member(nucleo, possiede & nucleo.members("adi_nato", period))


class adi_requisito_dimissioni(Variable):
    value_type = bool
    entity = Nucleo
    definition_period = DateUnit.MONTH
    label = (
        "Requisito sulle dimissioni, che non riguarda il nucleo: chi si è dimesso esce dalla scala"
    )
    reference = ["DL 28 gennaio 2019, n. 4, art. 2, c. 3"]

    def formula_2024(nucleo, period):
        """Le dimissioni di un componente non escludono gli altri.

        DL 4/2019, art. 2, c. 3, come modificato dalla L. 26/2019.
        """
        return nucleo.filled_array(True)


class adi_requisito_istruzione(Variable):
    value_type = bool
    entity = Nucleo
    definition_period = DateUnit.MONTH
    label = "Requisito sull'obbligo di istruzione, che il Reddito di cittadinanza non ha"
    reference = ["DL 28 gennaio 2019, n. 4, art. 2"]

    def formula_2024(nucleo, period):
        """Sempre soddisfatto: l'obbligo di istruzione non è tra i requisiti.

        DL 4/2019, art. 2.
        """
        return nucleo.filled_array(True)
