"""Where the newest Site stands: one thread sets it, those that answer browsers wait for it."""

from __future__ import annotations

from threading import Condition

from callsheet.serve.site import Site


class Stage:
    """The site that is shown, and how many there were before it."""

    def __init__(self) -> None:
        self._changed = Condition()
        self._site, self._number = Site(), 0

    @property
    def site(self) -> Site:
        """What is shown now."""
        return self._site

    def show(self, site: Site) -> None:
        """Shows a site from now on."""
        with self._changed:
            self._site = site
            self._number += 1
            self._changed.notify_all()

    def next(self, number: int, seconds: float) -> tuple[int, Site]:
        """The newest site and its number, once that is not `number`; the same after a while."""
        with self._changed:
            self._changed.wait_for(lambda: self._number != number, seconds)
            return self._number, self._site
