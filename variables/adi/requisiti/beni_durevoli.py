"""I beni durevoli: DL 48/2023, art. 2, c. 2, lett. c)."""

from datetime import date

import numpy as np
from openfisca_core.periods import DateUnit

from openfisca_adi.dates import add_months, first_day
from openfisca_adi.entities import Nucleo, Persona
from openfisca_adi.members import Rows, any_member
from openfisca_adi.variable import Variable


class autoveicolo_cilindrata(Variable):
    value_type = int
    entity = Persona
    definition_period = DateUnit.MONTH
    unit = "cm3"
    label = "Cilindrata dell'autoveicolo più grande, intestato o in piena disponibilità"
    reference = ["DL 4 maggio 2023, n. 48, art. 2, c. 2, lett. c)"]


class autoveicolo_immatricolazione(Variable):
    value_type = date
    default_value = date(1970, 1, 1)
    entity = Persona
    definition_period = DateUnit.ETERNITY
    label = "Prima immatricolazione dell'autoveicolo"
    reference = ["DL 4 maggio 2023, n. 48, art. 2, c. 2, lett. c)"]


class motoveicolo_cilindrata(Variable):
    value_type = int
    entity = Persona
    definition_period = DateUnit.MONTH
    unit = "cm3"
    label = "Cilindrata del motoveicolo più grande, intestato o in piena disponibilità"
    reference = ["DL 4 maggio 2023, n. 48, art. 2, c. 2, lett. c)"]


class motoveicolo_immatricolazione(Variable):
    value_type = date
    default_value = date(1970, 1, 1)
    entity = Persona
    definition_period = DateUnit.ETERNITY
    label = "Prima immatricolazione del motoveicolo"
    reference = ["DL 4 maggio 2023, n. 48, art. 2, c. 2, lett. c)"]


class veicolo_agevolazione_disabilita(Variable):
    value_type = bool
    entity = Persona
    definition_period = DateUnit.MONTH
    label = "Per il veicolo è prevista un'agevolazione fiscale per le persone con disabilità"
    reference = ["DL 4 maggio 2023, n. 48, art. 2, c. 2, lett. c)"]


class possiede_imbarcazione(Variable):
    value_type = bool
    entity = Persona
    definition_period = DateUnit.MONTH
    label = "Possiede o ha la piena disponibilità di una nave o di un'imbarcazione da diporto"
    reference = ["DL 4 maggio 2023, n. 48, art. 2, c. 2, lett. c)"]


class possiede_aeromobile(Variable):
    value_type = bool
    entity = Persona
    definition_period = DateUnit.MONTH
    label = "Possiede o ha la piena disponibilità di un aeromobile di ogni genere"
    reference = ["DL 4 maggio 2023, n. 48, art. 2, c. 2, lett. c)"]


class adi_veicolo_recente(Variable):
    value_type = bool
    entity = Persona
    definition_period = DateUnit.MONTH
    label = "Ha un veicolo di grossa cilindrata immatricolato poco prima della domanda"
    reference = ["DL 4 maggio 2023, n. 48, art. 2, c. 2, lett. c)"]

    def formula_2024(persona, period, parameters):
        """Autoveicolo oltre 1.600 cc o motoveicolo oltre 250 cc, senza agevolazione per la disabilità.

        DL 48/2023, art. 2, c. 2, lett. c). I 36 mesi si contano dalla domanda, estremi inclusi; conta anche
        l'immatricolazione successiva, dal primo giorno del mese dopo (I-41). Da gennaio 2024.
        """
        beni = parameters(period).adi.requisiti.beni_durevoli
        soggetto = ~persona("veicolo_agevolazione_disabilita", period)
        autoveicolo = persona("autoveicolo_cilindrata", period) > beni.cilindrata_autoveicolo
        motoveicolo = persona("motoveicolo_cilindrata", period) > beni.cilindrata_motoveicolo
        possessori = Rows(persona, period, soggetto & (autoveicolo | motoveicolo))

        riferimento = possessori.nucleo("adi_data_riferimento")
        inizio = add_months(riferimento, -beni.mesi_dalla_immatricolazione)
        fine = np.maximum(riferimento, first_day(period))

        def recente(immatricolazione):
            data = possessori(immatricolazione)
            return (inizio <= data) & (data <= fine)

        recenti = autoveicolo[possessori.indices] & recente("autoveicolo_immatricolazione")
        recenti |= motoveicolo[possessori.indices] & recente("motoveicolo_immatricolazione")
        return possessori.spread(recenti)


class adi_requisito_beni_durevoli(Variable):
    value_type = bool
    entity = Nucleo
    definition_period = DateUnit.MONTH
    label = "Requisito: nessun veicolo recente di grossa cilindrata, imbarcazione o aeromobile"
    reference = ["DL 4 maggio 2023, n. 48, art. 2, c. 2, lett. c)"]

    def formula_2024(nucleo, period):
        """Nessun componente possiede uno dei beni elencati.

        DL 48/2023, art. 2, c. 2, lett. c). Da gennaio 2024.
        """
        possiede = (
            nucleo.members("adi_veicolo_recente", period)
            | nucleo.members("possiede_imbarcazione", period)
            | nucleo.members("possiede_aeromobile", period)
        )
        return ~any_member(nucleo, possiede & nucleo.members("adi_nato", period))
