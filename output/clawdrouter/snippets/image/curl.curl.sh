curl --fail-with-body 'https://api.clawdrouter.example/v1/images/generations' \
  --header 'Content-Type: application/json' \
  --header "Authorization: Bearer ${CLAWDROUTER_API_KEY:?}" \
  --data-raw '{
  "model": "dall-e-3",
  "prompt": "一只在雪地里散步的橘猫，水彩画风格",
  "n": 1,
  "size": "1024x1024"
}'
