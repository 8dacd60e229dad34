require "json"
require "net/http"

uri = URI("https://api.clawdrouter.example/v1/chat/completions")
request = Net::HTTP::Post.new(uri)
request["Content-Type"] = "application/json"
request["Authorization"] = "Bearer #{ENV.fetch('CLAWDROUTER_API_KEY')}"
request.body = {
  model: "gpt-4o",
  messages: [{ role: "user", content: "写一篇关于人工智能的短文" }],
  stream: true
}.to_json

http = Net::HTTP.new(uri.hostname, uri.port)
http.use_ssl = uri.scheme == "https"

$stdout.sync = true
buffer = "".b
http.request(request) do |response|
  abort "HTTP #{response.code}: #{response.body}" unless response.is_a?(Net::HTTPSuccess)

  response.read_body do |bytes|
    buffer << bytes
    while (line = buffer.slice!(/.*\n/))
      data = line.chomp[/\Adata: ?(.*)/, 1]
      next if data.nil? || data == "[DONE]"

      print JSON.parse(data).dig("choices", 0, "delta", "content")
    end
  end
end
puts
