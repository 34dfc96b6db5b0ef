module ctxlint.test/go122

go 1.22
