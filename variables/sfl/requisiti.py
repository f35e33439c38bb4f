"""I requisiti del Supporto per la formazione e il lavoro: DL 48/2023, art. 12."""

from openfisca_core.periods import DateUnit

from openfisca_adi.entities import Nucleo, Persona
from openfisca_adi.money import to_cent
from openfisca_adi.variable import Variable


class percepisce_sostegno_disoccupazione(Variable):
    value_type = bool
    entity = Persona
    definition_period = DateUnit.MONTH
    label = "Percepisce NASpI, DIS-COLL o un altro sostegno alla disoccupazione (esclude l'SFL, non l'ADI)"
    reference = ["DL 4 maggio 2023, n. 48, art. 12"]


class sfl_compatibile_con_adi(Variable):
    value_type = bool
    entity = Persona
    definition_period = DateUnit.MONTH
    label = "Il nucleo non ha diritto all'ADI, o la persona non è contata nella sua scala e non ha obblighi"
    reference = ["DL 4 maggio 2023, n. 48, art. 12, c. 2"]

    def formula_2024(persona, period):
        """Chi è in un nucleo che ha diritto all'ADI può avere l'SFL solo se non è contato e non ha obblighi.

        DL 48/2023, art. 12, c. 2: adulto senza maggiorazione né base, senza responsabilità genitoriali e non
        tenuto agli obblighi. Chi già percepisce l'SFL è fuori dalla scala. Da gennaio 2024.
        """
        non_contato = (
            ~persona("adi_minorenne", period)
            & (persona("adi_maggiorazione_scala", period) == 0)
            & ~persona("adi_titolare_base", period)
        )
        fuori_scala = non_contato | persona("percepisce_sfl", period)
        senza_obblighi = ~(
            persona("responsabilita_genitoriale", period) | persona("adi_tenuto_obblighi", period)
        )
        return ~persona.nucleo("adi_requisiti", period) | (fuori_scala & senza_obblighi)


class sfl_requisiti_economici(Variable):
    value_type = bool
    entity = Nucleo
    definition_period = DateUnit.MONTH
    label = "Il nucleo ha i requisiti economici dell'SFL: ISEE, reddito, patrimonio, beni durevoli"
    reference = [
        "DL 4 maggio 2023, n. 48, art. 12, c. 2",
        "L. 30 dicembre 2024, n. 207, art. 1, c. 198",
    ]

    def formula_2024(nucleo, period, parameters):
        """ISEE non superiore alla soglia, reddito inferiore alla sua, patrimonio e beni come per l'ADI.

        DL 48/2023, art. 12, c. 2; soglie aumentate dalla L. 207/2024 da gennaio 2025. I permessi in deroga non
        contano qui. La scala è quella dell'ADI, almeno 1.
        """
        sfl = parameters(period).sfl
        entro_soglia = nucleo("adi_isee_netto", period) <= to_cent(sfl.soglia_isee)
        scala = nucleo("adi_scala_equivalenza", period).clip(min=1)
        reddito = nucleo("adi_reddito_familiare", period) < to_cent(sfl.base_reddito * scala)
        return (
            nucleo("isee_in_corso_di_validita", period)
            & entro_soglia
            & reddito
            & nucleo("adi_patrimonio_immobiliare_entro_soglia", period)
            & nucleo("adi_patrimonio_mobiliare_entro_soglia", period)
            & nucleo("adi_requisito_beni_durevoli", period)
        )


class sfl_requisiti_soggiorno(Variable):
    value_type = bool
    entity = Persona
    definition_period = DateUnit.MONTH
    label = "La persona ha i requisiti di cittadinanza, soggiorno e residenza dell'SFL"
    reference = ["DL 4 maggio 2023, n. 48, art. 12, c. 2, e art. 2, c. 2, lett. a)"]

    def formula_2024(persona, period):
        """Gli stessi del richiedente dell'ADI, per la persona; o un permesso in deroga.

        DL 48/2023, art. 12, c. 2. Da gennaio 2024.
        """
        ordinari = (
            persona("adi_titolo_soggiorno_ammesso", period)
            & persona("adi_residente_senza_interruzioni", period)
            & persona("adi_anni_residenza_sufficienti", period)
        )
        return ordinari | persona("adi_permesso_in_deroga", period)


class sfl_requisiti(Variable):
    value_type = bool
    entity = Persona
    definition_period = DateUnit.MONTH
    label = "La persona ha i requisiti del Supporto per la formazione e il lavoro"
    reference = ["DL 4 maggio 2023, n. 48, art. 12, c. 2"]

    def formula_2024(persona, period, parameters):
        """Dai 18 ai 59 anni, con i requisiti economici e personali, senza sostegni alla disoccupazione.

        DL 48/2023, art. 12, c. 2. Le dimissioni volontarie escludono per dodici mesi, quali che siano gli
        obblighi. Da gennaio 2024.
        """
        legge, eta = parameters(period), persona("eta", period)
        return (
            (legge.adi.eta.maggiore_eta <= eta)
            & (eta <= legge.sfl.eta_massima)
            & persona("sfl_compatibile_con_adi", period)
            & persona.nucleo("sfl_requisiti_economici", period)
            & persona("sfl_requisiti_soggiorno", period)
            & ~persona("adi_causa_ostativa_penale", period)
            & ~persona("adi_dimesso_di_recente", period)
            & persona("assolve_obbligo_istruzione", period)
            & ~persona("percepisce_sostegno_disoccupazione", period)
        )
