"""``python -m openfisca_adi`` is the command ``openfisca-adi``."""

from openfisca_adi.cli import main

if __name__ == "__main__":
    main(prog_name="openfisca-adi")
