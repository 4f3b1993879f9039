"""Who goes next: the lines in which queries wait for a worker.

There are two lines, for queries that look light and for the others, so that the work of a moment does not wait behind
work of half a minute. Within a line, clients take turns, so that one who asks a hundred things at once delays mostly
himself. Pure bookkeeping, without clocks, processes or locks; each step takes constant time.
"""

import threading
from collections import OrderedDict, deque
from dataclasses import dataclass, field

from tradegraph.errors import QueryError
from tradegraph.store.runners import Runner


@dataclass(eq=False)
class Waiting:
    """A query that waits: `answered` is set when it has got a `runner` or a refusal (`error`)."""

    client: str
    light: bool
    answered: threading.Event = field(default_factory=threading.Event)
    runner: Runner | None = None
    error: QueryError | None = None


@dataclass
class Line:
    """One line: a queue for each client, in the order of whose turn it is."""

    queues: OrderedDict[str, deque[Waiting]] = field(default_factory=OrderedDict)
    length: int = 0

    def add(self, waiting: Waiting) -> None:
        """Put a query at the end of its client's queue."""
        self.queues.setdefault(waiting.client, deque()).append(waiting)
        self.length += 1

    def next(self) -> Waiting | None:
        """Take out the query whose turn it is; the turn passes to the next client."""
        if not self.queues:
            return None
        client, queue = self.queues.popitem(last=False)
        waiting = queue.popleft()
        self.length -= 1
        if queue:
            self.queues[client] = queue
        return waiting

    def last_of_longest(self) -> Waiting:
        """Take out the last query of the client who has most waiting; of several such clients, whose turn is last."""
        client = max(reversed(self.queues), key=lambda one: len(self.queues[one]))
        waiting = self.queues[client][-1]
        self.remove(waiting)
        return waiting

    def remove(self, waiting: Waiting) -> None:
        """Take out a query that waits no longer; nothing happens when it is not there."""
        queue = self.queues.get(waiting.client)
        if queue is None or waiting not in queue:
            return
        queue.remove(waiting)
        self.length -= 1
        if not queue:
            del self.queues[waiting.client]


@dataclass
class Lines:
    """Both lines. At most `most_heavy` heavy queries are let in at a time, and one always may be."""

    most_heavy: int
    light: Line = field(default_factory=Line)
    heavy: Line = field(default_factory=Line)

    def of(self, waiting: Waiting) -> Line:
        """Return the line that a query waits in."""
        return self.light if waiting.light else self.heavy

    def next(self, running_heavy: int) -> Waiting | None:
        """Take out who goes into a free place, given how many heavy queries are running; None when nobody may."""
        if running_heavy == 0 and (waiting := self.heavy.next()) is not None:
            return waiting
        if (waiting := self.light.next()) is not None:
            return waiting
        return self.heavy.next() if running_heavy < self.most_heavy else None

    def all(self) -> list[Waiting]:
        """Take out everybody."""
        found = []
        for line in (self.light, self.heavy):
            while (waiting := line.next()) is not None:
                found.append(waiting)
        return found
