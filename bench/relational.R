# The peer of bench_relational: coxph with one stratum an event, which is a conditional logit, on the same table.
#
#   Rscript bench/relational.R FILE TERMS
suppressMessages(library(survival))
words <- commandArgs(trailingOnly = TRUE)
terms <- as.integer(words[2])
table <- matrix(readBin(words[1], "double", n = file.size(words[1]) / 8), ncol = terms + 2, byrow = TRUE)
y <- Surv(rep(1, nrow(table)), table[, 2])
x <- table[, -(1:2), drop = FALSE]
event <- table[, 1]
rm(table)
invisible(gc())
seconds <- system.time(
    fit <- coxph(y ~ x + strata(event), ties = "breslow", model = FALSE, x = FALSE, y = FALSE)
)[["elapsed"]]
peak <- as.numeric(sub("[^0-9]*([0-9]+).*", "\\1", grep("VmHWM", readLines("/proc/self/status"), value = TRUE)))
cat(sprintf("  R coxph   %9.2f s  %7.0f MB  log-likelihood %.9g  (fit alone, %d rows)\n            %s\n",
    seconds, peak / 1024, fit$loglik[2], nrow(x), paste(sprintf("%.7g", coef(fit)), collapse = " ")))
