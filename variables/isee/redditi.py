"""I redditi delle persone, voce per voce: DPCM 159/2013, art. 4."""

from openfisca_core.periods import DateUnit

from openfisca_adi.entities import Nucleo, Persona
from openfisca_adi.variable import Variable


class reddito_complessivo_irpef(Variable):
    value_type = float
    entity = Persona
    definition_period = DateUnit.MONTH
    unit = "currency-EUR"
    label = "Reddito complessivo ai fini IRPEF, annuo"
    reference = ["DPCM 5 dicembre 2013, n. 159, art. 4, c. 2"]


class redditi_imposta_sostitutiva(Variable):
    value_type = float
    entity = Persona
    definition_period = DateUnit.MONTH
    unit = "currency-EUR"
    label = "Redditi soggetti a imposta sostitutiva o a ritenuta a titolo d'imposta, annui"
    reference = ["DPCM 5 dicembre 2013, n. 159, art. 4, c. 2"]


class redditi_esenti(Variable):
    value_type = float
    entity = Persona
    definition_period = DateUnit.MONTH
    unit = "currency-EUR"
    label = "Redditi esenti da imposta, anche esteri e di iscritti all'AIRE, annui"
    reference = ["DPCM 5 dicembre 2013, n. 159, art. 4, c. 2"]


class proventi_agrari(Variable):
    value_type = float
    entity = Persona
    definition_period = DateUnit.MONTH
    unit = "currency-EUR"
    label = "Proventi agrari, annui"
    reference = ["DPCM 5 dicembre 2013, n. 159, art. 4, c. 2"]


class assegni_mantenimento_percepiti(Variable):
    value_type = float
    entity = Persona
    definition_period = DateUnit.MONTH
    unit = "currency-EUR"
    label = "Assegni di mantenimento percepiti, annui"
    reference = ["DPCM 5 dicembre 2013, n. 159, art. 4, c. 2"]


class trattamenti_assistenziali_isee(Variable):
    value_type = float
    entity = Persona
    definition_period = DateUnit.MONTH
    unit = "currency-EUR"
    label = "Trattamenti assistenziali soggetti a prova dei mezzi nell'anno dei redditi dell'ISEE, annui"
    reference = ["DPCM 5 dicembre 2013, n. 159, art. 4, c. 2"]


class trattamenti_assistenziali_in_corso(Variable):
    value_type = float
    entity = Persona
    definition_period = DateUnit.MONTH
    unit = "currency-EUR"
    label = "Trattamenti assistenziali soggetti a prova dei mezzi ora in pagamento, valore annuo"
    reference = [
        "DL 4 maggio 2023, n. 48, art. 2, c. 2, lett. b), n. 2",
        "INPS, circ. 16 dicembre 2023, n. 105",
    ]


class trattamenti_per_disabilita(Variable):
    value_type = float
    entity = Persona
    definition_period = DateUnit.MONTH
    unit = "currency-EUR"
    label = "Trattamenti percepiti in ragione della disabilità, annui; non contano mai"
    reference = [
        "DPCM 5 dicembre 2013, n. 159, art. 4, c. 2",
        "DL 29 marzo 2016, n. 42, art. 2-sexies",
    ]


class assegno_unico(Variable):
    value_type = float
    entity = Persona
    definition_period = DateUnit.MONTH
    unit = "currency-EUR"
    label = "Assegno unico nell'anno dei redditi dell'ISEE, annuo"
    reference = ["DPCM 5 dicembre 2013, n. 159, art. 4, c. 2"]


class redditi_fondiari_non_locati(Variable):
    value_type = float
    entity = Persona
    definition_period = DateUnit.MONTH
    unit = "currency-EUR"
    label = "Redditi fondiari di beni non locati, annui"
    reference = ["DPCM 5 dicembre 2013, n. 159, art. 4, c. 2"]


class compensi_sport_dilettantistico(Variable):
    value_type = float
    entity = Persona
    definition_period = DateUnit.MONTH
    unit = "currency-EUR"
    label = "Compensi per lo sport dilettantistico, annui"
    reference = ["DPCM 5 dicembre 2013, n. 159, art. 4, c. 2"]


class redditi_lavoro_dipendente(Variable):
    value_type = float
    entity = Persona
    definition_period = DateUnit.MONTH
    unit = "currency-EUR"
    label = "Parte dei redditi che è di lavoro dipendente, annua (per la detrazione)"
    reference = ["DPCM 5 dicembre 2013, n. 159, art. 4, c. 3"]


class redditi_pensione(Variable):
    value_type = float
    entity = Persona
    definition_period = DateUnit.MONTH
    unit = "currency-EUR"
    label = "Parte dei redditi che è di pensione, annua (per la detrazione)"
    reference = ["DPCM 5 dicembre 2013, n. 159, art. 4, c. 3"]


class pensioni_nuove(Variable):
    value_type = float
    entity = Persona
    definition_period = DateUnit.MONTH
    unit = "currency-EUR"
    label = "Pensioni cominciate dopo l'anno dei redditi dell'ISEE, annue"
    reference = [
        "DL 4 maggio 2023, n. 48, art. 2, c. 2, lett. b), n. 2",
        "INPS, circ. 16 dicembre 2023, n. 105",
    ]


class assegni_mantenimento_corrisposti(Variable):
    value_type = float
    entity = Persona
    definition_period = DateUnit.MONTH
    unit = "currency-EUR"
    label = "Assegni di mantenimento corrisposti, annui"
    reference = ["DPCM 5 dicembre 2013, n. 159, art. 4, c. 3"]


class spese_disabilita(Variable):
    value_type = float
    entity = Persona
    definition_period = DateUnit.MONTH
    unit = "currency-EUR"
    label = "Spese sostenute per la disabilità, annue"
    reference = ["DPCM 5 dicembre 2013, n. 159, art. 4, c. 3"]


class giacenze_finanziarie_fruttifere(Variable):
    value_type = float
    entity = Nucleo
    definition_period = DateUnit.MONTH
    unit = "currency-EUR"
    label = "Attività finanziarie da cui si calcola il reddito figurativo, senza depositi e conti correnti"
    reference = ["DPCM 5 dicembre 2013, n. 159, art. 4, c. 2"]
