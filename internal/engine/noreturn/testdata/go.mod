module ctxlint.test/noreturn

go 1.26.0
