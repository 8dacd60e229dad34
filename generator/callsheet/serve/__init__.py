"""`callsheet serve`: pages in a browser that shows each change of their sources as it is saved.

studio.py builds what site.py holds and stage.py shows; server.py answers the browser, and watch.py
says what was saved. Nothing is written but callsheet's own cache.
"""

from __future__ import annotations

import sys
import threading
import webbrowser
from dataclasses import dataclass
from typing import TYPE_CHECKING

from callsheet import terminal
from callsheet.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from callsheet.options import Options
    from callsheet.serve.studio import Make


@dataclass(frozen=True, slots=True)
class Ask:
    """What the command line says of the server.

    Attributes:
        port: To listen on; 0 takes any free one, None the first that is free from 8000 on.
        browse: Whether to open a browser.
    """

    port: int | None = None
    browse: bool = False


def run(specs: Sequence[Path], make: Make, options: Options, ask: Ask) -> None:
    """Serves the pages of specs until it is interrupted.

    Args:
        specs: Files or folders.
        make: Builds one of them: `make(spec, options)` gives its sheet and its plan.
        options: What is built; the formats are HTML.
        ask: What the command line says.

    Raises:
        UsageError: A spec or a format does not exist, the port is taken, or watchfiles is missing.
    """
    try:
        from callsheet.serve import server, watch
        from callsheet.serve.studio import Studio
    except ImportError as error:
        if error.name != "watchfiles":
            raise
        raise UsageError("this needs watchfiles: `pip install 'callsheet[serve]'`") from None

    sys.dont_write_bytecode = (
        True  # a language module that was saved twice in a second is read anew
    )
    studio = Studio(specs, make, options)
    studio.build()
    with server.opened(studio.stage, ask.port) as serving:
        threading.Thread(target=serving.serve_forever, args=(0.1,), daemon=True).start()
        terminal.say(f"serving {serving.url}  (stop with Ctrl+C)")
        if ask.browse:
            webbrowser.open(serving.url)
        try:
            watch.follow(studio)
        except KeyboardInterrupt:
            terminal.say("stopped")
        finally:
            serving.shutdown()
