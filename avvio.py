"""I due comandi del README: la dimostrazione e le prove, da una copia appena scaricata.

    python3 avvio.py               popolazione dimostrativa, simulazione e confronto
    python3 avvio.py test          tutti i casi YAML, poi le prove del motore
    python3 avvio.py test FILE…    soltanto quei casi (ogni argomento va a `openfisca test`)
    python3 avvio.py installa      soltanto l'ambiente, con gli strumenti di sviluppo

Tutto si installa nell'ambiente virtuale `.venv`; con `--ambiente CARTELLA` in un altro.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent
SCRIPTS = "Scripts" if os.name == "nt" else "bin"


def main(arguments):
    if sys.version_info < (3, 11):  # noqa: UP036
        sys.exit("Serve Python 3.11 o successivo; questo è il " + sys.version.split()[0] + ".")
    environment = ROOT / ".venv"
    if arguments[:1] == ["--ambiente"] and len(arguments) > 1:
        environment, arguments = Path(arguments[1]).resolve(), arguments[2:]
    verb, *rest = arguments or ["demo"]
    if verb not in ("demo", "test", "installa") or (rest and verb != "test"):
        sys.exit(__doc__)
    install(environment, "popolazione" if verb == "demo" else "sviluppo")
    if verb == "demo":
        demonstrate(environment)
    elif verb == "test":
        test(environment, rest)


def install(environment, extra):
    """Create the environment and install the package in it, unless ``setup.py`` has not changed."""
    stamp = environment / "avvio.txt"
    known = str(ROOT).encode() + (ROOT / "setup.py").read_bytes()
    state = [hashlib.sha256(known).hexdigest(), "popolazione"]
    if stamp.is_file() and {state[0], extra} <= set(stamp.read_text().split()):
        return
    print(f"Preparo l'ambiente in {environment} (la prima volta serve qualche minuto)…", flush=True)
    scripts = str(environment / SCRIPTS)
    if not all(shutil.which(program, path=scripts) for program in ("python", "pip")):
        broken = (environment / "pyvenv.cfg").exists()
        try:
            venv.create(environment, clear=broken, with_pip=True, symlinks=os.name != "nt")
        except (subprocess.CalledProcessError, OSError) as error:
            sys.exit(f"L'ambiente non si crea ({error}): forse manca il pacchetto python3-venv.")
    python = environment / SCRIPTS / "python"
    command = [python, "-m", "pip", "install", "-q", "--editable", f"{ROOT}[{extra}]"]
    if subprocess.call(command):
        sys.exit(
            "L'installazione non è riuscita: il motivo è qui sopra. Controllare la connessione "
            f"a Internet e riprovare; se non basta, cancellare {environment} e ripartire."
        )
    stamp.write_text(" ".join(state if extra in state else [*state, extra]))


def demonstrate(environment):
    """Run the main job: a population under the law in force and under a reform."""
    run(environment, "openfisca-adi", "popolazione", "--cartella", "dimostrazione")
    run(environment, "openfisca-adi", "confronta", "dimostrazione")


def test(environment, arguments):
    """Run the cases given; or all of them, and then the tests of the engine."""
    run(
        environment,
        "openfisca-adi",
        "controlla",
        *[a for a in arguments[:1] if not a.startswith("-")],
    )
    cases = sorted(str(p.relative_to(ROOT)) for p in (ROOT / "tests").iterdir())
    cases.remove(str(Path("tests", "engine")))
    run(environment, "openfisca", "test", "-c", "openfisca_adi", *(arguments or cases))
    if not arguments:
        run(environment, "pytest")


def run(environment, program, *arguments):
    """Run a program of the environment in the root; its failure is ours."""
    print("\n$", program, *arguments, flush=True)
    code = subprocess.call([environment / SCRIPTS / program, *arguments], cwd=ROOT)
    if code:
        sys.exit(code)


if __name__ == "__main__":
    main(sys.argv[1:])
