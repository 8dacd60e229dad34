using System.Net.ServerSentEvents;
using System.Text.Json.Nodes;

var clawdrouterApiKey = Environment.GetEnvironmentVariable("CLAWDROUTER_API_KEY")
    ?? throw new InvalidOperationException("CLAWDROUTER_API_KEY is not set");

var json = """
    {
      "model": "gpt-4o",
      "messages": [{"role": "user", "content": "写一篇关于人工智能的短文"}],
      "stream": true
    }
    """;

using var client = new HttpClient();
using var request = new HttpRequestMessage(
    HttpMethod.Post, "https://api.clawdrouter.example/v1/chat/completions");
request.Headers.Authorization = new("Bearer", clawdrouterApiKey);
request.Content = new StringContent(json, mediaType: new("application/json"));

using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
if (!response.IsSuccessStatusCode)
{
    var error = await response.Content.ReadAsStringAsync();
    Console.Error.WriteLine($"HTTP {(int)response.StatusCode}: {error}");
    Environment.Exit(1);
}

using var stream = await response.Content.ReadAsStreamAsync();
await foreach (var item in SseParser.Create(stream).EnumerateAsync())
{
    if (item.Data == "[DONE]") break;
    var chunk = JsonNode.Parse(item.Data);
    Console.Write(chunk?["choices"]?.AsArray().FirstOrDefault()?["delta"]?["content"]);
}

Console.WriteLine();
