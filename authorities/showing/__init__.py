"""One law file shown whole: in plain English with cites, its history, what ends when, what is open, what limits it."""

from authorities.showing._data import file_json
from authorities.showing._expiry import Expiry, expiries
from authorities.showing._html import render_html
from authorities.showing._links import Asked, borrowed, facts_read, questions
from authorities.showing._lives import law_words, life_words
from authorities.showing._text import render_file
from authorities.showing._values import speaker_value
from authorities.showing._view import View, view

__all__ = [
    "Asked",
    "Expiry",
    "View",
    "borrowed",
    "expiries",
    "facts_read",
    "file_json",
    "law_words",
    "life_words",
    "questions",
    "render_file",
    "render_html",
    "speaker_value",
    "view",
]
