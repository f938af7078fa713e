"""One law file shown whole: in plain English with cites, its history, what ends when, what is open, what limits it."""

from authorities.showing._data import file_json
from authorities.showing._html import render_html
from authorities.showing._links import Asked, borrowed, questions
from authorities.showing._lives import life_words
from authorities.showing._text import render_file
from authorities.showing._values import speaker_value
from authorities.showing._view import View, view

__all__ = ["Asked", "View", "borrowed", "file_json", "life_words", "questions", "render_file", "render_html", "speaker_value", "view"]
