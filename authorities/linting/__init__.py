"""Lint: what is wrong, doubtful or untidy in a library, found before anybody relies on it.

Each check is a module with the kinds of finding it makes (``KINDS``) and a function (``check``) that walks the library
and yields issues; an issue is a value. Every kind has a page in ``docs/lint``. Nothing here knows any law.
"""

from authorities.linting._issue import SEVERITIES, Issue, Kind, Severity
from authorities.linting._running import CHECKS, KINDS, Report, lint, lint_contents

__all__ = ["CHECKS", "KINDS", "SEVERITIES", "Issue", "Kind", "Report", "Severity", "lint", "lint_contents"]
