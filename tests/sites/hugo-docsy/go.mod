module shop.example/docs

go 1.21

require github.com/google/docsy v0.15.0 // indirect
