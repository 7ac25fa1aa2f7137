# The peer of bench_measures lifetimes: survreg on the same rows.
#
#   Rscript bench/lifetimes.R FILE
suppressMessages(library(survival))
file <- commandArgs(trailingOnly = TRUE)[1]
rows <- matrix(readBin(file, "double", n = file.size(file) / 8), ncol = 4, byrow = TRUE)
y <- Surv(rows[, 1], rows[, 2])
x <- rows[, 3:4]
times <- replicate(5, system.time(fit <<- survreg(y ~ x, dist = "weibull"))[["elapsed"]])
cat(sprintf("  R survreg: %.1f ms; log-likelihood %.9g, %s, scale %.7g\n",
    min(times) * 1e3, fit$loglik[2], paste(sprintf("%.7g", coef(fit)), collapse = " "), fit$scale))
