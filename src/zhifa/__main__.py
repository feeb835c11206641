"""``python -m zhifa`` is the ``zhifa`` command."""

from zhifa.cli import main

main()
