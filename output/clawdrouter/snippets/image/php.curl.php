<?php

if (getenv('CLAWDROUTER_API_KEY') === false) {
    fwrite(STDERR, "CLAWDROUTER_API_KEY is not set\n");
    exit(1);
}

$ch = curl_init('https://api.clawdrouter.example/v1/images/generations');
curl_setopt_array($ch, [
    CURLOPT_HTTPHEADER => [
        'Content-Type: application/json',
        'Authorization: Bearer ' . getenv('CLAWDROUTER_API_KEY'),
    ],
    CURLOPT_POSTFIELDS => json_encode([
        'model' => 'dall-e-3',
        'prompt' => '一只在雪地里散步的橘猫，水彩画风格',
        'n' => 1,
        'size' => '1024x1024',
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
echo $result['data'][0]['url'], PHP_EOL;
