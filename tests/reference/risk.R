# Fits hazards in discrete time with R's glm, and prints tests/reference/risk.json: what was given and what came out.
# The weeks are made here, so that nothing but this file is needed to make the figures again. glm gives the estimates and
# the likelihood; its standard errors come from the expected information, ours and those here from the observed one.
#
#   Rscript tests/reference/risk.R > tests/reference/risk.json
numbers <- function(x) paste0("[", paste(sprintf("%.15g", x), collapse = ", "), "]")
members <- function(names, values) paste(sprintf('"%s": %s', names, values), collapse = ", ")

# Weeks of several ties, some of them cut into parts, with a shock now and then.
weeks <- function(seed, n, cut) {
    set.seed(seed)
    x <- cbind(floor(runif(n) * 8) / 4, rbinom(n, 1, 0.06), rbinom(n, 1, 0.2))
    days <- if (cut) sample(1:7, n, TRUE) else rep(7, n)
    rate <- exp(-4 + drop(x %*% c(-0.3, 1.6, 0.4)))
    list(x = x, days = days, stopped = rbinom(n, 1, 1 - exp(-rate * days / 7)))
}

# With priors: minus the log posterior, made as small as it goes; the information by differences of its gradient.
posterior <- function(given, held) {
    design <- cbind(1, given$x)
    w <- given$days / 7
    gradient <- function(b) {
        a <- w * exp(drop(design %*% b))
        slope <- ifelse(given$stopped == 1, a / expm1(a), -a)
        -drop(crossprod(design, slope)) + c(0, held) * b
    }
    value <- function(b) {
        a <- w * exp(drop(design %*% b))
        -sum(ifelse(given$stopped == 1, log(-expm1(-a)), -a)) + sum(c(0, held) * b^2) / 2
    }
    at <- c(-4, 0, 0, 0)
    for (round in 1:60) {
        h <- 1e-5
        information <- sapply(1:4, function(k) { e <- replace(numeric(4), k, h); (gradient(at + e) - gradient(at - e)) / (2 * h) })
        step <- solve(information, gradient(at))
        while (value(at - step) > value(at) + 1e-12) step <- step / 2
        at <- at - step
    }
    list(estimates = at, errors = sqrt(diag(solve(information))))
}

case <- function(name, seed, n, cut) {
    given <- weeks(seed, n, cut)
    fit <- glm(given$stopped ~ given$x, family = binomial(link = "cloglog"), offset = log(given$days / 7),
               control = glm.control(epsilon = 1e-14, maxit = 200))
    held <- c(0.5, 1, 2)
    with <- posterior(given, held)
    without <- posterior(given, c(0, 0, 0))
    stopifnot(max(abs(without$estimates - coef(fit))) < 1e-7)
    body <- members(
        c("days", "stopped", "covariates", "estimates", "standard_errors", "log_likelihood", "held", "held_estimates", "held_standard_errors"),
        c(
            numbers(given$days), numbers(given$stopped),
            sprintf("[%s]", paste(apply(given$x, 2, numbers), collapse = ", ")),
            numbers(unname(coef(fit))), numbers(without$errors), sprintf("%.15g", as.numeric(logLik(fit))),
            numbers(held), numbers(with$estimates), numbers(with$errors)
        )
    )
    sprintf('  "%s": {%s}', name, body)
}

cat("{\n", sprintf('  "by": "%s, glm",\n', R.version.string), sep = "")
cat(paste(c(case("whole_weeks", 1, 1000, FALSE), case("parts", 2, 1500, TRUE)), collapse = ",\n"), "\n}\n", sep = "")
