require "json"
require "net/http"

uri = URI("https://api.clawdrouter.example/v1/video/generations")
request = Net::HTTP::Post.new(uri)
request["Content-Type"] = "application/json"
request["Authorization"] = "Bearer #{ENV.fetch('CLAWDROUTER_API_KEY')}"
request.body = {
  model: "veo-3.1-fast-generate-001",
  prompt: "A cute small bird dancing on a tree branch, moving rhythmically to cheerful music. The bird gently sways its body, lightly flaps its wings, and playfully tilts its head. Bright forest background with soft sunlight and subtle shadows. Semi-realistic, slightly cartoon style, vivid but not over-saturated colors. Static camera, centered subject, smooth motion, medium detail. 720p resolution, clear and stable output.",
  duration: 4,
  metadata: {
    durationSeconds: 4,
    aspectRatio: "16:9",
    resolution: "720p",
    negativePrompt: "low quality, blurry, distorted",
    personGeneration: "allow_adult",
    generateAudio: true
  }
}.to_json

http = Net::HTTP.new(uri.hostname, uri.port)
http.use_ssl = uri.scheme == "https"
response = http.request(request)
abort "HTTP #{response.code}: #{response.body}" unless response.is_a?(Net::HTTPSuccess)

puts JSON.parse(response.body)["task_id"]
