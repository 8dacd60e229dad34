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
          "model": "veo-3.1-fast-generate-001",
          "prompt": "A cute small bird dancing on a tree branch, moving rhythmically to \
        cheerful music. The bird gently sways its body, lightly flaps its wings, and playfully \
        tilts its head. Bright forest background with soft sunlight and subtle shadows. \
        Semi-realistic, slightly cartoon style, vivid but not over-saturated colors. Static \
        camera, centered subject, smooth motion, medium detail. 720p resolution, clear and \
        stable output.",
          "duration": 4,
          "metadata": {
            "durationSeconds": 4,
            "aspectRatio": "16:9",
            "resolution": "720p",
            "negativePrompt": "low quality, blurry, distorted",
            "personGeneration": "allow_adult",
            "generateAudio": true
          }
        }\
        """;

    HttpRequest request =
        HttpRequest.newBuilder()
            .uri(URI.create("https://api.clawdrouter.example/v1/video/generations"))
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
