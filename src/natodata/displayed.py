"""How things of the data show themselves in a notebook.

Jupyter and IPython ask an object for ``_repr_html_``. Records, tables, timelines, traces and
differences stand on floors below the exports, which write the HTML. So the one import in this
module points upwards; it happens when a notebook asks, never when a module is loaded, and the
contract of the floors names it as its exception. The other ways were worse: to register writers
with IPython takes a line that every user has to know, and to have `natodata.dataset` put methods
into classes of other modules changes them behind the reader's back.
"""

__all__ = ["Displayed"]


class Displayed:
    """Shows itself as HTML in notebooks; see `natodata.export.html`.

    Examples:
        >>> import natodata
        >>> html = natodata.operations["kfor"]._repr_html_()
        >>> "<code>kfor</code>" in html, "<details>" in html
        (True, True)
    """

    __slots__ = ()

    def _repr_html_(self) -> str:
        """Return it as HTML; every text in it is escaped."""
        from natodata.export.html import as_html

        return as_html(self)
