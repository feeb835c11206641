"""Where this installation keeps what it makes: one folder, never committed."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
"""The checkout."""

VAR = Path(os.environ.get("ZHIFA_VAR", ROOT / "var")).absolute()
"""Database, vault, fonts, front-end files, secrets; ``$ZHIFA_VAR`` puts it elsewhere."""
