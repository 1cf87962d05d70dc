"""A made-up dataset for pictures, the pictures of it, and how they are compared.

``python tests/plot_data.py`` writes the pictures that the tests compare with. Look at each before
you keep it.
"""

import io
from pathlib import Path

from small import load

from natodata import Dataset
from natodata.plot import map as map_of
from natodata.plot import strength, timeline, trace
from natodata.store import Store

BASELINE = Path(__file__).parent / "plot" / "baseline"

DATA = r"""
sources: [{id: paper, source_class: press, title: Paper, extent: full}]
countries:
  - {id: NOR, name: Norway}
  - {id: ITA, name: Italy}
  - {id: DEU, name: Germany}
  - {id: USA, name: United States}
places:
  - {id: oslo, name: Oslo, kind: city, country: NOR, latitude: 59.9, longitude: 10.7}
  - {id: rome, name: Rome, kind: city, country: ITA, latitude: 41.9, longitude: 12.5}
  - {id: ostia, name: Ostia, kind: city, country: ITA, latitude: 41.7, longitude: 12.3}
  - {id: mons, name: Mons, kind: building, latitude: 50.5, longitude: 3.9}
  - {id: norfolk, name: Norfolk, kind: base, latitude: 36.9, longitude: -76.3}
  - {id: middle-sea, name: Middle Sea, kind: sea, latitude: 35, longitude: 18}
  - {id: hills, name: Hills, kind: building, latitude: 45, longitude: 20, precision: region}
  - {id: nowhere, name: Nowhere, kind: city}
  - {id: half, name: Half, kind: city, latitude: 10}
organisations:
  - {id: hq, name: Headquarters, kind: command, seats: [{value: mons, period: 1990/..}]}
  - {id: hq-2, name: Supreme Second Headquarters, aliases: [SSH], kind: command,
     seats: [{value: mons}]}
  - {id: hq-3, name: Third, kind: command, seats: [{value: mons}]}
  - {id: far, name: Far Command, kind: command, seats: [{value: norfolk}]}
  - {id: lost, name: Lost Command, kind: command, seats: [{value: nowhere}]}
  - {id: seatless, name: Seatless, kind: command}
meetings:
  - {id: talks, name: Talks, kind: summit, date: 1999-03-01/1999-03-02, place: rome}
documents:
  - {id: mandate, name: 'A Mandate of $\frac{1}{2}$ <b>weight</b> -- & more', kind: resolution,
     milestones: [{kind: adopted, date: 1999-04-10}]}
programmes:
  - {id: school, name: School, kind: initiative, predecessors: [],
     milestones: [{kind: launched, date: 1998}]}
operations:
  - {id: steady, name: Operation Steady, kind: crisis-management-force,
     admitted_by: council-decision, places: [oslo, rome], predecessors: [school],
     legal_bases: [{kind: un-resolution, document: mandate}],
     milestones: [{kind: decided, date: 1999-03-02}, {kind: launched, date: 1999-06-12},
                  {kind: extended, date: 2004}, {kind: reduced, date: 2008-01/2009-06},
                  {kind: ended, date: 2012-03-31}, {kind: ended, date: 2013, rank: deprecated}],
     figures: [{measure: troops, value: 5000, bound: about, as_of: 1999-07},
               {measure: troops, value: 4000, upper: 4600, bound: between, as_of: 2002-05-01},
               {measure: personnel, value: 3000, bound: at-most, as_of: 2005},
               {measure: personnel, value: 2500, bound: at-least, as_of: 2008-02-01},
               {measure: troops, value: 90000, as_of: 2010, since: 1999},
               {measure: troops, value: 9999, as_of: 2001, rank: deprecated},
               {measure: troops, value: 8888, as_of: ../2001},
               {measure: troops, value: 8888, as_of: 2001/..},
               {measure: ships, value: 7, as_of: 2001}]}
  - {id: open, name: Operation Open, kind: maritime-security, admitted_by: council-decision,
     areas: [middle-sea, nowhere],
     milestones: [{kind: launched, date: 2003-05}, {kind: attested, date: 2010-10-01}]}
  - {id: faded, name: Operation With a Very Long Name Indeed, aliases: [a b, OWVLNI],
     kind: training-advisory, admitted_by: council-decision, places: [rome], areas: [hills],
     milestones: [{kind: launched, date: 2001}, {kind: ended, date: 2006~}]}
  - {id: unending, name: Relief, kind: disaster-relief, admitted_by: council-decision,
     places: [half], milestones: [{kind: first-deployment, date: 2010-01-15}]}
  - {id: unbegun, name: 'Air & <Sky>', kind: air-policing, admitted_by: council-decision,
     places: [ostia, rome],
     milestones: [{kind: decided, date: ../2003-01}, {kind: ended, date: 2004-02}]}
  - {id: blurred, name: Blurred, kind: headquarters-liaison, admitted_by: council-decision,
     milestones: [{kind: launched, date: 2007}, {kind: ended, date: 2007}]}
  - {id: marked, name: Only Marks, kind: support, admitted_by: support,
     milestones: [{kind: planned, date: 2005-06}, {kind: authorised, date: 2006-01-09/..}]}
  - {id: bare, name: An Operation About Which Nothing at All Is Known but the Name, kind: support,
     admitted_by: support}
contributions:
  - {id: steady-ita, operation: steady, country: ITA, capacity: member,
     figures: [{measure: troops, value: 700, as_of: 2000-02-01},
               {measure: troops, value: 90, bound: about, as_of: 2009},
               {measure: personnel, value: 9000, as_of: 2009, since: 1999}]}
strength_reports:
  - {id: sheet-1, operation: steady, date: 2003-05-01, printed_total: 3900,
     rows: [{country: NOR, personnel: 200}, {country: ITA, personnel: 650}, {country: DEU}]}
  - {id: sheet-2, operation: steady, date: 2006-05-01,
     rows: [{country: NOR, personnel: 150, bound: about}, {country: ITA, personnel: 300}]}
events:
  - {id: storm, name: Storm, kind: attack, date: 1999-02, about: [],
     summary: 'A storm came up over the sea in the night, and nobody who was out there in a boat
       could tell afterwards how long it had lasted, or who had seen it first, or whether
       anybody had been told, so that in the end nobody was asked to write down what there was
       to be written down about it, and nothing more is known of it than this one long line.'}
  - {id: visit, name: Visit, kind: visit, date: 2005-01-01/2005-02, about: [steady]}
decisions:
  - {id: begun, date: 1999-03-02, verb: launches, summary: Operation Steady begins.,
     meeting: talks, affects: [steady], in_response_to: [storm]}
"""


