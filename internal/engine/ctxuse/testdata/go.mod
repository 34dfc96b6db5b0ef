module ctxlint.test/ctxuse

go 1.26.0
