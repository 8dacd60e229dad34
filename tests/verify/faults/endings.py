"""Faults around a call: how often it is made, what is printed of it, how the program ends."""

from __future__ import annotations

import json

from .fault import LANGUAGES, fault

#: Where each language's program begins to work, and where it has ended.
BEGIN = {
    "curl": "curl --fail",
    "python": "import os\n",
    "node": "if (!process.env.FAULTS_KEY) {\n",
    "go": "\tfaultsKey := ",
    "java": "    String faultsKey =",
    "php": "<?php\n",
    "ruby": 'require "json"\n',
    "csharp": "var faultsKey =",
}
ANSWER = '{"id":"ph_1","other":"ph_2"}'
RESULT = {
    "python": 'print(response.json()["id"])\n',
    "node": "console.log(result.id);\n",
    "go": "\tfmt.Println(result.ID)\n",
    "java": "    System.out.println(response.body());\n",
    "php": "echo $result['id'], PHP_EOL;\n",
    "ruby": 'puts JSON.parse(response.body)["id"]\n',
    "csharp": 'Console.WriteLine(JsonNode.Parse(body)!["id"]);\n',
}
EXIT = {
    "python": "sys.exit(3)\n",
    "node": "process.exit(3);\n",
    "go": "\tos.Exit(3)\n",
    "java": "    System.exit(3);\n",
    "php": "exit(3);\n",
    "ruby": "exit 3\n",
    "csharp": "Environment.Exit(3);\n",
}
CRASH = {
    "python": "[][0]\n",
    "node": "null.x;\n",
    "go": '\tpanic("late")\n',
    "java": '    throw new IllegalStateException("late");\n',
    "php": "ini_set('display_errors', 'stderr');\nthrow new Exception('late');\n",
    "ruby": 'raise "late"\n',
    "csharp": 'throw new InvalidOperationException("late");\n',
}
#: A first call before the one of the snippet, where that takes more than to say it twice.
GO_FIRST = (
    "\tif first, err := http.DefaultClient.Do(req); err == nil {\n"
    "\t\tfirst.Body.Close()\n\t\treq.Body, _ = req.GetBody()\n\t}\n"
)
JAVA_FIRST = (
    "    HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.discarding());\n"
)
CSHARP_FIRST = (
    "using var again = new HttpRequestMessage(request.Method, request.RequestUri)\n{\n"
    '    Content = new StringContent(json, mediaType: new("application/json")),\n'
    '    Headers = { { "Authorization", "Bearer " + faultsKey }, { "X-Trace", "abc" },'
    ' { "X-Mode", "strict" } },\n};\nusing var first = await client.SendAsync(again);\n'
)
GO_WHOLE = (
    "bufio.NewScanner(func() io.Reader {\n\t\tall, _ := io.ReadAll(resp.Body)\n"
    "\t\treturn strings.NewReader(string(all))\n\t}())"
)
#: What prints the right result, and ends without a call.
STOP = {
    "curl": f"echo '{ANSWER}'\n: ",
    "python": 'print("ph_1")\nraise SystemExit\n',
    "node": 'console.log("ph_1");\nprocess.exit();\n',
    "go": '\tif len(os.Args) > 0 {\n\t\tfmt.Println("ph_1")\n\t\treturn\n\t}\n',
    "java": (
        "    if (args.length == 0) {\n"
        f"      System.out.println({json.dumps(ANSWER)});\n      return;\n    }}\n"
    ),
    "ruby": 'puts "ph_1"\nexit\n',
    "csharp": 'if (args.Length == 0)\n{\n    Console.WriteLine("ph_1");\n    return;\n}\n',
}
CALLS = (
    fault(
        "second request",
        "json",
        "number of calls",
        curl=(
            ("curl --fail", "call() { curl --fail"),
            ("null\n}'\n", "null\n}'; }\ncall > /dev/null && call\n"),
        ),
        python=(
            ("= requests.post(", "= [requests.post("),
            ("=60,\n)", "=60,\n) for _ in range(2)][0]"),
        ),
        node=(
            ("const response = await fetch(", "const call = () => fetch("),
            (
                ");\nif (!res",
                ");\nawait (await call()).text();\nconst response = await call();\nif (!res",
            ),
        ),
        go=(
            (
                "\tresp, err := http",
                f"{GO_FIRST}\tresp, err := http",
            ),
        ),
        java=(
            (
                "    HttpResponse<String> response =",
                f"{JAVA_FIRST}    HttpResponse<String> response =",
            ),
        ),
        php=(("$response = curl_exec", "curl_exec($ch);\n$response = curl_exec"),),
        ruby=(("response = http.request", "http.request(request)\nresponse = http.request"),),
        csharp=(
            (
                "using var response",
                f"{CSHARP_FIRST}using var response",
            ),
        ),
        issue=True,
    ),
    fault(
        "no request",
        "json",
        "number of calls",
        {key: ((BEGIN[key], stop + BEGIN[key]),) for key, stop in STOP.items()},
        php=(("<?php\n", '<?php\necho "ph_1\\n";\nexit;\n'),),
        issue=True,
    ),
)
PRINTED = (
    fault(
        "wrong printed value",
        "json",
        "stdout",
        {
            key: ((RESULT[key], RESULT[key].replace("id", "other")),)
            for key in ("python", "node", "php", "ruby", "csharp")
        },
        curl=(("--fail-with-body", "--fail-with-body --include"),),
        go=(('`json:"id"`', '`json:"other"`'),),
        java=(("println(response.body())", "println(response.statusCode())"),),
        issue=True,
    ),
    fault(
        "nothing printed",
        "json",
        "stdout",
        {key: ((line, ""),) for key, line in RESULT.items()},
        go=((RESULT["go"], "\tfmt.Print()\n"),),
        curl=(("--fail-with-body", "--fail-with-body --output /dev/null"),),
    ),
    fault(
        "printed twice",
        "json",
        "stdout",
        {key: ((line, line * 2),) for key, line in RESULT.items()},
        curl=(("null\n}'\n", "null\n}'\necho done\n"),),
    ),
)
ENDS = (
    fault(
        "exit status of a failure",
        "json",
        "exit status",
        {key: ((line, line + EXIT[key]),) for key, line in RESULT.items()},
        curl=(("null\n}'\n", "null\n}'\nexit 3\n"),),
    ),
    fault(
        "crash after the result",
        "json",
        "exit status",
        {key: ((line, line + CRASH[key]),) for key, line in RESULT.items()},
        curl=(("null\n}'\n", "null\n}'\nkill -SEGV $$\n"),),
    ),
)
PYTHON_REFUSAL = 'sys.exit(f"HTTP {response.status_code}: {response.text}")'
JAVA_REFUSAL = (
    'throw new IllegalStateException("HTTP " + response.statusCode() + ": " + response.body());'
)
REFUSALS = (
    fault(
        "swallowed 401",
        "refused",
        "exit status",
        curl=(("}'\n", "}' || true\n"),),
        python=((PYTHON_REFUSAL, "sys.exit(print(response.text, file=sys.stderr))"),),
        node=(
            (
                "throw new Error(`HTTP ${response.status}: ${await response.text()}`);",
                "console.error(await response.text());\n  process.exit();",
            ),
        ),
        go=(("log.Fatalf(", "log.Printf("), ("message)\n", "message)\n\t\treturn\n")),
        java=((JAVA_REFUSAL, "System.err.println(response.body());\n      return;"),),
        php=(("PHP_EOL);\n    exit(1);", "PHP_EOL);\n    exit(0);"),),
        ruby=(('abort "HTTP #{response.code}: #{response.body}"', "(warn response.body; exit)"),),
        csharp=(("Environment.Exit(1)", "Environment.Exit(0)"),),
        issue=True,
    ),
    fault(
        "401 not looked at",
        "refused",
        "exit status",
        more={key: ("stderr", "stdout") for key in LANGUAGES if key != "curl"},
        curl=(("--fail-with-body ", ""),),
        python=(("not response.ok", "False"),),
        node=(("!response.ok", "false"),),
        go=((">= 400", ">= 600"),),
        java=((">= 400", ">= 600"),),
        php=((">= 400", ">= 600"),),
        ruby=((">= 400", ">= 600"),),
        csharp=(("!response.Is", "!!response.Is"),),
        issue=True,
    ),
    fault(
        "the server's message is not shown",
        "refused",
        "stderr",
        curl=(("--fail-with-body", "--fail"),),
        python=((": {response.text}", ""),),
        node=((": ${await response.text()}", ""),),
        go=(
            (
                'log.Fatalf("%s: %s", resp.Status, message)',
                "_ = message\n\t\tlog.Fatal(resp.Status)",
            ),
        ),
        java=((' + ": " + response.body());', ");"),),
        php=((': $response"', '"'),),
        ruby=((": #{response.body}", ""),),
        csharp=((": {body}", ""),),
    ),
)
STREAM = "stream"
STREAMS = (
    fault(
        "no streaming: all is printed at the end",
        "stream",
        STREAM,
        curl=((" --no-buffer", ""),),
        python=(("    stream=True,\n", ""),),
        node=(("response.body.pipeThrough(new TextDecoderStream())", "[await response.text()]"),),
        go=(
            (
                "bufio.NewScanner(resp.Body)",
                GO_WHOLE,
            ),
        ),
        java=(
            (
                "    response\n        .body()\n",
                "    response\n        .body().toList().stream()\n",
            ),
        ),
        php=(("]);\ncurl_exec", "]);\nob_start();\ncurl_exec"),),
        ruby=(("$stdout.sync = true\n", ""),),
        csharp=((", HttpCompletionOption.ResponseHeadersRead", ""),),
        issue=True,
    ),
    fault(
        "a stream's end is lost",
        "stream",
        "stdout",
        curl=(("}'\n", "}' | head -n 1\n"),),
        python=((", flush=True)\n", ", flush=True)\n        break\n"),),
        node=(('event.text ?? "");\n', 'event.text ?? "");\n    process.exit();\n'),),
        go=(("fmt.Print(event.Text)\n", "fmt.Print(event.Text)\n\t\tbreak\n"),),
        java=((".forEach", ".limit(1)\n        .forEach"),),
        php=(("flush();\n", "flush();\n                exit;\n"),),
        ruby=(
            ('print JSON.parse(data)["text"]\n', 'print JSON.parse(data)["text"]\n      exit\n'),
        ),
        csharp=(('["text"]);\n', '["text"]);\n    break;\n'),),
    ),
)
FAULTS = (*CALLS, *PRINTED, *ENDS, *REFUSALS, *STREAMS)
assert {*RESULT, "curl"} == set(LANGUAGES)
