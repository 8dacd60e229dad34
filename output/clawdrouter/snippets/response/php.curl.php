<?php

if (getenv('CLAWDROUTER_API_KEY') === false) {
    fwrite(STDERR, "CLAWDROUTER_API_KEY is not set\n");
    exit(1);
}

$ch = curl_init('https://api.clawdrouter.example/v1/responses');
curl_setopt_array($ch, [
    CURLOPT_HTTPHEADER => [
        'Content-Type: application/json',
        'Authorization: Bearer ' . getenv('CLAWDROUTER_API_KEY'),
        'Request-Id: 8f14e45f-ceea-4e7a-9c2b-6d1f0a3b5c7e',
    ],
    CURLOPT_POSTFIELDS => json_encode([
        'model' => 'gpt-4o',
        'instructions' => '回答不超过一句话',
        'input' => '为什么天空是蓝色的？',
    ]),
    CURLOPT_RETURNTRANSFER => true,
]);
$response = curl_exec($ch);
$status = curl_getinfo($ch, CURLINFO_RESPONSE_CODE);
if (curl_errno($ch) || $status >= 400) {
    fwrite(STDERR, (curl_error($ch) ?: "HTTP $status: $response") . PHP_EOL);
    exit(1);
}

$result = json_decode($response, true, flags: JSON_THROW_ON_ERROR);
echo $result['output'][0]['content'][0]['text'], PHP_EOL;
