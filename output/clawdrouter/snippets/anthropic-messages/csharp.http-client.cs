using System.Text.Json.Nodes;

var clawdrouterApiKey = Environment.GetEnvironmentVariable("CLAWDROUTER_API_KEY")
    ?? throw new InvalidOperationException("CLAWDROUTER_API_KEY is not set");

var json = """
    {
      "model": "claude-sonnet-4-6",
      "max_tokens": 1024,
      "messages": [{"role": "user", "content": "用简单的话解释什么是机器学习"}]
    }
    """;

using var client = new HttpClient();
using var request = new HttpRequestMessage(
    HttpMethod.Post, "https://api.clawdrouter.example/v1/messages");
request.Headers.Add("x-api-key", clawdrouterApiKey);
request.Headers.Add("anthropic-version", "2023-06-01");
request.Content = new StringContent(json, mediaType: new("application/json"));

using var response = await client.SendAsync(request);
var body = await response.Content.ReadAsStringAsync();
if (!response.IsSuccessStatusCode)
{
    Console.Error.WriteLine($"HTTP {(int)response.StatusCode}: {body}");
    Environment.Exit(1);
}

Console.WriteLine(JsonNode.Parse(body)!["content"]![0]!["text"]);
