"""Il reddito familiare ai fini dell'ADI: DL 48/2023, art. 2, c. 2, lett. b), n. 2."""

from openfisca_core.periods import DateUnit

from openfisca_adi.entities import Nucleo, Persona
from openfisca_adi.money import to_cent
from openfisca_adi.variable import PresumedFact, Variable


class adi_redditi_persona(Variable):
    value_type = float
    entity = Persona
    definition_period = DateUnit.MONTH
    unit = "currency-EUR"
    label = "Redditi e trattamenti della persona che entrano nel reddito familiare, annui"
    reference = [
        "DL 4 maggio 2023, n. 48, art. 2, c. 2, lett. b), n. 2",
        "INPS, circ. 16 dicembre 2023, n. 105",
    ]

    def formula_2024(persona, period):
        """Le voci dell'art. 4, c. 2, del DPCM 159/2013, con i trattamenti ora in pagamento in luogo di quelli dell'ISEE.

        DL 48/2023, art. 2, c. 2, lett. b), n. 2; INPS, circ. 105/2023. Senza le detrazioni dell'ISEE (I-07),
        senza assegno unico e trattamenti per la disabilità (I-18). Da gennaio 2024.
        """
        return (
            persona("reddito_complessivo_irpef", period)
            + persona("redditi_imposta_sostitutiva", period)
            + persona("redditi_esenti", period)
            + persona("proventi_agrari", period)
            + persona("assegni_mantenimento_percepiti", period)
            + persona("redditi_fondiari_non_locati", period)
            + persona("compensi_sport_dilettantistico", period)
            + persona("trattamenti_assistenziali_in_corso", period)
            + persona("pensioni_nuove", period)
        )


class reddito_familiare(PresumedFact):
    value_type = float
    entity = Nucleo
    definition_period = DateUnit.MONTH
    unit = "currency-EUR"
    label = "Reddito familiare ai fini dell'Assegno di inclusione, annuo; se non dato, si calcola"
    reference = ["DL 4 maggio 2023, n. 48, art. 2, c. 2, lett. b), n. 2"]

    def formula_2024(nucleo, period):
        """I redditi dei componenti già nati e il reddito figurativo delle attività finanziarie.

        DL 48/2023, art. 2, c. 2, lett. b), n. 2. Da gennaio 2024.
        """
        nato = nucleo.members("adi_nato", period)
        redditi = nucleo.sum(nucleo.members("adi_redditi_persona", period) * nato)
        return to_cent(redditi + nucleo("isee_reddito_figurativo", period))
