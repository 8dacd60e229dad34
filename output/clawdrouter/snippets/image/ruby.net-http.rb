require "json"
require "net/http"

uri = URI("https://api.clawdrouter.example/v1/images/generations")
request = Net::HTTP::Post.new(uri)
request["Content-Type"] = "application/json"
request["Authorization"] = "Bearer #{ENV.fetch('CLAWDROUTER_API_KEY')}"
request.body = {
  model: "dall-e-3",
  prompt: "一只在雪地里散步的橘猫，水彩画风格",
  n: 1,
  size: "1024x1024"
}.to_json

http = Net::HTTP.new(uri.hostname, uri.port)
http.use_ssl = uri.scheme == "https"
response = http.request(request)
abort "HTTP #{response.code}: #{response.body}" unless response.is_a?(Net::HTTPSuccess)

puts JSON.parse(response.body).dig("data", 0, "url")