def dataset(text=DATA):
    """Return a dataset of a text."""
    return Dataset(Store(load(text)))


def pictures(style):
    """Return all pictures that are compared, by name, each as a function that draws it."""
    nato = dataset()
    return {
        "timeline": lambda: timeline(nato.operations, style=style),
        "timeline-by-kind": lambda: timeline(
            nato.operations, group="kind", since=2002, until=2009, title="Kinds", style=style
        ),
        "strength": lambda: strength(nato, "steady", style=style),
        "strength-joined": lambda: strength(
            nato, "steady", ["ITA", "USA"], join=True, shared=True, style=style
        ),
        "trace": lambda: trace(nato.trace("steady"), style=style),
        "map": lambda: map_of(nato, style=style),
        "map-around": lambda: map_of(nato, on="2003", around=(-12, 40, 30, 65), style=style),
    }


def pixels(figure):
    """Return a picture as an array of small pixels."""
    from matplotlib.image import imread

    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", dpi=45, metadata={"Software": None})
    buffer.seek(0)
    return imread(buffer)[..., :3]


def difference(one, other):
    """Return the root mean square of the differences of two arrays, of 0 to 255."""
    return float(((one - other) ** 2).mean() ** 0.5 * 255)


def settings():
    """Return the settings of matplotlib, but for the backend: to ask for that imports pyplot."""
    from matplotlib import rcParams

    return {name: rcParams[name] for name in rcParams if name != "backend"}


def main():
    """Write the pictures to compare with."""
    for style in ("light", "dark"):
        for name, draw in pictures(style).items():
            draw().savefig(BASELINE / f"{name}-{style}.png", dpi=45, metadata={"Software": None})


if __name__ == "__main__":
    main()
