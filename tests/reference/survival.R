# Fits lifetimes known to intervals with R's survival, and prints tests/reference/survival.json: what was given and what
# came out. The lifetimes are made here, so that nothing but this file is needed to make the figures again.
#
#   Rscript tests/reference/survival.R > tests/reference/survival.json
suppressMessages(library(survival))

numbers <- function(x) paste0("[", paste(ifelse(is.na(x), "null", sprintf("%.15g", x)), collapse = ", "), "]")
members <- function(names, values) paste(sprintf('"%s": %s', names, values), collapse = ", ")

# Exact ends, ends within a month or half a year, ends before the first look, and none seen to the last look.
lifetimes <- function(seed, n, covariates) {
    set.seed(seed)
    x <- matrix(c(rnorm(n), rbinom(n, 1, 0.3))[seq_len(n * covariates)], nrow = n, ncol = covariates)
    slopes <- c(0.4, -0.7)[seq_len(covariates)]
    t <- exp(5.5 + drop(x %*% slopes) + 0.8 * log(rexp(n)))
    known <- sample(c("day", "month", "half", "before", "open"), n, TRUE, c(0.35, 0.15, 0.1, 0.1, 0.3))
    width <- ifelse(known == "month", 30, 180)
    low <- floor(pmax(0, t - runif(n) * width))
    high <- low + width
    low <- ifelse(known == "day", ceiling(t), ifelse(known == "before", 0, low))
    high <- ifelse(known == "day", ceiling(t), ifelse(known == "before", ceiling(t) + 5, high))
    open <- known == "open"
    low[open] <- pmax(1, floor(t * runif(n)))[open]
    high[open] <- NA
    list(low = low, high = high, x = x)
}

regression <- function(given, law) {
    left <- ifelse(given$low == 0, NA, given$low)
    y <- Surv(left, given$high, type = "interval2")
    formula <- if (ncol(given$x) > 0) y ~ given$x else y ~ 1
    fit <- survreg(formula, dist = law, control = survreg.control(rel.tolerance = 1e-13, maxiter = 200))
    members(
        c("law", "estimates", "scale", "standard_errors", "log_likelihood"),
        c(
            sprintf('"%s"', law), numbers(unname(coef(fit))), sprintf("%.15g", fit$scale),
            numbers(unname(sqrt(diag(vcov(fit))))), sprintf("%.15g", fit$loglik[2])
        )
    )
}

# survfit stops when a round changes no share by 5e-5, far from the end; the same code is let go on to 1e-11.
patient <- survival:::survfitTurnbull
body(patient) <- parse(text = gsub("5e-05", "1e-11", deparse(body(patient)), fixed = TRUE))[[1]]
assignInNamespace("survfitTurnbull", patient, "survival")

curve <- function(given) {
    fit <- survfit(Surv(given$low, given$high, type = "interval2") ~ 1)
    sprintf('{%s}', members(c("days", "lasting"), c(numbers(fit$time), numbers(fit$surv))))
}

case <- function(name, seed, n, covariates) {
    given <- lifetimes(seed, n, covariates)
    laws <- sapply(c("exponential", "weibull", "lognormal", "loglogistic"), function(law) regression(given, law))
    sprintf(
        '  "%s": {\n    "low": %s,\n    "high": %s,\n    "covariates": [%s],\n    "fits": [\n      %s\n    ],\n    "curve": %s\n  }',
        name, numbers(given$low), numbers(given$high),
        paste(unlist(lapply(seq_len(ncol(given$x)), function(j) numbers(given$x[, j]))), collapse = ", "),
        paste(sprintf("{%s}", laws), collapse = ",\n      "), curve(given)
    )
}

cases <- c(
    case("alone", 11, 60, 0),
    case("with_one", 12, 80, 1),
    case("with_two", 13, 150, 2),
    case("few", 14, 12, 0)
)
cat(sprintf(
    '{\n  "by": "%s, survival %s",\n%s\n}\n',
    R.version.string, packageVersion("survival"), paste(cases, collapse = ",\n")
))
