"""Residenza in Italia: DL 48/2023, art. 2, c. 2, lett. a), nn. 2 e 3."""

from openfisca_core.periods import DateUnit

from openfisca_adi.entities import Nucleo, Persona
from openfisca_adi.members import any_member
from openfisca_adi.variable import PresumedFact, Variable


class residente_in_italia(Variable):
    value_type = bool
    default_value = True
    entity = Persona
    definition_period = DateUnit.MONTH
    label = "È residente in Italia"
    reference = ["DL 4 maggio 2023, n. 48, art. 2, c. 2, lett. a), n. 3"]


class residenza_interrotta(Variable):
    value_type = bool
    entity = Persona
    definition_period = DateUnit.MONTH
    label = "Assenza che interrompe la residenza: due mesi di seguito, o quattro in diciotto"
    reference = [
        "DL 4 maggio 2023, n. 48, art. 2, c. 2, lett. a), n. 3",
        "INPS, circ. 16 dicembre 2023, n. 105",
    ]


class anni_residenza_italia(PresumedFact):
    value_type = float
    entity = Persona
    definition_period = DateUnit.MONTH
    unit = "year"
    label = "Anni di residenza in Italia; se non dati, l'età"
    reference = ["DL 4 maggio 2023, n. 48, art. 2, c. 2, lett. a), n. 2"]

    def formula(persona, period):
        """Se non è detto altro si presume che la persona risieda in Italia dalla nascita.

        DL 48/2023, art. 2, c. 2, lett. a), n. 2. Vale per ogni mese.
        """
        return persona("eta", period).clip(min=0)


class anni_residenza_continuativa(PresumedFact):
    value_type = float
    entity = Persona
    definition_period = DateUnit.MONTH
    unit = "year"
    label = (
        "Ultimi anni di residenza continuativa in Italia; se non dati, tutti quelli di residenza"
    )
    reference = ["DL 4 maggio 2023, n. 48, art. 2, c. 2, lett. a), n. 2"]

    def formula(persona, period):
        """Se non è detto altro si presume che la residenza sia stata continuativa.

        DL 48/2023, art. 2, c. 2, lett. a), n. 2. Vale per ogni mese.
        """
        return persona("anni_residenza_italia", period)


class adi_residente_senza_interruzioni(Variable):
    value_type = bool
    entity = Persona
    definition_period = DateUnit.MONTH
    label = "È residente in Italia e non ha interrotto la residenza"
    reference = ["DL 4 maggio 2023, n. 48, art. 2, c. 2, lett. a), n. 3"]

    def formula_2024(persona, period):
        """Residente in Italia, senza assenze che interrompono la residenza.

        DL 48/2023, art. 2, c. 2, lett. a), n. 3. Da gennaio 2024.
        """
        return persona("residente_in_italia", period) & ~persona("residenza_interrotta", period)


class adi_residente_da_tempo(Variable):
    value_type = bool
    entity = Persona
    definition_period = DateUnit.MONTH
    label = "Risiede in Italia da abbastanza anni, gli ultimi continuativi"
    reference = ["DL 4 maggio 2023, n. 48, art. 2, c. 2, lett. a), n. 2"]

    def formula_2024(persona, period, parameters):
        """Almeno cinque anni di residenza, di cui gli ultimi due continuativi, letti nel mese (I-39).

        DL 48/2023, art. 2, c. 2, lett. a), n. 2. Da gennaio 2024.
        """
        richiesti = parameters(period).adi.requisiti.residenza
        return (persona("anni_residenza_italia", period) >= richiesti.anni) & (
            persona("anni_residenza_continuativa", period) >= richiesti.anni_continuativi
        )


class adi_anni_residenza_sufficienti(Variable):
    value_type = bool
    entity = Persona
    definition_period = DateUnit.MONTH
    label = "Ha gli anni di residenza che gli sono richiesti"
    reference = ["DL 4 maggio 2023, n. 48, art. 2, c. 2, lett. a), n. 2"]

    def formula_2024(persona, period):
        """Gli anni sono richiesti a tutti, anche a chi ha la protezione internazionale (I-37).

        DL 48/2023, art. 2, c. 2, lett. a), n. 2. Da gennaio 2024.
        """
        return persona("adi_residente_da_tempo", period)


class adi_requisito_residenza(Variable):
    value_type = bool
    entity = Nucleo
    definition_period = DateUnit.MONTH
    label = "Requisito: residenza in Italia del richiedente"
    reference = ["DL 4 maggio 2023, n. 48, art. 2, c. 2, lett. a), nn. 2 e 3"]

    def formula_2024(nucleo, period):
        """Il richiedente risiede in Italia da abbastanza anni e senza interruzioni, o ha un permesso in deroga.

        DL 48/2023, art. 2, c. 2, lett. a), nn. 2 e 3. Da gennaio 2024.
        """
        richiedente = nucleo.members("e_richiedente", period)
        residente = nucleo.members("adi_residente_senza_interruzioni", period)
        da_tempo = nucleo.members("adi_anni_residenza_sufficienti", period)
        manca = any_member(nucleo, richiedente & ~(residente & da_tempo))
        return ~manca | nucleo("adi_deroga_soggiorno", period)
