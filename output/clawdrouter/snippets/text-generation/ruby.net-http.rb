require "json"
require "net/http"

uri = URI("https://api.clawdrouter.example/v1/chat/completions")
request = Net::HTTP::Post.new(uri)
request["Content-Type"] = "application/json"
request["Authorization"] = "Bearer #{ENV.fetch('CLAWDROUTER_API_KEY')}"
request.body = {
  model: "gpt-4o",
  messages: [
    { role: "system", content: "你是一个有用的助手" },
    { role: "user", content: "用简单的话解释什么是机器学习" }
  ]
}.to_json

http = Net::HTTP.new(uri.hostname, uri.port)
http.use_ssl = uri.scheme == "https"
response = http.request(request)
abort "HTTP #{response.code}: #{response.body}" unless response.is_a?(Net::HTTPSuccess)

puts JSON.parse(response.body).dig("choices", 0, "message", "content")
