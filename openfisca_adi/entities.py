"""The entities of the ADI: people, and the household (*nucleo familiare*) they form."""

from openfisca_core.entities import build_entity

Persona = build_entity(
    key="persona",
    plural="persone",
    label="Persona",
    doc="Una persona del nucleo familiare.",
    is_person=True,
)

Nucleo = build_entity(
    key="nucleo",
    plural="nuclei",
    label="Nucleo familiare",
    doc="Il nucleo familiare ai fini dell'ISEE (DPCM 159/2013, art. 3), che chiede e riceve il beneficio.",
    roles=[
        {
            "key": "richiedente",
            "label": "Richiedente",
            "max": 1,
            "doc": "Chi presenta la domanda; al più uno per nucleo.",
        },
        {
            "key": "componente",
            "plural": "componenti",
            "label": "Componenti",
            "doc": "Gli altri componenti del nucleo.",
        },
    ],
)
