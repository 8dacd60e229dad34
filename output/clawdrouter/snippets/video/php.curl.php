<?php

if (getenv('CLAWDROUTER_API_KEY') === false) {
    fwrite(STDERR, "CLAWDROUTER_API_KEY is not set\n");
    exit(1);
}

$ch = curl_init('https://api.clawdrouter.example/v1/video/generations');
curl_setopt_array($ch, [
    CURLOPT_HTTPHEADER => [
        'Content-Type: application/json',
        'Authorization: Bearer ' . getenv('CLAWDROUTER_API_KEY'),
    ],
    CURLOPT_POSTFIELDS => json_encode([
        'model' => 'veo-3.1-fast-generate-001',
        'prompt' => 'A cute small bird dancing on a tree branch, moving rhythmically to cheerful music. The bird gently sways its body, lightly flaps its wings, and playfully tilts its head. Bright forest background with soft sunlight and subtle shadows. Semi-realistic, slightly cartoon style, vivid but not over-saturated colors. Static camera, centered subject, smooth motion, medium detail. 720p resolution, clear and stable output.',
        'duration' => 4,
        'metadata' => [
            'durationSeconds' => 4,
            'aspectRatio' => '16:9',
            'resolution' => '720p',
            'negativePrompt' => 'low quality, blurry, distorted',
            'personGeneration' => 'allow_adult',
            'generateAudio' => true,
        ],
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
echo $result['task_id'], PHP_EOL;
