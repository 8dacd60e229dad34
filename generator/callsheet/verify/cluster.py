"""Chunks to Verdicts on the machines of a Dask cluster; the scheduler is Dask's own.

A chunk is a plain value. Whichever worker takes it installs what its programs need, fences a
process for it, and answers with its verdicts. What a lost worker held, the scheduler gives to
another, and each chunk is answered once.
"""

from __future__ import annotations

import logging
import socket
from contextlib import closing, contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from callsheet.errors import CallsheetError, UsageError
from callsheet.verify.cells import Level, Verdict
from callsheet.verify.enclosure import Enclosure, packed, unpacked
from callsheet.verify.ladder import prepare
from callsheet.verify.proofs import comparison
from callsheet.verify.versions import versions

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from distributed import Client

    from callsheet.verify.chunks import Chunk
    from callsheet.verify.fence import Mode
    from callsheet.verify.terms import Terms

#: Seconds in which a scheduler must answer.
_PATIENCE = 20


def verified(order: bytes, folders: tuple[Path, ...], fence: Mode, version: str) -> bytes:
    """What a worker does: an order, packed, to its fence's note and its verdicts, packed.

    Raises:
        CallsheetError: The worker has another callsheet, which would judge in another way; or its
            network cannot be fenced, and must be.
    """
    if version != comparison():
        raise CallsheetError("a worker of the cluster has another callsheet; install one there")
    cells, terms = unpacked(order, folders)
    if terms.level > Level.PARSED:
        terms = replace(terms, versions=versions(cells), obstacles=prepare(cells))
    with closing(Enclosure(fence, folders)) as enclosure:
        return packed((enclosure.fence.note, enclosure.verify(cells, terms)))


class Cluster:
    """A crew of the workers of a cluster."""

    #: Cells that go together where they share nothing, since each order has its price.
    bundle = 20

    def __init__(
        self,
        client: Client,
        terms: Terms,
        folders: tuple[Path, ...],
        fence: Mode,
    ) -> None:
        """Begins nothing yet.

        Args:
            client: Of `distributed`, for the scheduler; see `connected`.
            terms: The terms, of which a worker gets what no machine has alone.
            folders: Template folders, which the workers have in the same place.
            fence: What stands around the programs; see `fence.enter`.
        """
        self._client, self._folders, self._fence = client, folders, fence
        self._terms = replace(terms, proofs=None, authority=None, versions={}, obstacles={})
        self._begun: dict[Any, Chunk] = {}

    def work(self, chunks: Sequence[Chunk]) -> Iterator[Verdict]:
        """See `crew.Crew`."""
        from distributed import as_completed

        self._begun = {self._submit(chunk): chunk for chunk in chunks}
        done = as_completed(list(self._begun))  # type: ignore[no-untyped-call]
        for future in done:
            if future.status != "cancelled":
                yield from self._taken(future, self._begun[future])

    def stop(self) -> None:
        """See `crew.Crew`."""
        waiting = [future for future in self._begun if not future.done()]
        self._client.cancel(waiting)  # type: ignore[no-untyped-call]

    def dismiss(self) -> None:
        """See `crew.Crew`."""
        self.stop()

    def _submit(self, chunk: Chunk) -> Any:  # noqa: ANN401  a future of `distributed`
        # What is known of a cell is settled here.
        cells = [replace(cell, known=None, root=cell.root.resolve()) for cell in chunk.cells]
        order = packed((cells, self._terms))
        words = (order, self._folders, self._fence, comparison())
        return self._client.submit(verified, *words, pure=False)

    def _taken(self, future: Any, chunk: Chunk) -> Iterator[Verdict]:  # noqa: ANN401
        from distributed import KilledWorker

        try:
            note, verdicts = unpacked(future.result(), self._folders)
        except KilledWorker as lost:
            for cell in chunk.cells:
                reason = f"the cluster lost every worker that ran it: {lost.last_worker}"
                yield Verdict(cell, "failed", Level.RENDERED, self._terms.level, reason)
            return
        known = {cell.name: cell for cell in chunk.cells}
        for verdict in verdicts:
            yield replace(verdict, cell=known[verdict.cell.name], note=verdict.note or note)


@contextmanager
def connected(address: str) -> Iterator[Client]:
    """A client for a scheduler.

    Args:
        address: Such as `tcp://10.0.0.1:8786`.

    Raises:
        UsageError: Nobody answers there, or the extra `callsheet[dask]` is not installed.
    """
    try:
        from distributed import Client
        from distributed.comm.addressing import get_address_host_port
    except ImportError as error:
        raise UsageError("`--scheduler` needs `pip install 'callsheet[dask]'`") from error
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what matters is raised
    try:
        # Where nobody listens, this is found at once; the client would wait and complain.
        place = get_address_host_port(address)
        socket.create_connection(place, _PATIENCE).close()
        client = Client(address, timeout=_PATIENCE)  # type: ignore[no-untyped-call]
    except (OSError, ValueError, TypeError) as error:
        raise UsageError(f"no scheduler answers at {address}: {error}") from error
    with client:
        yield client
