import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

class Main {
  public static void main(String[] args) throws Exception {
    String clawdrouterApiKey = System.getenv("CLAWDROUTER_API_KEY");
    if (clawdrouterApiKey == null) {
      throw new IllegalStateException("CLAWDROUTER_API_KEY is not set");
    }

    String body =
        """
        {
          "model": "claude-sonnet-4-6",
          "max_tokens": 1024,
          "messages": [{"role": "user", "content": "用简单的话解释什么是机器学习"}]
        }\
        """;

    HttpRequest request =
        HttpRequest.newBuilder()
            .uri(URI.create("https://api.clawdrouter.example/v1/messages"))
            .header("Content-Type", "application/json")
            .header("x-api-key", clawdrouterApiKey)
            .header("anthropic-version", "2023-06-01")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();

    HttpResponse<String> response =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() >= 400) {
      throw new IllegalStateException("HTTP " + response.statusCode() + ": " + response.body());
    }

    System.out.println(response.body());
  }
}
