<?php

if (getenv('CLAWDROUTER_API_KEY') === false) {
    fwrite(STDERR, "CLAWDROUTER_API_KEY is not set\n");
    exit(1);
}

$buffer = '';
$ch = curl_init('https://api.clawdrouter.example/v1/chat/completions');
curl_setopt_array($ch, [
    CURLOPT_HTTPHEADER => [
        'Content-Type: application/json',
        'Authorization: Bearer ' . getenv('CLAWDROUTER_API_KEY'),
    ],
    CURLOPT_POSTFIELDS => json_encode([
        'model' => 'gpt-4o',
        'messages' => [
            ['role' => 'user', 'content' => '写一篇关于人工智能的短文'],
        ],
        'stream' => true,
    ]),
    CURLOPT_WRITEFUNCTION => function ($ch, $bytes) use (&$buffer) {
        $buffer .= $bytes;
        if (curl_getinfo($ch, CURLINFO_RESPONSE_CODE) >= 400) {
            return strlen($bytes);
        }
        $events = explode("\n\n", str_replace("\r", '', $buffer));
        $buffer = array_pop($events);
        foreach ($events as $event) {
            if (preg_match_all('/^data: ?(.*)$/m', $event, $lines)) {
                $event = json_decode(implode("\n", $lines[1]), true);
                echo $event['choices'][0]['delta']['content'] ?? '';
                flush();
            }
        }
        return strlen($bytes);
    },
]);
curl_exec($ch);
$status = curl_getinfo($ch, CURLINFO_RESPONSE_CODE);
if (curl_errno($ch) || $status >= 400) {
    fwrite(STDERR, (curl_error($ch) ?: "HTTP $status: $buffer") . PHP_EOL);
    exit(1);
}
echo PHP_EOL;
