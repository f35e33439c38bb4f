"""Misure e condanne che impediscono il beneficio: DL 48/2023, art. 2, c. 2, lett. d), e art. 8, c. 3."""

from datetime import date

import numpy as np
from openfisca_core.periods import DateUnit

from openfisca_adi.dates import add_years, first_day
from openfisca_adi.entities import Nucleo, Persona
from openfisca_adi.members import Rows, any_member
from openfisca_adi.variable import Variable


class misura_cautelare(Variable):
    value_type = bool
    entity = Persona
    definition_period = DateUnit.MONTH
    label = "È sottoposto a una misura cautelare personale"
    reference = ["DL 4 maggio 2023, n. 48, art. 2, c. 2, lett. d)"]


class misura_prevenzione(Variable):
    value_type = bool
    entity = Persona
    definition_period = DateUnit.MONTH
    label = "È sottoposto a una misura di prevenzione"
    reference = ["DL 4 maggio 2023, n. 48, art. 2, c. 2, lett. d)"]


class condanna_data(Variable):
    value_type = date
    entity = Persona
    definition_period = DateUnit.ETERNITY
    label = "Data della condanna definitiva o del patteggiamento (art. 444 c.p.p.)"
    reference = ["DL 4 maggio 2023, n. 48, art. 2, c. 2, lett. d)"]


class condanna_delitto_non_colposo(Variable):
    value_type = bool
    default_value = True
    entity = Persona
    definition_period = DateUnit.ETERNITY
    label = "La condanna è per un delitto non colposo"
    reference = ["DL 4 maggio 2023, n. 48, art. 2, c. 2, lett. d)"]


class condanna_pena_anni(Variable):
    value_type = float
    entity = Persona
    definition_period = DateUnit.ETERNITY
    unit = "year"
    label = "Durata della pena, in anni"
    reference = ["DL 4 maggio 2023, n. 48, art. 2, c. 2, lett. d)"]


class adi_condanna_ostativa(Variable):
    value_type = bool
    entity = Persona
    definition_period = DateUnit.MONTH
    label = "Ha una condanna che impedisce il beneficio"
    reference = [
        "DL 4 maggio 2023, n. 48, art. 2, c. 2, lett. d)",
        "DL 4 maggio 2023, n. 48, art. 8, c. 3",
    ]

    def formula_2024(persona, period, parameters):
        """Condanna o patteggiamento a una pena di almeno un anno nei dieci anni che precedono la domanda.

        DL 48/2023, art. 2, c. 2, lett. d). Estremi inclusi; la condanna successiva alla domanda impedisce dal
        primo giorno del mese dopo (I-41). Da gennaio 2024.
        """
        penale = parameters(period).adi.requisiti.penale
        delitto = persona("condanna_delitto_non_colposo", period)
        pena = persona("condanna_pena_anni", period)
        condannati = Rows(persona, period, delitto & (pena >= penale.pena_minima))
        riferimento = condannati.nucleo("adi_data_riferimento")
        inizio = add_years(riferimento, -penale.anni_dalla_condanna)
        fine = np.maximum(riferimento, first_day(period))
        condanna = condannati("condanna_data")
        return condannati.spread((inizio <= condanna) & (condanna <= fine))


class adi_causa_ostativa_penale(Variable):
    value_type = bool
    entity = Persona
    definition_period = DateUnit.MONTH
    label = "Ha una misura o una condanna che impedisce il beneficio"
    reference = [
        "DL 4 maggio 2023, n. 48, art. 2, c. 2, lett. d)",
        "DL 4 maggio 2023, n. 48, art. 8, c. 3",
    ]

    def formula_2024(persona, period):
        """Misura cautelare o di prevenzione in corso, o condanna ostativa.

        DL 48/2023, art. 2, c. 2, lett. d). Da gennaio 2024.
        """
        return (
            persona("misura_cautelare", period)
            | persona("misura_prevenzione", period)
            | persona("adi_condanna_ostativa", period)
        )


class adi_tenuto_requisito_penale(Variable):
    value_type = bool
    entity = Persona
    definition_period = DateUnit.MONTH
    label = "Le sue misure e condanne impediscono il beneficio al nucleo"
    reference = [
        "DL 4 maggio 2023, n. 48, art. 2, c. 2, lett. d)",
        "Ministero del Lavoro, FAQ sui requisiti penali",
    ]

    def formula_2024(persona, period):
        """Il solo richiedente; un altro componente colpito esce dalla scala (I-09).

        DL 48/2023, art. 2, c. 2, lett. d); FAQ del Ministero del Lavoro. Da gennaio 2024.
        """
        return persona("e_richiedente", period)


class adi_requisito_penale(Variable):
    value_type = bool
    entity = Nucleo
    definition_period = DateUnit.MONTH
    label = "Requisito: nessuna misura o condanna ostativa del richiedente"
    reference = [
        "DL 4 maggio 2023, n. 48, art. 2, c. 2, lett. d)",
        "Ministero del Lavoro, FAQ sui requisiti penali",
    ]

    def formula_2024(nucleo, period):
        """Nessuna misura o condanna ostativa di chi è tenuto al requisito.

        DL 48/2023, art. 2, c. 2, lett. d). Da gennaio 2024.
        """
        tenuto = nucleo.members("adi_tenuto_requisito_penale", period)
        return ~any_member(nucleo, tenuto & nucleo.members("adi_causa_ostativa_penale", period))
