"""The annual interpretation memo: what each authority lets be done in a fiscal year, as counsel's library has it.

One model (:mod:`authorities.memo.model`) is gathered from the library, laid out once, and written as HTML and as Word.
"""

from authorities.memo.gathering import gather
from authorities.memo.html import render_html
from authorities.memo.layout import lay_out
from authorities.memo.model import Memo, as_data

__all__ = ["Memo", "as_data", "gather", "lay_out", "render_html"]
