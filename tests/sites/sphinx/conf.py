"""All of MyST's extensions that could read prose and code otherwise."""

project = "Shop"
extensions = ["myst_parser", "sphinx_copybutton", "sphinx_design"]
html_theme = "furo"
smartquotes = False  # quotes and dashes stay as their author typed them
copybutton_selector = "div.highlight pre"
suppress_warnings = ["misc.highlighting_failure"]  # what no lexer can read is not highlighted
myst_enable_extensions = [
    "amsmath",
    "attrs_block",
    "attrs_inline",
    "colon_fence",
    "deflist",
    "dollarmath",
    "fieldlist",
    "html_admonition",
    "html_image",
    "replacements",
    "strikethrough",
    "substitution",
    "tasklist",
]
