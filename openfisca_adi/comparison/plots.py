"""The plots of a report, as inline SVG: readable in black and white, by who confuses colours, and by a screen reader.

The two laws are told apart by fill and hatch (or by the line), never by colour alone; every plot has a text
that says what it shows, with its numbers.
"""

import io
import re
from html import escape
from typing import NamedTuple

import numpy as np
from matplotlib import rc_context
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.layout_engine import TightLayoutEngine

from openfisca_adi.comparison.outcomes import SIDES
from openfisca_adi.text import number

#: Of the palette of Okabe and Ito, told apart by who confuses colours.
BLUE, ORANGE, INK = "#0072b2", "#e69f00", "#222222"
STYLE = {
    "svg.fonttype": "none",  # text stays text
    "svg.hashsalt": "openfisca-adi",  # the same plot is the same file
    "font.family": "sans-serif",
    "font.size": 9,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.edgecolor": INK,
    "hatch.linewidth": 0.6,
}
WIDTH, HEIGHT = 4.4, 2.9
BAR = 0.38
TICKS = 5
MILLION = 1_000_000


class Plot(NamedTuple):
    """A plot: its title, what it shows in words, and its SVG, which has those words."""

    title: str
    description: str
    svg: str


def winners_and_losers(group_changes) -> Plot:
    """Plot the households that gain and lose in each decile, in percent."""
    deciles = group_changes.loc["decile"]
    shares = 100 * deciles[["guadagnano", "perdono"]].div(deciles["nuclei"], axis=0).fillna(0)
    figure, axes = _figure()
    places = np.arange(len(shares))
    axes.bar(places, shares["guadagnano"], color=BLUE, label="guadagnano")
    axes.bar(places, -shares["perdono"], color=ORANGE, hatch="///", label="perdono")
    axes.axhline(0, color=INK, linewidth=0.8)
    axes.set_xticks(places, shares.index)
    axes.set_xlabel("Decile di reddito equivalente, dal più povero")
    axes.yaxis.set_major_formatter(lambda value, _: number(abs(value), _decimals(axes)))
    axes.set_ylabel("% dei nuclei")
    axes.legend(frameon=False)
    words = "; ".join(
        f"{decile}: {number(gain, 1)} e {number(loss, 1)}"
        for decile, gain, loss in shares.itertuples()
    )
    return _plot(
        figure,
        "Chi guadagna e chi perde, per decile",
        f"Nuclei che guadagnano e che perdono, in percentuale, per decile. {words}.",
    )


def cost_by(group, breakdown, title) -> Plot:
    """Plot the difference in yearly cost of each item of a group, in millions of euro."""
    change = breakdown.loc[group]["differenza"]["costo_annuo"] / MILLION
    figure, axes = _figure(rows=len(change))
    places = np.arange(len(change))
    gains = change.to_numpy() >= 0
    for who, colour, hatch in ((gains, BLUE, None), (~gains, ORANGE, "///")):
        axes.barh(places[who], change[who], color=colour, hatch=hatch)
    _names_from_top(axes, change.index)
    axes.axvline(0, color=INK, linewidth=0.8)
    axes.xaxis.set_major_formatter(lambda value, _: number(value, _decimals(axes, "x")))
    axes.set_xlabel("Milioni di euro l'anno")
    words = "; ".join(f"{name}: {number(value, 1, sign=True)}" for name, value in change.items())
    return _plot(figure, title, f"Differenza di costo in milioni di euro l'anno. {words}.")


def excluded_alone(requirements) -> Plot:
    """Plot the households that each requirement excludes alone, in thousands, under both laws."""
    alone = requirements.xs("da_solo", axis=1, level=1).drop(index="almeno uno") / 1000
    figure, axes = _figure(rows=2 * len(alone))
    places = np.arange(len(alone))
    axes.barh(places - BAR / 2, alone["legge"], BAR, color=BLUE, label="legge")
    axes.barh(places + BAR / 2, alone["riforma"], BAR, color=ORANGE, hatch="///", label="riforma")
    _names_from_top(axes, [name.replace("_", " ") for name in alone.index])
    axes.xaxis.set_major_formatter(lambda value, _: number(value, _decimals(axes, "x")))
    axes.set_xlabel("Migliaia di nuclei")
    axes.legend(frameon=False)
    words = "; ".join(
        f"{row.Index.replace('_', ' ')}: {number(row.legge, 1)} e {number(row.riforma, 1)}"
        for row in alone.itertuples()
    )
    return _plot(
        figure,
        "Nuclei esclusi da un solo requisito",
        f"Migliaia di nuclei che avrebbero diritto se non fosse per quel requisito, con la legge e con la riforma. {words}.",
    )


def budget_curve(name, curve) -> Plot:
    """Plot the benefit of an example household as its income grows, under both laws."""
    figure, axes = _figure()
    axes.plot(curve["reddito"], curve["adi_legge"], color=BLUE, linewidth=1.8, label="legge")
    axes.plot(
        *(curve["reddito"], curve["adi_riforma"]),
        **{"color": ORANGE, "linewidth": 1.8, "linestyle": (0, (4, 2)), "label": "riforma"},
    )
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_formatter(lambda value, _: number(value))
    axes.set_ylim(bottom=0)
    axes.set_xlabel("Reddito da lavoro, euro l'anno")
    axes.set_ylabel("ADI, euro l'anno")
    axes.legend(frameon=False)
    last = {side: curve.loc[curve[f"adi_{side}"] > 0, "reddito"].max() for side in SIDES}
    start = {side: curve[f"adi_{side}"].iloc[0] for side in SIDES}
    words = " ".join(
        f"Con la {side}: {number(start[side])} euro senza reddito; l'ultimo reddito con ADI è {number(last[side])}."
        for side in SIDES
    )
    return _plot(figure, name, f"ADI di un anno al crescere del reddito da lavoro. {words}")


def _figure(rows=0):
    with rc_context(STYLE):
        # Without a rectangle texts are measured once, not twice, to the same margins.
        size, layout = (WIDTH, max(HEIGHT, 0.6 + 0.19 * rows)), TightLayoutEngine(rect=None)
        figure = Figure(size, layout=layout)
        axes = figure.subplots()
        axes.locator_params(nbins=TICKS)
        return figure, axes


def _names_from_top(axes, names) -> None:
    axes.set_yticks(np.arange(len(names)), names)
    axes.invert_yaxis()


def _decimals(axes, axis="y") -> int:
    """Return the decimals that tell the ticks of an axis apart."""
    ticks = axes.get_yticks() if axis == "y" else axes.get_xticks()
    return 0 if len(ticks) < 2 or ticks[1] - ticks[0] >= 1 else 2


def _plot(figure, title, description) -> Plot:
    file = io.StringIO()
    with rc_context(STYLE):
        nothing = dict.fromkeys(("Creator", "Date", "Format", "Type"))
        FigureCanvasSVG(figure).print_svg(file, metadata=nothing)
    svg = file.getvalue()
    svg = svg[svg.index("<svg") :].replace(
        "<svg", f'<svg role="img" aria-label="{escape(description)}"', 1
    )
    svg = re.sub(r' xmlns(:\w+)?="[^"]*"| (width|height)="[\d.]+pt"', "", svg)
    svg = re.sub(
        r"<style.*?</style>|font-family: [^;]*; ", "", svg
    )  # of the page, that has its own
    svg = re.sub(r'<g id="[^"]*">', "<g>", svg).replace("xlink:href", "href")
    return Plot(title, description, svg)
