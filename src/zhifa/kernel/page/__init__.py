"""What every page of the house is made with: rendering, lists, exports, doors, words.

::

    return page(request, "cases/detail.html", block="terms", case=case)

renders the page for a browser, and only its block ``terms`` for htmx; the template is the same.
"""

from zhifa.kernel.page.exports import csv_response
from zhifa.kernel.page.frame import Door, Frame, address
from zhifa.kernel.page.lists import Leaf, Sorting, leaf, sorting
from zhifa.kernel.page.render import page, refused, render_block
from zhifa.kernel.page.shapes import Badge, Cell, Column, Paper, Row, Station, Table, Told

__all__ = [
    "Badge",
    "Cell",
    "Column",
    "Door",
    "Frame",
    "Leaf",
    "Paper",
    "Row",
    "Sorting",
    "Station",
    "Table",
    "Told",
    "address",
    "csv_response",
    "leaf",
    "page",
    "refused",
    "render_block",
    "sorting",
]
