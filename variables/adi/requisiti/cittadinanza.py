"""Cittadinanza e soggiorno del richiedente, e permessi in deroga: DL 48/2023, art. 2, c. 2, lett. a), n. 1."""

from openfisca_core.indexed_enums import Enum
from openfisca_core.periods import DateUnit

from openfisca_adi.entities import Nucleo, Persona
from openfisca_adi.members import any_member, one_of
from openfisca_adi.variable import Variable


class TitoloSoggiorno(Enum):
    __order__ = (
        "cittadino_ue familiare_ue soggiornante_lungo_periodo protezione_internazionale apolide "
        "permesso_art_18 permesso_art_18_bis permesso_art_18_ter altro"
    )
    cittadino_ue = "Cittadino italiano o di un altro Paese dell'Unione europea"
    familiare_ue = "Familiare di un cittadino UE con diritto di soggiorno (anche permanente)"
    soggiornante_lungo_periodo = "Permesso UE per soggiornanti di lungo periodo"
    protezione_internazionale = "Titolare di protezione internazionale (asilo o sussidiaria)"
    apolide = "Apolide"
    permesso_art_18 = "Permesso dell'art. 18, D.lgs. 286/1998"
    permesso_art_18_bis = "Permesso dell'art. 18-bis, D.lgs. 286/1998"
    permesso_art_18_ter = "Permesso dell'art. 18-ter, D.lgs. 286/1998"
    altro = "Altro titolo di soggiorno"


class titolo_soggiorno(Variable):
    value_type = Enum
    possible_values = TitoloSoggiorno
    default_value = TitoloSoggiorno.cittadino_ue
    entity = Persona
    definition_period = DateUnit.MONTH
    label = "Cittadinanza o titolo di soggiorno"
    reference = ["DL 4 maggio 2023, n. 48, art. 2, c. 2, lett. a), n. 1"]


class adi_permesso_in_deroga(Variable):
    value_type = bool
    entity = Persona
    definition_period = DateUnit.MONTH
    label = "Ha un permesso che deroga ai requisiti di soggiorno e residenza"
    reference = [
        "DL 145/2024, art. 6, c. 3, conv. L. 187/2024",
        "DL 146/2025, art. 4, conv. L. 179/2025",
    ]

    def formula_2024(persona, period, parameters):
        """Permesso degli artt. 18, 18-bis o 18-ter del D.lgs. 286/1998, se la deroga è in vigore.

        DL 145/2024, art. 6, c. 3 (18-ter, da novembre 2024); DL 146/2025, art. 4 (18 e 18-bis, da
        novembre 2025).
        """
        deroghe = parameters(period).adi.requisiti.cittadinanza.deroghe
        permessi = ("permesso_art_18", "permesso_art_18_bis", "permesso_art_18_ter")
        return one_of(
            persona("titolo_soggiorno", period),
            *(permesso for permesso in permessi if deroghe[permesso]),
        )


class adi_richiedente_in_deroga(Variable):
    value_type = bool
    entity = Persona
    definition_period = DateUnit.MONTH
    label = "È il richiedente, con un permesso che deroga ai requisiti"
    reference = [
        "DL 145/2024, art. 6, c. 3, conv. L. 187/2024",
        "DL 146/2025, art. 4, conv. L. 179/2025",
    ]

    def formula_2024(persona, period):
        """Il permesso in deroga è quello del richiedente.

        DL 145/2024, art. 6, c. 3; DL 146/2025, art. 4.
        """
        return persona("e_richiedente", period) & persona("adi_permesso_in_deroga", period)


class adi_deroga_soggiorno(Variable):
    value_type = bool
    entity = Nucleo
    definition_period = DateUnit.MONTH
    label = "Deroga ai requisiti di cittadinanza, soggiorno e residenza (lett. a)"
    reference = [
        "DL 145/2024, art. 6, c. 3, conv. L. 187/2024",
        "DL 146/2025, art. 4, conv. L. 179/2025",
    ]

    def formula_2024(nucleo, period):
        """Il permesso del richiedente deroga all'art. 2, c. 2, lett. a), del DL 48/2023.

        DL 145/2024, art. 6, c. 3; DL 146/2025, art. 4.
        """
        return any_member(nucleo, nucleo.members("adi_richiedente_in_deroga", period))


class adi_deroga_economica(Variable):
    value_type = bool
    entity = Nucleo
    definition_period = DateUnit.MONTH
    label = "Deroga ai requisiti di ISEE, reddito e patrimonio (lett. b)"
    reference = [
        "DL 145/2024, art. 6, c. 3, conv. L. 187/2024",
        "DL 146/2025, art. 4, conv. L. 179/2025",
    ]

    def formula_2024(nucleo, period):
        """Il permesso del richiedente deroga anche all'art. 2, c. 2, lett. b), del DL 48/2023 (I-35).

        DL 145/2024, art. 6, c. 3; DL 146/2025, art. 4.
        """
        return nucleo("adi_deroga_soggiorno", period)


class adi_titolo_soggiorno_ammesso(Variable):
    value_type = bool
    entity = Persona
    definition_period = DateUnit.MONTH
    label = "Ha la cittadinanza o il titolo di soggiorno richiesti"
    reference = [
        "DL 4 maggio 2023, n. 48, art. 2, c. 2, lett. a), n. 1",
        "INPS, circ. 16 dicembre 2023, n. 105",
    ]

    def formula_2024(persona, period):
        """Cittadini UE e loro familiari, soggiornanti di lungo periodo, protezione internazionale, apolidi.

        DL 48/2023, art. 2, c. 2, lett. a), n. 1; per gli apolidi INPS, circ. 105/2023 (I-49). Da gennaio 2024.
        """
        return one_of(
            persona("titolo_soggiorno", period),
            "cittadino_ue",
            "familiare_ue",
            "soggiornante_lungo_periodo",
            "protezione_internazionale",
            "apolide",
        )


class adi_requisito_cittadinanza(Variable):
    value_type = bool
    entity = Nucleo
    definition_period = DateUnit.MONTH
    label = "Requisito: cittadinanza o titolo di soggiorno del richiedente"
    reference = ["DL 4 maggio 2023, n. 48, art. 2, c. 2, lett. a), n. 1"]

    def formula_2024(nucleo, period):
        """Il richiedente ha un titolo ammesso o un permesso in deroga.

        DL 48/2023, art. 2, c. 2, lett. a), n. 1. Da gennaio 2024.
        """
        richiedente = nucleo.members("e_richiedente", period)
        ammesso = nucleo.members("adi_titolo_soggiorno_ammesso", period)
        return ~any_member(nucleo, richiedente & ~ammesso) | nucleo("adi_deroga_soggiorno", period)
