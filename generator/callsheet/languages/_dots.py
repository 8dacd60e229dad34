"""A URL's dot segments, which libcurl takes out where it is not told to leave them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from callsheet.values import fixed

if TYPE_CHECKING:
    from callsheet.values import Text

#: https://curl.se/docs/manpage.html#--path-as-is
_DOTS = re.compile(r"/(?:\.|%2[Ee]){1,2}(?=[/?]|$)")


def has_dots(url: Text) -> bool:
    """Whether a segment of a URL's path is `.` or `..`, also where that is percent-encoded."""
    return bool(_DOTS.search(fixed(url)))
