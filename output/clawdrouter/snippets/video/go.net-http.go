package main

import (
	"encoding/json"
	"fmt"
	"io"
	"log"
	"net/http"
	"os"
	"strings"
)

func main() {
	clawdrouterAPIKey := os.Getenv("CLAWDROUTER_API_KEY")
	if clawdrouterAPIKey == "" {
		log.Fatal("CLAWDROUTER_API_KEY is not set")
	}

	body := strings.NewReader(`{
  "model": "veo-3.1-fast-generate-001",
  "prompt": "A cute small bird dancing on a tree branch, moving rhythmically to cheerful music. The bird gently sways its body, lightly flaps its wings, and playfully tilts its head. Bright forest background with soft sunlight and subtle shadows. Semi-realistic, slightly cartoon style, vivid but not over-saturated colors. Static camera, centered subject, smooth motion, medium detail. 720p resolution, clear and stable output.",
  "duration": 4,
  "metadata": {
    "durationSeconds": 4,
    "aspectRatio": "16:9",
    "resolution": "720p",
    "negativePrompt": "low quality, blurry, distorted",
    "personGeneration": "allow_adult",
    "generateAudio": true
  }
}`)
	req, err := http.NewRequest("POST", "https://api.clawdrouter.example/v1/video/generations", body)
	if err != nil {
		log.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Authorization", "Bearer "+clawdrouterAPIKey)

	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		log.Fatal(err)
	}
	defer resp.Body.Close()
	if resp.StatusCode >= 400 {
		message, _ := io.ReadAll(resp.Body)
		log.Fatalf("%s: %s", resp.Status, message)
	}

	var result struct {
		TaskID string `json:"task_id"`
	}
	if err := json.NewDecoder(resp.Body).Decode(&result); err != nil {
		log.Fatal(err)
	}
	fmt.Println(result.TaskID)
}
