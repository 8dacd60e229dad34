"""Faults of the request line and of headers: method, path, query, fields, authentication."""

from __future__ import annotations

from .fault import LANGUAGES, Edit, fault

#: How each language writes a header line of the example `json`.
HEADER = {
    "curl": "  --header '{}: {}' \\\n",
    "python": '        "{}": "{}",\n',
    "node": '      "{}": "{}",\n',
    "go": '\treq.Header.Set("{}", "{}")\n',
    "java": '            .header("{}", "{}")\n',
    "php": "        '{}: {}',\n",
    "ruby": 'request["{}"] = "{}"\n',
    "csharp": 'request.Headers.Add("{}", "{}");\n',
}
#: Where it writes the key.
AUTH = {
    "curl": '  --header "Authorization: Bearer ${FAULTS_KEY:?}" \\\n',
    "python": '        "Authorization": f"Bearer {os.environ[\'FAULTS_KEY\']}",\n',
    "node": "      Authorization: `Bearer ${process.env.FAULTS_KEY}`,\n",
    "go": '\treq.Header.Set("Authorization", "Bearer "+faultsKey)\n',
    "java": '            .header("Authorization", "Bearer " + faultsKey)\n',
    "php": "        'Authorization: Bearer ' . getenv('FAULTS_KEY'),\n",
    "ruby": 'request["Authorization"] = "Bearer #{ENV.fetch(\'FAULTS_KEY\')}"\n',
    "csharp": 'request.Headers.Authorization = new("Bearer", faultsKey);\n',
}
#: The key's value, as an expression to append to a text.
KEY = {
    "curl": '\'"$FAULTS_KEY"',
    "python": '" + os.environ["FAULTS_KEY"]',
    "node": '" + process.env.FAULTS_KEY',
    "go": '"+faultsKey',
    "java": '" + faultsKey',
    "php": "' . getenv('FAULTS_KEY')",
    "ruby": '" + ENV.fetch("FAULTS_KEY")',
    "csharp": '" + faultsKey',
}
TRACE = {key: line.format("X-Trace", "abc") for key, line in HEADER.items()}


def header(new: str) -> dict[str, Edit]:
    """The line of X-Trace becomes another; `{}` in it is the line itself."""
    edits: dict[str, Edit] = {}
    for key, line in HEADER.items():
        further, host = line.format("X-Debug", "1"), line.format("Host", "api.other.example")
        edits[key] = ((TRACE[key], new.format(line=TRACE[key], further=further, host=host)),)
    return edits


def auth(old: str, new: str, **others: Edit) -> dict[str, Edit]:
    """The key's line with another word in it."""
    edits: dict[str, Edit] = {}
    for key, line in AUTH.items():
        edits[key] = others.get(key) or ((line, line.replace(old, new)),)
    return edits


def quote(language: str) -> str:
    return "'" if language in ("curl", "php") else '"'


