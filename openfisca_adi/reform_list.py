"""The reforms of the package, with what their files say of themselves."""

from dataclasses import asdict, dataclass

from openfisca_adi import LAW
from openfisca_adi.reform_names import about, find_reform, reform_files
from openfisca_adi.text import paragraph


@dataclass(frozen=True)
class Header:
    """What a reform says of itself: author and reference may be missing."""

    nome: str
    titolo: str
    descrizione: str
    autore: str | None
    riferimento: str | None
    percorso: str
    file: str


def reforms() -> list[Header]:
    """Return the headers of the reforms of the package, folder by folder."""
    headers = []
    for path, file in reform_files():
        reform = find_reform(path)
        headers.append(
            Header(
                nome=file.stem,
                titolo=reform.name or file.stem,
                descrizione=about(reform),
                autore=getattr(reform, "author", None),
                riferimento=getattr(reform, "reference", None),
                percorso=path,
                file=file.relative_to(LAW).as_posix(),
            )
        )
    return headers


def as_text(headers: list[Header]) -> str:
    """Return the headers for a terminal."""
    lines = []
    for header in headers:
        lines += [f"{header.nome} ({header.file})"]
        for label, text in (
            ("titolo", header.titolo),
            ("che cosa", header.descrizione),
            ("riferim.", header.riferimento),
            ("autore", header.autore),
        ):
            lines += paragraph(f"  {label}", text or "")
    return "\n".join(lines) + "\n"


def as_records(headers: list[Header]) -> list[dict]:
    """Return the headers as values that JSON can hold."""
    return [asdict(header) for header in headers]
