"""Packaging: the engine is ``openfisca_adi``; the law's folders at the root become its subpackages."""

from pathlib import Path

from setuptools import find_namespace_packages, setup

LAW = ("parameters", "variables", "reforms")


def folders(root):
    """Return ``root`` and the folders below it, dotted."""
    inner = find_namespace_packages(root, exclude=["*__pycache__*"])
    return [root, *(f"{root}.{name}" for name in inner)]


package_dir = {name: name.replace(".", "/") for name in folders("openfisca_adi")}
for folder in LAW:
    package_dir |= {f"openfisca_adi.{name}": name.replace(".", "/") for name in folders(folder)}

population = [
    "numexpr>=2.8.5,<3",
    "pandas>=2.2,<4",
    "pyarrow>=17",
    "tqdm>=4.66,<5",
]
cluster = ["dask>=2024.8", "distributed>=2024.8"]
report = [*population, "matplotlib>=3.9,<4"]
development = [
    "build>=1.2,<2",
    "hypothesis>=6.100,<7",
    "ipykernel>=6.29,<8",
    "jsonschema>=4.21,<5",
    "nbclient>=0.10,<1",
    "nbformat>=5.10,<6",
    "psutil>=5.9,<8",
    "pytest>=8,<10",
    "ruff>=0.9,<1",
    "yamllint>=1.35,<2",
]

setup(
    name="openfisca-adi",
    version="0.1.0",
    description="The law of the Italian Assegno di Inclusione as open, executable rules",
    long_description=Path("README.md").read_text(encoding="utf-8"),
    long_description_content_type="text/markdown",
    license="AGPL-3.0-or-later",
    classifiers=[
        "Development Status :: 4 - Beta",
        "Operating System :: OS Independent",
        "Programming Language :: Python :: 3 :: Only",
        "Topic :: Scientific/Engineering :: Information Analysis",
    ],
    keywords="openfisca microsimulation rules-as-code assegno-di-inclusione",
    python_requires=">=3.11",
    packages=list(package_dir),
    package_dir=package_dir,
    package_data={"": ["*.yaml", "*.json", "*.html"]},
    install_requires=[
        "click>=8.1,<9",
        "jinja2>=3.1,<4",
        "jsonschema>=4.21,<5",
        "numpy>=1.26,<3",
        "openfisca-core[web-api]>=46,<47",
        "pyyaml>=6,<7",
    ],
    extras_require={
        "popolazione": population,
        "cluster": [*population, *cluster],
        "rapporto": report,
        "sviluppo": [*report, *cluster, *development],
    },
    entry_points={"console_scripts": ["openfisca-adi=openfisca_adi.cli:main"]},
)
