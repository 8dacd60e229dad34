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
  "model": "dall-e-3",
  "prompt": "一只在雪地里散步的橘猫，水彩画风格",
  "n": 1,
  "size": "1024x1024"
}`)
	req, err := http.NewRequest("POST", "https://api.clawdrouter.example/v1/images/generations", body)
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
		Data []struct {
			URL string `json:"url"`
		} `json:"data"`
	}
	if err := json.NewDecoder(resp.Body).Decode(&result); err != nil {
		log.Fatal(err)
	}
	fmt.Println(result.Data[0].URL)
}
