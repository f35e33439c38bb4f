"""Chi è tenuto agli obblighi del percorso, chi ne è escluso, chi va al centro per l'impiego: DL 48/2023, artt. 4 e 6."""

from openfisca_core.periods import DateUnit

from openfisca_adi.entities import Persona
from openfisca_adi.variable import PresumedFact, Variable


class occupato(Variable):
    value_type = bool
    entity = Persona
    definition_period = DateUnit.MONTH
    label = "È già occupato ai fini dell'art. 6, c. 4"
    reference = ["DL 4 maggio 2023, n. 48, art. 6, c. 4"]


class frequenta_corso_studi(Variable):
    value_type = bool
    entity = Persona
    definition_period = DateUnit.MONTH
    label = "Frequenta un regolare corso di studi"
    reference = ["DL 4 maggio 2023, n. 48, art. 6, c. 4"]


class titolare_pensione_diretta(Variable):
    value_type = bool
    entity = Persona
    definition_period = DateUnit.MONTH
    label = "È titolare di una pensione diretta"
    reference = ["DL 4 maggio 2023, n. 48, art. 6, c. 5"]


class patologia_oncologica(Variable):
    value_type = bool
    entity = Persona
    definition_period = DateUnit.MONTH
    label = "È affetto da patologia oncologica"
    reference = ["DL 4 maggio 2023, n. 48, art. 6, c. 5"]


class percorso_protezione_violenza(Variable):
    value_type = bool
    entity = Persona
    definition_period = DateUnit.MONTH
    label = "È in un percorso di protezione relativo alla violenza di genere"
    reference = ["DL 4 maggio 2023, n. 48, art. 6, c. 5"]


class disabilita_l68(PresumedFact):
    value_type = bool
    entity = Persona
    definition_period = DateUnit.MONTH
    label = "Ha una disabilità ai sensi della L. 68/1999"
    reference = ["L. 12 marzo 1999, n. 68, art. 1"]

    def formula_2024(persona, period, parameters):
        """Se non è detto altro: invalidità civile di almeno il 46 per cento, o una disabilità.

        L. 68/1999, art. 1. Da gennaio 2024.
        """
        classe = persona("disabilita", period)
        minima = parameters(period).adi.obblighi.invalidita_l68
        invalido = persona("invalidita_percentuale", period) >= minima
        return invalido | (classe != classe.possible_values.nessuna)


class responsabilita_genitoriale(PresumedFact):
    value_type = bool
    entity = Persona
    definition_period = DateUnit.MONTH
    label = "Esercita la responsabilità genitoriale; se non detto, il richiedente adulto con minori nel nucleo"
    reference = ["DL 4 maggio 2023, n. 48, art. 6, c. 4"]

    def formula_2024(persona, period):
        """Se non è detto altro, la esercita il richiedente adulto di un nucleo con minori.

        DL 48/2023, art. 6, c. 4. Per l'altro genitore va data. Da gennaio 2024.
        """
        adulto = persona("adi_nato", period) & ~persona("adi_minorenne", period)
        minori = persona.nucleo.any(persona.nucleo.members("adi_minorenne", period))
        return persona("e_richiedente", period) & adulto & minori


class attivabile_lavoro(PresumedFact):
    value_type = bool
    entity = Persona
    definition_period = DateUnit.MONTH
    label = "È attivabile al lavoro secondo la valutazione multidimensionale"
    reference = ["DL 4 maggio 2023, n. 48, art. 4, c. 5"]

    def formula_2024(persona, period):
        """Se non è detto altro, è attivabile chi è tenuto agli obblighi.

        DL 48/2023, art. 4, c. 5. Da gennaio 2024.
        """
        return persona("adi_tenuto_obblighi", period)


class adi_eta_di_lavoro(Variable):
    value_type = bool
    entity = Persona
    definition_period = DateUnit.MONTH
    label = "È in età di lavoro"
    reference = ["DL 4 maggio 2023, n. 48, art. 6, c. 4"]

    def formula_2024(persona, period, parameters):
        """Dai 18 anni compiuti ai 59.

        DL 48/2023, art. 6, c. 4, e art. 4, c. 5. Da gennaio 2024.
        """
        legge = parameters(period).adi
        eta = persona("eta", period)
        return (legge.eta.maggiore_eta <= eta) & (eta <= legge.obblighi.eta_massima)


class adi_cura_familiari(Variable):
    value_type = bool
    entity = Persona
    definition_period = DateUnit.MONTH
    label = "Ha carichi di cura, anche come unico adulto del nucleo"
    reference = ["DL 4 maggio 2023, n. 48, art. 6, c. 5, lett. d)"]

    def formula_2024(persona, period):
        """Chi ha il carico di cura, o il solo adulto contato di un nucleo in cui può esserci (I-40).

        DL 48/2023, art. 6, c. 5, lett. d). Da gennaio 2024.
        """
        adulto = persona("adi_adulto_in_scala", period)
        solo_adulto = adulto & (persona.nucleo.sum(adulto) == 1)
        possibile = persona.nucleo("adi_carico_cura_possibile", period)
        return persona("adi_carico_cura", period) | (solo_adulto & possibile)


class adi_escluso_obblighi(Variable):
    value_type = bool
    entity = Persona
    definition_period = DateUnit.MONTH
    label = "È escluso dagli obblighi"
    reference = [
        "DL 4 maggio 2023, n. 48, art. 6, c. 5",
        "DM Lavoro 13 dicembre 2023, n. 154, art. 8",
    ]

    def formula_2024(persona, period):
        """Pensionati, persone di almeno 60 anni, con disabilità, malati oncologici, con carichi di cura, in protezione.

        DL 48/2023, art. 6, c. 5; DM 154/2023, art. 8. Da gennaio 2024.
        """
        return (
            persona("titolare_pensione_diretta", period)
            | persona("adi_over_60", period)
            | persona("disabilita_l68", period)
            | persona("patologia_oncologica", period)
            | persona("adi_cura_familiari", period)
            | persona("percorso_protezione_violenza", period)
        )


class adi_tenuto_obblighi(Variable):
    value_type = bool
    entity = Persona
    definition_period = DateUnit.MONTH
    label = "È tenuto agli obblighi di attivazione"
    reference = ["DL 4 maggio 2023, n. 48, art. 6, c. 4"]

    def formula_2024(persona, period):
        """Adulto fino a 59 anni con responsabilità genitoriale, non occupato, non studente e non escluso.

        DL 48/2023, art. 6, c. 4. Da gennaio 2024.
        """
        return (
            persona("adi_eta_di_lavoro", period)
            & persona("responsabilita_genitoriale", period)
            & ~persona("occupato", period)
            & ~persona("frequenta_corso_studi", period)
            & ~persona("adi_escluso_obblighi", period)
        )


class adi_avviato_cpi(Variable):
    value_type = bool
    entity = Persona
    definition_period = DateUnit.MONTH
    label = "È avviato al centro per l'impiego"
    reference = ["DL 4 maggio 2023, n. 48, art. 4, c. 5"]

    def formula_2024(persona, period):
        """Chi è tenuto agli obblighi, ha tra 18 e 59 anni ed è attivabile al lavoro.

        DL 48/2023, art. 4, c. 5. Da gennaio 2024.
        """
        return (
            persona("adi_eta_di_lavoro", period)
            & persona("attivabile_lavoro", period)
            & persona("adi_tenuto_obblighi", period)
        )
