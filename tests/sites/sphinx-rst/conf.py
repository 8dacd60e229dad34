project = "Shop"
extensions = ["sphinx_copybutton", "sphinx_design"]
html_theme = "furo"
smartquotes = False  # quotes and dashes stay as their author typed them
copybutton_selector = "div.highlight pre"
suppress_warnings = ["misc.highlighting_failure"]  # what no lexer can read is not highlighted
