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
          "model": "gpt-4o",
          "instructions": "回答不超过一句话",
          "input": "为什么天空是蓝色的？"
        }\
        """;

    HttpRequest request =
        HttpRequest.newBuilder()
            .uri(URI.create("https://api.clawdrouter.example/v1/responses"))
            .header("Content-Type", "application/json")
            .header("Authorization", "Bearer " + clawdrouterApiKey)
            .header("Request-Id", "8f14e45f-ceea-4e7a-9c2b-6d1f0a3b5c7e")
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
