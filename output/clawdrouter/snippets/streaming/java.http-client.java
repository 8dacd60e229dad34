import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
          "messages": [{"role": "user", "content": "写一篇关于人工智能的短文"}],
          "stream": true
        }\
        """;

    HttpRequest request =
        HttpRequest.newBuilder()
            .uri(URI.create("https://api.clawdrouter.example/v1/chat/completions"))
            .header("Content-Type", "application/json")
            .header("Authorization", "Bearer " + clawdrouterApiKey)
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();

    HttpResponse<Stream<String>> response =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofLines());
    if (response.statusCode() >= 400) {
      String message = response.body().collect(Collectors.joining("\n"));
      throw new IllegalStateException("HTTP " + response.statusCode() + ": " + message);
    }

    response
        .body()
        .filter(line -> line.startsWith("data:"))
        .map(line -> line.replaceFirst("data: ?", ""))
        .takeWhile(data -> !data.equals("[DONE]"))
        .forEach(System.out::println);
  }
}
