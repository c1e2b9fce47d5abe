"""How the site is built: `sphinx-build -W docs site`."""

import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

import generate  # noqa: E402

from verifier import __version__  # noqa: E402

project = "pathway-verifier"
version = release = __version__
copyright = "the verifier developers"
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.mathjax", "sphinx.ext.napoleon"]
html_theme = "furo"
html_title = "pathway-verifier"
html_show_sphinx = False
html_copy_source = False
myst_enable_extensions = ["dollarmath"]
myst_heading_anchors = 3
autodoc_member_order = "bysource"
autodoc_inherit_docstrings = False
autodoc_preserve_defaults = True
suppress_warnings = ["ref.python"]  # two rooms may have a class of one name


def setup(app: Any) -> None:
    """Write the reference, and let docstrings be read as what they are."""
    generate.write(HERE / "reference")
    app.connect("autodoc-process-docstring", generate.as_rst, priority=100)
