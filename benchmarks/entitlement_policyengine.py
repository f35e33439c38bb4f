"""The rule on policyengine-core: our own files of the law, loaded by the other engine.

Imported only in the environment that ``policyengine.py`` makes. The files of ``parameters/`` and ``variables/``
are read as they are: what they import from OpenFisca is found under the names that policyengine-core, a
fork of it, gives to the same things. What differs, and is adapted here:

* enums are in ``enums``, and the units of periods are strings, not an enum;
* a parameter may not be a date (a few of the procedure are): here it may.

Amounts are float64, as the law's ``Variable`` sets its own type.
"""

import importlib
import sys
import types
from pathlib import Path

import numpy as np
from policyengine_core import periods
from policyengine_core.enums import Enum, EnumArray
from policyengine_core.parameters import parameter_at_instant
from policyengine_core.simulations import Simulation
from policyengine_core.taxbenefitsystems import TaxBenefitSystem

ROOT = Path(__file__).resolve().parent.parent
NAMES = {
    "openfisca_core": "policyengine_core",
    "openfisca_core.entities": "policyengine_core.entities",
    "openfisca_core.errors": "policyengine_core.errors",
    "openfisca_core.indexed_enums": "policyengine_core.enums",
    "openfisca_core.periods": "policyengine_core.periods",
    "openfisca_core.variables": "policyengine_core.variables",
}


def load_law():
    """Return the law as a tax-benefit system of policyengine-core."""
    sys.modules |= {ours: importlib.import_module(theirs) for ours, theirs in NAMES.items()}
    periods.DateUnit = types.SimpleNamespace(
        **{unit: getattr(periods, unit) for unit in ("DAY", "MONTH", "YEAR", "ETERNITY")}
    )
    parameter_at_instant.ALLOWED_PARAM_TYPES += (str,)
    # Only the folders: what the package does on import (reforms, schemas) needs OpenFisca.
    package = sys.modules["openfisca_adi"] = types.ModuleType("openfisca_adi")
    package.__path__ = [str(ROOT / "openfisca_adi"), str(ROOT)]
    entities = importlib.import_module("openfisca_adi.entities")
    system = TaxBenefitSystem([entities.Persona, entities.Nucleo])
    system.load_parameters(str(ROOT / "parameters"))
    system.add_variables_from_directory(str(ROOT / "variables"))
    return system


def build(system, people, families, household, position, month):
    """Return a simulation filled from arrays, copying none."""
    populations = system.instantiate_entities()
    persons, households = populations["persona"], populations["nucleo"]
    persons.count, households.count = len(household), len(families["isee"])
    persons.ids, households.ids = range(persons.count), range(households.count)
    households.members_entity_id = household
    households.members_position = position.astype(np.int32)
    applicant, member = households.entity.flattened_roles
    households._members_role = np.array([member, applicant], object)[(position == 0).astype(int)]
    simulation = Simulation(system, populations)
    for name, values in {**people, **families, "e_richiedente": position == 0}.items():
        rule = system.variables[name]
        array = EnumArray(values, rule.possible_values) if rule.value_type is Enum else values
        is_eternal = rule.definition_period == periods.ETERNITY
        simulation.set_input(name, periods.ETERNITY if is_eternal else month, array)
    return simulation
