using System.Text.Json.Nodes;

var clawdrouterApiKey = Environment.GetEnvironmentVariable("CLAWDROUTER_API_KEY")
    ?? throw new InvalidOperationException("CLAWDROUTER_API_KEY is not set");

var json = """
    {
      "model": "gpt-4o",
      "instructions": "回答不超过一句话",
      "input": "为什么天空是蓝色的？"
    }
    """;

using var client = new HttpClient();
using var request = new HttpRequestMessage(
    HttpMethod.Post, "https://api.clawdrouter.example/v1/responses");
request.Headers.Authorization = new("Bearer", clawdrouterApiKey);
request.Headers.Add("Request-Id", "8f14e45f-ceea-4e7a-9c2b-6d1f0a3b5c7e");
request.Content = new StringContent(json, mediaType: new("application/json"));

using var response = await client.SendAsync(request);
var body = await response.Content.ReadAsStringAsync();
if (!response.IsSuccessStatusCode)
{
    Console.Error.WriteLine($"HTTP {(int)response.StatusCode}: {body}");
    Environment.Exit(1);
}

Console.WriteLine(JsonNode.Parse(body)!["output"]![0]!["content"]![0]!["text"]);
