curl --fail-with-body --no-buffer 'https://api.clawdrouter.example/v1/chat/completions' \
  --header 'Content-Type: application/json' \
  --header "Authorization: Bearer ${CLAWDROUTER_API_KEY:?}" \
  --data-raw '{
  "model": "gpt-4o",
  "messages": [{"role": "user", "content": "写一篇关于人工智能的短文"}],
  "stream": true
}'
