curl --fail-with-body 'https://api.clawdrouter.example/v1/messages' \
  --header 'Content-Type: application/json' \
  --header "x-api-key: ${CLAWDROUTER_API_KEY:?}" \
  --header 'anthropic-version: 2023-06-01' \
  --data-raw '{
  "model": "claude-sonnet-4-6",
  "max_tokens": 1024,
  "messages": [{"role": "user", "content": "用简单的话解释什么是机器学习"}]
}'
