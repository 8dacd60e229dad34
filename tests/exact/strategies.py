"""Arbitrary calls as examples of a spec: any method, place, text, JSON value and kind of body."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from callsheet.spec.texts import METHODS

from .writing import Json, Lexeme, Variable

#: What some language, shell or library acts on.
_PIECES = (
    *("'", '"', "`", "\\", '"""', "'''", "$HOME", "${x}", "$(id)", "{$x}", "#{1+1}", "#@x", "%s"),
    *("%", "{0}", "{{x}}", '$"{y}"', "\\n", "\\u0041", "\n", "\r\n", "\r", "\t", "\0", "\x01"),
    *("\x1b", "\x7f", "\x80", "\x85", "\xa0", "\u2028", "\u202e", "\ufeff", "\uffff", "\ud800"),
    *("é", "e\u0301", "中", "😀", "א", "@", "@file"),
    *("<", "=", "&", "+", ";", ",", ":", "/", "?", "#"),
    *("*/", "?>", "//", "-", "--", "~", "!", "!$", "[1-3]", "{a,b}", " ", "  ", "EOF", "\nTEXT\n"),
    *("null", "true", "1.10", "__proto__", "..", "a", "0"),
)
texts = st.lists(
    st.sampled_from(_PIECES) | st.text(st.characters(codec=None), max_size=4), max_size=6
).map("".join)
variables = st.sampled_from(["HOSTILE_A", "HOSTILE_B"]).map(Variable)
#: Text, rarely a variable.
values = st.one_of(texts, texts, texts, variables)
_ASCII = st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=12)
_TOKEN = st.text("abcXYZ019!#$%&'*+.^_`|~-", min_size=1, max_size=6)

_LEXEMES = ("0", "-0", "-0.0", "1.0", "1.10", "1e400", "1E5", "5e-324", "9007199254740993")
_NUMBER = r"-?(0|[1-9][0-9]{0,24})(\.[0-9]{1,20})?([eE][-+]?[0-9]{1,3})?"
numbers = (st.sampled_from(_LEXEMES) | st.from_regex(_NUMBER, fullmatch=True)).map(Lexeme)


def _json(leaves: st.SearchStrategy[Any]) -> st.SearchStrategy[Json]:
    value = st.recursive(
        leaves,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
        max_leaves=8,
    )
    return value.map(Json)


fixed_json = _json(st.none() | st.booleans() | numbers | texts)
json_values = fixed_json | _json(st.none() | numbers | texts | variables)


