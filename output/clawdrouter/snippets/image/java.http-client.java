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
          "model": "dall-e-3",
          "prompt": "一只在雪地里散步的橘猫，水彩画风格",
          "n": 1,
          "size": "1024x1024"
        }\
        """;

    HttpRequest request =
        HttpRequest.newBuilder()
            .uri(URI.create("https://api.clawdrouter.example/v1/images/generations"))
            .header("Content-Type", "application/json")
            .header("Authorization", "Bearer " + clawdrouterApiKey)
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
