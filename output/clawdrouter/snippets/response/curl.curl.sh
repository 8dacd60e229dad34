curl --fail-with-body 'https://api.clawdrouter.example/v1/responses' \
  --header 'Content-Type: application/json' \
  --header "Authorization: Bearer ${CLAWDROUTER_API_KEY:?}" \
  --header 'Request-Id: 8f14e45f-ceea-4e7a-9c2b-6d1f0a3b5c7e' \
  --data-raw '{
  "model": "gpt-4o",
  "instructions": "回答不超过一句话",
  "input": "为什么天空是蓝色的？"
}'
