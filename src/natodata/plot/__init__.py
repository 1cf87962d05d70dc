"""Pictures of the data: timeline, map, strength, and the chain of a trace.

Each function returns a `matplotlib.figure.Figure` that pyplot knows nothing of, in a light or a
dark style with colours that colour-blind people can tell apart; `save` writes it as SVG, PNG or
PDF, the same bytes each time. matplotlib comes with ``pip install "natodata[plot]"`` and is
imported when a picture is asked for. Its settings (``rcParams``) are left as they are.

>>> import natodata
>>> from natodata import plot
>>> nato = natodata.load()
>>> figure = plot.timeline(nato.operations.on("2011"), since="1999", style="dark")
>>> [function.__name__ for function in (plot.map, plot.strength, plot.trace)]
['map', 'strength', 'trace']
"""

from natodata.plot.canvas import StyleName, save
from natodata.plot.maps import map  # noqa: A004 (the natural name, and used as plot.map)
from natodata.plot.strengths import strength
from natodata.plot.timelines import timeline
from natodata.plot.traces import trace

__all__ = ["StyleName", "map", "save", "strength", "timeline", "trace"]
