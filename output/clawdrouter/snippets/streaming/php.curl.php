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
        $lines = explode("\n", $buffer);
        $buffer = array_pop($lines);
        foreach ($lines as $line) {
            if (str_starts_with($line, 'data:')) {
                $event = json_decode(substr($line, 5), true);
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
