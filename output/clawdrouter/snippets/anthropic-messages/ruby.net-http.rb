require "json"
require "net/http"

uri = URI("https://api.clawdrouter.example/v1/messages")
request = Net::HTTP::Post.new(uri)
request["Content-Type"] = "application/json"
request["x-api-key"] = ENV.fetch("CLAWDROUTER_API_KEY")
request["anthropic-version"] = "2023-06-01"
request.body = {
  model: "claude-sonnet-4-6",
  max_tokens: 1024,
  messages: [{ role: "user", content: "用简单的话解释什么是机器学习" }]
}.to_json

http = Net::HTTP.new(uri.hostname, uri.port)
http.use_ssl = uri.scheme == "https"
response = http.request(request)
abort "HTTP #{response.code}: #{response.body}" unless response.is_a?(Net::HTTPSuccess)

puts JSON.parse(response.body).dig("content", 0, "text")
