curl --fail-with-body 'https://api.clawdrouter.example/v1/responses' \
  --header 'Content-Type: application/json' \
  --header "Authorization: Bearer ${CLAWDROUTER_API_KEY:?}" \
  --data-raw '{
  "model": "gpt-4o",
  "instructions": "回答不超过一句话",
  "input": "为什么天空是蓝色的？"
}'
