"""Events of a YAML parser to nodes; faults that leave a tree to read are gathered on the way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from yaml import events

from callsheet.errors import Diagnostic, SpecError, nearest, quoted
from callsheet.spec.jsontext import DEEP_HELP
from callsheet.spec.keys import entries_of
from callsheet.spec.limits import MAX_CHARACTERS, MAX_DEPTH, MAX_FAULTS, MAX_GROWTH, MAX_NODES
from callsheet.spec.nodes import (
    ALIAS,
    BLOCK,
    FAULTY,
    FLOW,
    NONE,
    OURS,
    PLAIN,
    QUOTED,
    MappingNode,
    Node,
    ScalarNode,
    SequenceNode,
    size_of,
)
from callsheet.spec.source import Place, fault_of_tag
from callsheet.spec.syntax import DOCUMENT_HELP, TAG_HELP

if TYPE_CHECKING:
    from collections.abc import Callable

    from yaml.error import Mark

    from callsheet.spec.source import Source

    #: An event of PyYAML's, whose stubs leave open what is always there.
    Event = Any


@dataclass(slots=True)
class _Anchor:
    """A node that aliases may repeat, once it is complete."""

    node: Node
    open: bool = True


class Composer:
    """Makes one document's tree.

    Attributes:
        source: The text.
        next_event: Answers the parser's next event.
        hidden: Characters that stand for others in the parser's text.
        faults: What was found so far.
    """

    def __init__(
        self, source: Source, next_event: Callable[[], Event], hidden: dict[int, str]
    ) -> None:
        self.source = source
        self.next_event = next_event
        self.hidden = hidden
        self.faults: list[Diagnostic] = []
        self._children: list[Node] = []
        self._open: list[tuple[list[Node], Node, _Anchor | None]] = []
        self._anchors: dict[str, _Anchor] = {}
        self._sizes: dict[int, tuple[int, int]] = {}
        self._added = (0, 0)

    def compose(self) -> Node | None:
        """The document's root, or None for an empty file.

        Raises:
            SpecError: Aliases or levels that are too many.
            yaml.YAMLError: The syntax is broken.
        """
        handlers: dict[type, Callable[[Event], None]] = {
            events.ScalarEvent: self._scalar,
            events.SequenceStartEvent: self._sequence,
            events.MappingStartEvent: self._mapping,
            events.SequenceEndEvent: self._end,
            events.MappingEndEvent: self._end_mapping,
            events.AliasEvent: self._alias,
        }
        next_event = self.next_event
        next_event()  # the stream starts
        if isinstance(next_event(), events.StreamEndEvent):
            return None
        event = next_event()
        while handler := handlers.get(event.__class__):
            handler(event)
            event = next_event()
        another = next_event()
        if not isinstance(another, events.StreamEndEvent):
            message = "a second document starts here"
            self._note(another.start_mark, 1, "CS101", message, DOCUMENT_HELP)
        return self._children[0]

    def _scalar(self, event: Event) -> None:
        tag, value = event.tag, event.value
        if self.hidden:
            value = value.translate(self.hidden)
        node = ScalarNode(tag, value, event.start_mark, event.style or "")
        if tag is None:
            node.tag = QUOTED if event.style else PLAIN
        elif tag not in OURS:
            self._refuse_tag(node, tag)
        self._children.append(node)
        if event.anchor is not None:
            self._anchors[event.anchor] = _Anchor(node, open=False)

    def _sequence(self, event: Event) -> None:
        style = FLOW if event.flow_style else BLOCK
        node = SequenceNode(event.tag or NONE, [], event.start_mark, style)
        self._start(node, node.value, event.anchor)

    def _mapping(self, event: Event) -> None:
        style = FLOW if event.flow_style else BLOCK
        node = MappingNode(event.tag or NONE, [], event.start_mark, style)
        self._start(node, [], event.anchor)

    def _start(
        self, node: SequenceNode | MappingNode, children: list[Node], name: str | None
    ) -> None:
        """Opens a collection; what follows goes into its children."""
        if len(self._open) >= MAX_DEPTH:
            message = f"more than {MAX_DEPTH} levels of nesting"
            self._note(node.mark, 1, "CS103", message, DEEP_HELP)
            raise SpecError(self.faults)
        if node.tag != NONE:
            self._refuse_tag(node, node.tag)
        self._children.append(node)
        anchor = None
        if name is not None:
            anchor = self._anchors[name] = _Anchor(node)
        self._open.append((self._children, node, anchor))
        self._children = children

    def _end(self, _event: Event) -> None:
        self._children, _, anchor = self._open.pop()
        if anchor is not None:
            anchor.open = False

    def _end_mapping(self, event: Event) -> None:
        node = self._open[-1][1]
        if isinstance(node, MappingNode):
            node.value = entries_of(node, self._children, self.faults)
        self._end(event)
        if len(self.faults) > MAX_FAULTS:
            raise SpecError([*self.faults[:MAX_FAULTS], too_many(self.source)])

    def _alias(self, event: Event) -> None:
        """A node that shares its parts with the anchor's, at the place of the alias."""
        anchor, mark, length = (
            self._anchors.get(event.anchor),
            event.start_mark,
            1 + len(event.anchor),
        )
        node: Node = ScalarNode(FAULTY, "", mark, ALIAS)
        name = quoted("*" + event.anchor)
        if anchor is None:
            way_out = "define it before with `&`, or put the value in quotes"
            self._note(mark, length, "CS101", f"the alias {name} has no anchor", way_out)
        elif anchor.open:
            message = f"{name} stands inside the value that it repeats"
            self._note(mark, length, "CS103", message, "write the value out")
        else:
            self._check_size(anchor.node, mark, length)
            node = _repeated(anchor.node, mark)
        self._children.append(node)

    def _check_size(self, node: Node, mark: Mark, length: int) -> None:
        """Stops at the alias that makes the document too large."""
        more = size_of(node, self._sizes)
        self._added = values, characters = self._added[0] + more[0], self._added[1] + more[1]
        written = len(self.source.text)
        if values > max(MAX_NODES, written) or characters > max(
            MAX_CHARACTERS, MAX_GROWTH * written
        ):
            message = f"up to here, aliases add {values:,} values with {characters:,} characters"
            self._note(mark, length, "CS103", message, "write the values out")
            raise SpecError(self.faults)

    def _refuse_tag(self, node: Node, uri: str) -> None:
        """Notes a tag that is not ours, or does not go with the node."""
        tag = uri.replace("tag:yaml.org,2002:", "!!")
        near = nearest(tag, OURS)
        message, way_out = f"unknown tag {quoted(tag)}", TAG_HELP
        if tag in OURS:
            kind = "a list" if isinstance(node, SequenceNode) else "a mapping"
            message = f"`{tag}` goes with text, not with {kind}"
        elif near:
            way_out = f"did you mean `{near}`?"
        elif tag in {"!", "!!str"}:
            way_out = "put the text in quotes instead"
        self.faults.append(fault_of_tag(node, message, way_out))
        node.tag = FAULTY

    def _note(self, mark: Mark, length: int, code: str, message: str, way_out: str = "") -> None:
        place = Place(mark.line, mark.column, length)
        self.faults.append(self.source.fault(place, code, message, way_out))


def _repeated(node: Node, mark: Mark) -> Node:
    """The node of an alias; tagged text is shared, as its faults are where it stands."""
    if isinstance(node, ScalarNode):
        return node if node.tag in OURS else ScalarNode(node.tag, node.value, mark, ALIAS)
    if isinstance(node, SequenceNode):
        return SequenceNode(node.tag, node.value, mark, ALIAS)
    return MappingNode(node.tag, node.value, mark, ALIAS)


def too_many(source: str) -> Diagnostic:
    """Says that a file's faults are too many to show."""
    message = f"more than {MAX_FAULTS:,} faults; the others are not shown"
    return Diagnostic(str(source), 0, 0, "CS003", message, "mend those that are shown first")
