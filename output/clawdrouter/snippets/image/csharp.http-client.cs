using System.Text.Json.Nodes;

var clawdrouterApiKey = Environment.GetEnvironmentVariable("CLAWDROUTER_API_KEY")
    ?? throw new InvalidOperationException("CLAWDROUTER_API_KEY is not set");

var json = """
    {
      "model": "dall-e-3",
      "prompt": "一只在雪地里散步的橘猫，水彩画风格",
      "n": 1,
      "size": "1024x1024"
    }
    """;

using var client = new HttpClient();
using var request = new HttpRequestMessage(
    HttpMethod.Post, "https://api.clawdrouter.example/v1/images/generations");
request.Headers.Authorization = new("Bearer", clawdrouterApiKey);
request.Content = new StringContent(json, mediaType: new("application/json"));

using var response = await client.SendAsync(request);
var body = await response.Content.ReadAsStringAsync();
if (!response.IsSuccessStatusCode)
{
    Console.Error.WriteLine($"HTTP {(int)response.StatusCode}: {body}");
    Environment.Exit(1);
}

Console.WriteLine(JsonNode.Parse(body)!["data"]![0]!["url"]);
