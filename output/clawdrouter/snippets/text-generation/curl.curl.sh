curl --fail-with-body 'https://api.clawdrouter.example/v1/chat/completions' \
  --header 'Content-Type: application/json' \
  --header "Authorization: Bearer ${CLAWDROUTER_API_KEY:?}" \
  --data-raw '{
  "model": "gpt-4o",
  "messages": [
    {"role": "system", "content": "你是一个有用的助手"},
    {"role": "user", "content": "用简单的话解释什么是机器学习"}
  ]
}'
