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
  "model": "gpt-4o",
  "instructions": "回答不超过一句话",
  "input": "为什么天空是蓝色的？"
}`)
	req, err := http.NewRequest("POST", "https://api.clawdrouter.example/v1/responses", body)
	if err != nil {
		log.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Authorization", "Bearer "+clawdrouterAPIKey)
	req.Header.Set("Request-Id", "8f14e45f-ceea-4e7a-9c2b-6d1f0a3b5c7e")

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
		Output []struct {
			Content []struct {
				Text string `json:"text"`
			} `json:"content"`
		} `json:"output"`
	}
	if err := json.NewDecoder(resp.Body).Decode(&result); err != nil {
		log.Fatal(err)
	}
	fmt.Println(result.Output[0].Content[0].Text)
}
