module shop.example/docs

go 1.21

require github.com/imfing/hextra v0.12.3 // indirect
