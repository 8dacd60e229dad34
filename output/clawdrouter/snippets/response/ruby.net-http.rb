require "json"
require "net/http"

uri = URI("https://api.clawdrouter.example/v1/responses")
request = Net::HTTP::Post.new(uri)
request["Content-Type"] = "application/json"
request["Authorization"] = "Bearer #{ENV.fetch('CLAWDROUTER_API_KEY')}"
request["Request-Id"] = "8f14e45f-ceea-4e7a-9c2b-6d1f0a3b5c7e"
request.body = {
  model: "gpt-4o",
  instructions: "回答不超过一句话",
  input: "为什么天空是蓝色的？"
}.to_json

http = Net::HTTP.new(uri.hostname, uri.port)
http.use_ssl = uri.scheme == "https"
response = http.request(request)
abort "HTTP #{response.code}: #{response.body}" unless response.is_a?(Net::HTTPSuccess)

puts JSON.parse(response.body).dig("output", 0, "content", 0, "text")
