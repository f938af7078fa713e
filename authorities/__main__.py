"""``python -m authorities``."""

from authorities.cli import main

main()
