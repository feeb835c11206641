"""The packaged statutes as a plain library, without a database, for ``zhifa law check``."""

from __future__ import annotations

import sqlite3
from datetime import date

from zhifa.law.cite import VersionNotHeld, laws, version_on
from zhifa.registry import sources


class PackagedLibrary:
    """Articles of the one version of each law that the package carries.

    Which version that is, is told by its day of promulgation, compared with our own dated table.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._codes = {entry.title: entry.code for entry in laws().values()}

    @classmethod
    def open(cls) -> PackagedLibrary | None:
        """The library of the installed package, read only; None where it is not installed."""
        try:
            path = sources.packaged()
        except sources.NoSource:
            return None
        return cls(sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True))

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
