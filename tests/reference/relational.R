# Fits the cases of relational_cases.cpp with R's survival, and prints tests/reference/relational.json.
#
#   Rscript tests/reference/relational.R PROGRAM CORPUS > tests/reference/relational.json
#
# PROGRAM is build/dev/tests/relational_table, CORPUS the folder that ENTENTE_CORPUS names.
suppressMessages(library(survival))

words <- commandArgs(trailingOnly = TRUE)
program <- words[1]
corpus <- words[2]

stacked <- function(name, terms) {
    file <- tempfile()
    on.exit(unlink(file))
    stopifnot(system2(program, c(name, corpus, file), stdout = FALSE) == 0)
    values <- readBin(file, "double", n = file.size(file) / 8)
    matrix(values, ncol = terms + 2, byrow = TRUE)
}

numbers <- function(x) paste0("[", paste(sprintf("%.15g", x), collapse = ", "), "]")

report <- function(name, estimate, error, value, null, rows, by) {
    sprintf(
        '  "%s": {\n    "by": "%s",\n    "rows": %d,\n    "estimates": %s,\n    "standard_errors": %s,\n    "log_likelihood": %.15g,\n    "log_likelihood_null": %.15g\n  }',
        name, by, rows, numbers(estimate), numbers(error), value, null
    )
}

ordinal <- function(name, terms, ties) {
    table <- stacked(name, terms)
    y <- Surv(rep(1, nrow(table)), table[, 2])
    x <- table[, -(1:2), drop = FALSE]
    time <- table[, 1]
    rm(table)
    control <- coxph.control(eps = 1e-13, toler.chol = 1e-14, iter.max = 50)
    seconds <- system.time(
        fit <- coxph(y ~ x + strata(time), ties = ties, control = control, model = FALSE, x = FALSE, y = FALSE)
    )[["elapsed"]]
    message(sprintf("%s: %d rows, %.1f s", name, nrow(x), seconds))
    report(
        name, unname(coef(fit)), unname(sqrt(diag(vcov(fit)))), fit$loglik[2], fit$loglik[1], nrow(x),
        sprintf("coxph, strata, %s", ties)
    )
}

# Stretches of length 1 from 0 to 10; what is known at the end of a stretch is what happened before it.
toy_timing <- function() {
    pairs <- expand.grid(i = c("A", "B", "C"), j = c("A", "B", "C"), stringsAsFactors = FALSE)
    pairs <- pairs[pairs$i != pairs$j, ]
    events <- c("AB", "BA", "AB", "CA", "AC", "BA", "AB", "BC", "CB")
    rows <- do.call(rbind, lapply(1:10, function(t) {
        past <- head(events, t - 1)
        acted <- if (t <= 9) as.numeric(paste0(pairs$i, pairs$j) == events[t]) else 0
        data.frame(
            acted = acted,
            inertia = sapply(paste0(pairs$i, pairs$j), function(p) sum(past == p)),
            reciprocity = sapply(paste0(pairs$j, pairs$i), function(p) sum(past == p))
        )
    }))
    fit <- glm(acted ~ inertia + reciprocity, family = poisson, data = rows, epsilon = 1e-14, maxit = 100)
    null <- glm(acted ~ 1, family = poisson, data = rows, epsilon = 1e-14, maxit = 100)
    # Counts are 0 or 1 and stretches have length 1: the Poisson likelihood is that of the times.
    report(
        "toy_timing", unname(coef(fit)), unname(sqrt(diag(vcov(fit)))), as.numeric(logLik(fit)),
        as.numeric(logLik(null)), nrow(rows), "glm, poisson"
    )
}

cases <- c(
    ordinal("toy", 2, "breslow"),
    toy_timing(),
    ordinal("treaties_breslow", 6, "breslow"),
    ordinal("treaties_efron", 6, "efron"),
    ordinal("visits", 4, "efron"),
    ordinal("visits_paid", 3, "efron"),
    ordinal("exercises", 4, "breslow")
)
cat("{\n")
cat(sprintf('  "made_with": "%s, survival %s",\n', R.version.string, packageVersion("survival")))
cat(paste(cases, collapse = ",\n"))
cat("\n}\n")
