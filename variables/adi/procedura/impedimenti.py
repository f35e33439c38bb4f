"""Gli impedimenti temporanei, i lavori brevi e i fatti che fanno decadere: DL 48/2023, artt. 2, 8 e 9."""

from datetime import date

from openfisca_core.periods import DateUnit

from openfisca_adi.dates import first_day
from openfisca_adi.entities import Nucleo, Persona
from openfisca_adi.members import any_member
from openfisca_adi.variable import Variable


class lavoro_breve_inizio(Variable):
    value_type = date
    entity = Persona
    definition_period = DateUnit.ETERNITY
    label = "Inizio di un contratto da uno a sei mesi accettato ai sensi dell'art. 9, c. 2"
    reference = ["DL 4 maggio 2023, n. 48, art. 9, c. 2"]


class lavoro_breve_fine(Variable):
    value_type = date
    entity = Persona
    definition_period = DateUnit.ETERNITY
    label = "Fine di un contratto da uno a sei mesi accettato ai sensi dell'art. 9, c. 2"
    reference = ["DL 4 maggio 2023, n. 48, art. 9, c. 2"]


class adi_decadenza_evento(Variable):
    value_type = date
    entity = Nucleo
    definition_period = DateUnit.ETERNITY
    label = "Data di un fatto che fa decadere (assenza ingiustificata, rifiuto, dichiarazioni non vere, …)"
    reference = ["DL 4 maggio 2023, n. 48, art. 8, c. 6"]


class adi_requisiti_da_conservare(Variable):
    value_type = bool
    entity = Nucleo
    definition_period = DateUnit.MONTH
    label = "Il nucleo ha i requisiti che, se mancano durante un periodo, fanno decadere"
    reference = ["DL 4 maggio 2023, n. 48, art. 2, c. 1-2, e art. 3"]

    def formula_2024(nucleo, period):
        """Tutti, ma l'ISEE non rinnovato sospende soltanto (I-46).

        DL 48/2023, art. 2, c. 1-2, e art. 3; prassi INPS. Da gennaio 2024.
        """
        return nucleo("adi_requisiti_con_isee_valido", period)


class adi_decadenza_per_fatto(Variable):
    value_type = date
    entity = Nucleo
    definition_period = DateUnit.MONTH
    label = "Giorno del fatto dell'art. 8, c. 6, che fa decadere dal mese dopo"
    reference = ["DL 4 maggio 2023, n. 48, art. 8, c. 6"]

    def formula_2024(nucleo, period):
        """Il fatto dato; il patto di servizio mai firmato sospende soltanto (I-27).

        DL 48/2023, art. 8, c. 6. Da gennaio 2024.
        """
        return nucleo("adi_decadenza_evento", period)


class adi_lavoro_breve(Variable):
    value_type = bool
    entity = Nucleo
    definition_period = DateUnit.MONTH
    label = "Un componente ha un contratto da uno a sei mesi: il mese è sospeso e non si consuma"
    reference = ["DL 4 maggio 2023, n. 48, art. 9, c. 2"]

    def formula_2024(nucleo, period):
        """Il primo giorno del mese un componente è in un contratto da uno a sei mesi.

        DL 48/2023, art. 9, c. 2. Da gennaio 2024.
        """
        oggi = first_day(period)
        iniziato = nucleo.members("lavoro_breve_inizio", period) <= oggi
        in_corso = iniziato & (oggi <= nucleo.members("lavoro_breve_fine", period))
        return any_member(nucleo, in_corso & nucleo.members("adi_nato", period))


class adi_impedimento_temporaneo(Variable):
    value_type = bool
    entity = Nucleo
    definition_period = DateUnit.MONTH
    label = "Struttura pubblica, istruzione o misura cautelare: il mese corre e non è pagato"
    reference = [
        "DL 4 maggio 2023, n. 48, art. 2, c. 3-bis e 5, e art. 8",
        'Ministero del Lavoro, webinar "La condizione di svantaggio", 28 gennaio 2025',
        "DM Lavoro 13 maggio 2025",
    ]

    def formula_2024(nucleo, period):
        """Impedimenti che, durante un periodo, sospendono senza far decadere (I-29).

        DL 48/2023, art. 2, c. 3-bis e 5, e art. 8: tutti i componenti, o tutti quelli che danno accesso, in
        struttura pubblica; istruzione non documentata; misura cautelare sul richiedente. Da gennaio 2024.
        """
        contabile = nucleo.members("adi_componente_anche_in_struttura", period)
        fragile = nucleo.members("adi_componente_fragile", period)
        accesso_contando_chi_e_in_struttura = nucleo.any(contabile & fragile)
        tenuto = nucleo.members("adi_tenuto_requisito_penale", period)
        return (
            ~nucleo("adi_requisito_struttura", period)
            | ~nucleo("adi_requisito_istruzione", period)
            | any_member(nucleo, tenuto & nucleo.members("misura_cautelare", period))
            | (~nucleo("adi_requisito_categoriale", period) & accesso_contando_chi_e_in_struttura)
        )
