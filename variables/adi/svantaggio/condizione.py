"""Le condizioni proprie di ogni categoria: DM 154/2023, art. 3, c. 5, lett. a)-i)."""

from datetime import date

import numpy as np
from openfisca_core.periods import DateUnit

from openfisca_adi.dates import add_months, first_day
from openfisca_adi.entities import Persona
from openfisca_adi.members import Rows, one_of
from openfisca_adi.variable import Variable


class svantaggio_necessita_cure_integrate(Variable):
    value_type = bool
    entity = Persona
    definition_period = DateUnit.ETERNITY
    label = "Ha bisogno di cure integrate, semiresidenziali o di sostegno familiare (lettera b1)"
    reference = ["DM Lavoro 13 dicembre 2023, n. 154, art. 3, c. 5, lett. b)"]


class svantaggio_programma_residenziale(Variable):
    value_type = bool
    entity = Persona
    definition_period = DateUnit.ETERNITY
    label = "Il programma per le dipendenze è residenziale (lettera c)"
    reference = ["DM Lavoro 13 dicembre 2023, n. 154, art. 3, c. 5, lett. c)"]


class svantaggio_provvedimento_autorita_giudiziaria(Variable):
    value_type = bool
    entity = Persona
    definition_period = DateUnit.ETERNITY
    label = "C'è un provvedimento dell'autorità giudiziaria (lettere e, i)"
    reference = ["DM Lavoro 13 dicembre 2023, n. 154, art. 3, c. 5, lett. e) e i)"]


class svantaggio_inserimento_cav(Variable):
    value_type = bool
    entity = Persona
    definition_period = DateUnit.ETERNITY
    label = "È in un centro antiviolenza o in una casa rifugio (lettera e)"
    reference = ["DM Lavoro 13 dicembre 2023, n. 154, art. 3, c. 5, lett. e)"]


class svantaggio_in_carico_uepe(Variable):
    value_type = bool
    entity = Persona
    definition_period = DateUnit.ETERNITY
    label = "È in carico all'UEPE (lettere f1, f3)"
    reference = ["DM Lavoro 13 dicembre 2023, n. 154, art. 3, c. 5, lett. f)"]


class svantaggio_fine_pena(Variable):
    value_type = date
    entity = Persona
    definition_period = DateUnit.ETERNITY
    label = "Fine della pena (lettera f2)"
    reference = ["DM Lavoro 13 dicembre 2023, n. 154, art. 3, c. 5, lett. f)"]


class svantaggio_struttura_accoglienza(Variable):
    value_type = bool
    entity = Persona
    definition_period = DateUnit.ETERNITY
    label = "È in una struttura di accoglienza (lettera g)"
    reference = ["DM Lavoro 13 dicembre 2023, n. 154, art. 3, c. 5, lett. g)"]


class svantaggio_emergenza_abitativa(Variable):
    value_type = bool
    entity = Persona
    definition_period = DateUnit.ETERNITY
    label = "È in emergenza abitativa (lettera g)"
    reference = ["DM Lavoro 13 dicembre 2023, n. 154, art. 3, c. 5, lett. g)"]


class svantaggio_registro_senza_dimora(Variable):
    value_type = bool
    entity = Persona
    definition_period = DateUnit.ETERNITY
    label = "È iscritto al registro delle persone senza dimora, in povertà (lettera h)"
    reference = ["DM Lavoro 13 dicembre 2023, n. 154, art. 3, c. 5, lett. h)"]


class svantaggio_poverta_estrema(Variable):
    value_type = bool
    entity = Persona
    definition_period = DateUnit.ETERNITY
    label = "È iscritto all'anagrafe, in povertà estrema e senza dimora (lettera h)"
    reference = ["DM Lavoro 13 dicembre 2023, n. 154, art. 3, c. 5, lett. h)"]


class svantaggio_fuori_famiglia_origine(Variable):
    value_type = bool
    entity = Persona
    definition_period = DateUnit.ETERNITY
    label = "Vive fuori dalla famiglia di origine (lettera i)"
    reference = ["DM Lavoro 13 dicembre 2023, n. 154, art. 3, c. 5, lett. i)"]


class adi_svantaggio_condizione(Variable):
    value_type = bool
    entity = Persona
    definition_period = DateUnit.MONTH
    label = "Ricorrono le condizioni proprie della categoria di svantaggio"
    reference = ["DM Lavoro 13 dicembre 2023, n. 154, art. 3, c. 5"]

    def formula_2024(persona, period, parameters):
        """Le condizioni che ogni lettera dell'art. 3, c. 5, aggiunge alla categoria; nessuna per a, b2 e d.

        DM 154/2023, art. 3, c. 5, lett. a)-i): per f2 il primo anno dalla fine della pena si legge ogni mese
        (I-22); per i l'età va dai 18 ai 21 anni compiuti (I-19). Da gennaio 2024.
        """
        legge = parameters(period).adi
        dichiaranti = Rows(persona, period, persona("adi_svantaggio_dichiarato", period))
        categoria, eta = dichiaranti("svantaggio_categoria"), dichiaranti("eta")
        oggi, fine_pena = first_day(period), dichiaranti("svantaggio_fine_pena")
        fine_primo_anno = add_months(fine_pena, legge.svantaggio.mesi_dalla_fine_pena)
        invalidita = dichiaranti("invalidita_percentuale") >= legge.svantaggio.invalidita_minima
        neomaggiorenne = legge.eta.maggiore_eta <= eta
        neomaggiorenne &= eta <= legge.svantaggio.eta_massima_neomaggiorenni
        provvedimento = dichiaranti("svantaggio_provvedimento_autorita_giudiziaria")
        condizioni = {
            ("a", "b2", "d"): np.full(len(eta), True),
            ("b1",): invalidita & dichiaranti("svantaggio_necessita_cure_integrate"),
            ("c",): ~dichiaranti("svantaggio_programma_residenziale"),
            ("e",): provvedimento | dichiaranti("svantaggio_inserimento_cav"),
            ("f1", "f3"): dichiaranti("svantaggio_in_carico_uepe"),
            ("f2",): (fine_pena <= oggi) & (oggi <= fine_primo_anno),
            ("g",): dichiaranti("svantaggio_struttura_accoglienza")
            | dichiaranti("svantaggio_emergenza_abitativa"),
            ("h",): dichiaranti("svantaggio_registro_senza_dimora")
            | dichiaranti("svantaggio_poverta_estrema"),
            ("i",): neomaggiorenne
            & dichiaranti("svantaggio_fuori_famiglia_origine")
            & provvedimento,
        }
        lettere = [one_of(categoria, *lettera) for lettera in condizioni]
        return dichiaranti.spread(np.select(lettere, list(condizioni.values()), default=False))
