"""A hand-written page + a spec's snippets to the page with its blocks filled, nothing else touched.

markers.py finds the blocks, wishes.py reads what each asks for, page.py prints it, and filled.py
puts it between the markers. The extensions for Python-Markdown and Sphinx use the same page.py.
"""
