"""Chi può dichiarare la condizione di svantaggio, e di quale categoria: DL 48/2023, art. 2, c. 1."""

from openfisca_core.indexed_enums import Enum
from openfisca_core.periods import DateUnit

from openfisca_adi.entities import Persona
from openfisca_adi.members import one_of
from openfisca_adi.variable import Variable


class CategoriaSvantaggio(Enum):
    __order__ = "nessuna a b1 b2 c d e f1 f2 f3 g h i"
    nessuna = "Nessuna categoria"
    a = "a) Disturbi mentali, anche ex ricoverati in strutture psichiatriche"
    b1 = "b) Disabilità di almeno il 46 per cento con bisogno di cure integrate"
    b2 = "b) Percorsi di cura integrati"
    c = "c) Dipendenze patologiche, in programmi non residenziali"
    d = "d) Vittime di tratta"
    e = "e) Vittime di violenza di genere"
    f1 = "f) Ammessi alle misure alternative alla detenzione"
    f2 = "f) Ex detenuti, nel primo anno dalla fine della pena"
    f3 = "f) Ammessi al lavoro all'esterno, in carico all'UEPE"
    g = "g) Fragilità sociali, in strutture di accoglienza o in emergenza abitativa"
    h = "h) Persone senza dimora"
    i = "i) Neomaggiorenni fuori dalla famiglia di origine"


class svantaggio_categoria(Variable):
    value_type = Enum
    possible_values = CategoriaSvantaggio
    default_value = CategoriaSvantaggio.nessuna
    entity = Persona
    definition_period = DateUnit.ETERNITY
    label = "Categoria della condizione di svantaggio; se è data decidono i documenti"
    reference = ["DM Lavoro 13 dicembre 2023, n. 154, art. 3, c. 5"]


class svantaggio_accertato(Variable):
    value_type = bool
    entity = Persona
    definition_period = DateUnit.MONTH
    label = (
        "Svantaggio riconosciuto e programma certificato, senza i documenti (dati di indagine); "
        "non conta se è data svantaggio_categoria"
    )
    reference = ["DM Lavoro 13 dicembre 2023, n. 154, art. 3, c. 5"]


class adi_svantaggio_dichiarato(Variable):
    value_type = bool
    entity = Persona
    definition_period = DateUnit.MONTH
    label = "Dichiara una categoria di svantaggio, con i suoi documenti"
    reference = ["DM Lavoro 13 dicembre 2023, n. 154, art. 3, c. 5"]

    def formula_2024(persona, period):
        """È data la categoria: decidono i documenti.

        DM 154/2023, art. 3, c. 5. Da gennaio 2024.
        """
        return ~one_of(persona("svantaggio_categoria", period), "nessuna")


class adi_svantaggio_dichiarabile(Variable):
    value_type = bool
    entity = Persona
    definition_period = DateUnit.MONTH
    label = "Può dichiarare la condizione di svantaggio"
    reference = ["DL 4 maggio 2023, n. 48, art. 2, c. 1"]

    def formula_2024(persona, period):
        """Non la dichiarano i minori, chi ha almeno 60 anni e chi ha una disabilità: danno già accesso.

        DL 48/2023, art. 2, c. 1. Da gennaio 2024.
        """
        adulto = persona("adi_nato", period) & ~persona("adi_minorenne", period)
        protetto = persona("adi_over_60", period) | persona("adi_con_disabilita", period)
        return adulto & ~protetto