def pairs(names: st.SearchStrategy[str], items: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """A mapping, or a list of pairs in which names may repeat."""
    many = items | st.lists(items, min_size=1, max_size=3)
    single = st.tuples(names, items).map(lambda pair: {pair[0]: pair[1]})
    return st.dictionaries(names, many, max_size=3) | st.lists(single, max_size=4)


_HEADERS = st.sampled_from(
    ["Accept", "X-A", "x-a", "X-B", "User-Agent", "Content-Language", "Prefer"]
)
_lines = st.one_of(_ASCII, st.sampled_from([piece for piece in _PIECES if piece.isascii()]))
headers = pairs(_HEADERS | _TOKEN.map("X-{}".format), _lines.map(str.strip) | variables)
cookies = pairs(_TOKEN, _ASCII.map(lambda text: text.replace(";", "").strip()) | variables)

_FILES = (
    "every.bin",
    "empty.bin",
    "lines.bin",
    "-d.bin",
    "@at;type=x,y.bin",
    "it's a $HOME #{1} é.bin",
)
files = st.sampled_from(_FILES).map("files/{}".format)
_TYPES = st.sampled_from(
    ["text/plain", "application/vnd.a+json", "image/png", "text/csv; charset=utf-8"]
)


def _with(required: dict[str, Any], optional: dict[str, Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(required, optional=optional)


_NAMED = {"type": _TYPES, "filename": texts}
parts = st.one_of(
    _with({"name": texts, "text": values}, {}),
    _with({"name": texts, "text": values}, _NAMED),
    _with({"name": texts, "json": json_values}, {"type": _TYPES}),
    _with({"name": texts, "file": files}, _NAMED),
)
_TYPED = {"type": _TYPES}
bodies = st.one_of(
    _with({"json": json_values}, {}),
    _with({"json": json_values}, _TYPED),
    _with({"text": values}, _TYPED),
    _with({"xml": texts}, {}),
    _with({"form": pairs(texts, values)}, {}),
    _with({"ndjson": st.lists(fixed_json, max_size=3)}, {}),
    _with({"multipart": st.lists(parts, min_size=1, max_size=4)}, {}),
    _with({"file": files}, _TYPED),
)

_REFUSED = {"status": st.sampled_from([400, 401, 404, 409, 422, 500, 503])}
responses = st.one_of(
    st.just({}),
    st.just({"status": 204}),
    _with({"text": texts}, {"status": st.sampled_from([200, 201, 207])}),
    _with({"json": fixed_json}, {"type": st.just("application/vnd.a+json")}),
    _with({"ndjson": st.lists(fixed_json, max_size=3)}, {}),
    _with({"file": files}, {}),
    _with({"sse": st.lists(texts, min_size=1, max_size=4)}, {}),
    _with({**_REFUSED, "json": texts.map(lambda text: {"message": f"no {text}"})}, {}),
)


@st.composite
def answers(draw: st.DrawFn) -> dict[str, Any]:
    """A response, and what is printed of it."""
    name = draw(st.sampled_from(["id", "text", "Ab"]) | texts.filter(bool))
    shape = draw(st.sampled_from(["none", "json", "sse"]))
    if shape == "none":
        return {"response": draw(responses)}
    step = '["' + name.replace("\\", "\\\\").replace('"', '\\"') + '"]'
    if shape == "json":
        content = {name: draw(st.none() | numbers | texts | st.lists(texts, max_size=2))}
        return {"response": {"json": Json(content)}, "prints": step}
    events = draw(st.lists(texts.map(lambda text: {name: text}), min_size=1, max_size=3))
    end = draw(st.sampled_from([[], ["[DONE]"], ["it's done"]]))
    return {"response": {"sse": [*map(Json, events), *end]}, "prints": step}


_METHODS = (*METHODS, *METHODS[:5], *METHODS[:5], "PROPFIND", "QUERY", "M-9", "'A$B`-")
#: What may stand in a path as it is written; little of what many clients decline.
_LITERALS = (*"abcXYZ019/-._~!$&'()*+,;=:@|\\^\"<>`é😀", "%2F", "%c3%a9", "%41", "%", "[x]")


@st.composite
def cases(draw: st.DrawFn) -> tuple[str, dict[str, Any]]:
    """A request line and an example of it."""
    method = draw(st.sampled_from(_METHODS))
    literal = st.lists(st.sampled_from(_LITERALS), max_size=6).map("".join)
    names = draw(st.lists(st.sampled_from(["p", "q", "id"]), max_size=2, unique=True))
    path = "/" + draw(literal) + "".join(f"/{{{name}}}{draw(literal)}" for name in names)
    keys = st.sampled_from(["bearer", "basic", "header", "query", "cookie", "oauth", "hmac"])
    optional = {
        "auth": st.lists(keys, min_size=1, max_size=2, unique=True),
        "query": pairs(texts, values),
        "headers": headers,
        "cookies": cookies,
        "body": bodies,
    }
    example = draw(_with({"path": st.fixed_dictionaries(dict.fromkeys(names, values))}, optional))
    # Variables in one call of four: many clients decline some place of theirs.
    example = example if draw(st.integers(0, 3)) == 3 else _settled(example)
    return f"{method} {path}", {**example, **draw(answers())}


def _settled(value: Any) -> Any:
    """A value without variables."""
    if isinstance(value, Variable):
        return "x"
    if isinstance(value, Json):
        return Json(_settled(value.value))
    if isinstance(value, dict):
        return {name: _settled(item) for name, item in value.items()}
    return [_settled(item) for item in value] if isinstance(value, list) else value