REQUEST_LINE = (
    fault(
        "wrong method",
        "json",
        "method",
        curl=(("--fail-with-body", "--fail-with-body --request PUT"),),
        python=(("requests.post(", "requests.put("),),
        node=(('"POST"', '"PUT"'),),
        go=(('"POST"', '"PUT"'),),
        java=((".POST(", ".PUT("),),
        php=(("CURLOPT_POSTFIELDS", "CURLOPT_CUSTOMREQUEST => 'PUT', CURLOPT_POSTFIELDS"),),
        ruby=(("HTTP::Post", "HTTP::Put"),),
        csharp=(("HttpMethod.Post", "HttpMethod.Put"),),
        issue=True,
    ),
    fault("double-encoded path", "json", "path", (("a%2Fb", "a%252Fb"),), issue=True),
    fault("decoded path", "json", "path", (("a%2Fb", "a/b"),)),
    fault("doubled slash", "json", "path", (("/gateway/", "/gateway//"),), issue=True),
    fault("lost prefix of the server", "json", "path", (("/gateway/", "/"),)),
    fault("slash at the path's end", "json", "path", (("photos?", "photos/?"),)),
    fault(
        "wrong query order",
        "json",
        "query",
        (("tag=red&tag=blue", "tag=blue&tag=red"),),
        issue=True,
    ),
    fault("lost repeated query key", "json", "query", (("tag=red&", ""),)),
    fault("joined query key", "json", "query", (("red&tag=blue", "red,blue"),)),
    fault("changed query value", "json", "query", (("page=2", "page=3"),)),
    fault("double-encoded query", "json", "query", (("tag=red", "t%2561g=red"),)),
    fault(
        "question mark without a query",
        "text",
        "query",
        (("/photos", "/photos?"),),
        python="requests drops a `?` that nothing follows",
        node="fetch drops a `?` that nothing follows",
        java="the JDK drops a `?` that nothing follows",
    ),
)
#: Who answers for another host is not the documented server: the recorder answers nothing.
STRAY = ("connection", "exit status", "number of calls", "stdout")
HOSTS = (
    fault(
        "request to another host",
        "json",
        STRAY,
        (("api.faults.example", "api.other.example"),),
        issue=True,
    ),
    fault("request to another port", "json", STRAY, ((".example/", ".example:8443/"),)),
    fault("plain http", "json", STRAY, (("https://", "http://"),)),
    fault(
        "another host in the Host header",
        "json",
        STRAY,
        header("{line}{host}"),
        go=((TRACE["go"], f'{TRACE["go"]}\treq.Host = "api.other.example"\n'),),
        node="fetch sends no Host of one's own",
        java="the JDK refuses to send a Host of one's own",
    ),
)
FIELDS = (
    fault("dropped header", "json", "header x-trace", header(""), issue=True),
    fault("changed header value", "json", "header x-trace", (("abc", "abd"),), issue=True),
    fault("undeclared header", "json", "extra header x-debug", header("{line}{further}")),
    fault(
        "repeated header",
        "json",
        "header x-trace",
        header("{line}{line}"),
        python="a dict holds a key once",
        node="an object holds a key once",
        go=((TRACE["go"], TRACE["go"] + TRACE["go"].replace("Set", "Add")),),
        ruby=((TRACE["ruby"], TRACE["ruby"] + 'request.add_field("X-Trace", "abc")\n'),),
    ),
    fault(
        "wrong content type",
        "form",
        "header content-type",
        (("application/x-www-form-urlencoded", "text/plain"),),
        curl=(("--fail-with-body", "--fail-with-body --header 'Content-Type: text/plain'"),),
        python=(("headers={", 'headers={"Content-Type": "text/plain", '),),
        csharp=(("\n]);\n", '\n]);\nrequest.Content.Headers.ContentType = new("text/plain");\n'),),
    ),
)
AUTHENTICATION = (
    fault(
        "missing auth",
        "json",
        "header authorization",
        {key: ((line, ""),) for key, line in AUTH.items()},
        issue=True,
    ),
    fault(
        "auth in another header",
        "json",
        ("header authorization", "extra header x-api-key"),
        auth(
            "Authorization",
            "X-Api-Key",
            node=((AUTH["node"], AUTH["node"].replace("Authorization", '"X-Api-Key"')),),
            csharp=((AUTH["csharp"], 'request.Headers.Add("X-Api-Key", "Bearer " + faultsKey);'),),
        ),
        issue=True,
    ),
    fault(
        "auth in the query",
        "json",
        ("header authorization", "query"),
        {
            key: ((AUTH[key], ""), (f"page=2{quote(key)}", f"page=2&key={KEY[key]}"))
            for key in LANGUAGES
        },
        issue=True,
    ),
    fault("wrong scheme of auth", "json", "header authorization", auth("Bearer", "Token")),
    fault(
        "lost scheme of auth",
        "json",
        "header authorization",
        auth(
            "Bearer ",
            "",
            csharp=((AUTH["csharp"], "request.Headers.Authorization = new(faultsKey);"),),
        ),
    ),
    fault(
        "key of the page's author",
        "json",
        "header authorization",
        curl=(("${FAULTS_KEY:?}", "sk-live-1"),),
        python=(("{os.environ['FAULTS_KEY']}", "sk-live-1"),),
        node=(("${process.env.FAULTS_KEY}", "sk-live-1"),),
        go=(('"+faultsKey', 'sk-live-1"'),),
        java=(('" + faultsKey', 'sk-live-1"'),),
        php=(("' . getenv('FAULTS_KEY')", "sk-live-1'"),),
        ruby=(("#{ENV.fetch('FAULTS_KEY')}", "sk-live-1"),),
        csharp=(('"Bearer", faultsKey', '"Bearer", "sk-live-1"'),),
    ),
)
FAULTS = (*REQUEST_LINE, *HOSTS, *FIELDS, *AUTHENTICATION)
