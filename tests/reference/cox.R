# Fits Cox regressions with R's survival, and prints tests/reference/cox.json: what was given and what came out. Given are
# the data that survival brings along (lung: Loprinzi and others 1994; bladder: Wei, Lin and Weissfeld 1989) and rows that
# are made here, so that nothing but this file is needed to make the figures again.
#
#   Rscript tests/reference/cox.R > tests/reference/cox.json
suppressMessages(library(survival))

numbers <- function(x) paste0("[", paste(ifelse(is.na(x), "null", sprintf("%.15g", x)), collapse = ", "), "]")
members <- function(names, values) paste(sprintf('      "%s": %s', names, values), collapse = ",\n")

# Late entries, ties, strata and clusters at once.
made <- function(seed, n) {
    set.seed(seed)
    entry <- sample(0:20, n, TRUE)
    a <- round(rnorm(n), 2)
    b <- rbinom(n, 1, 0.3)
    length <- ceiling(30 * rexp(n) / exp(0.5 * a - 0.6 * b))
    seen <- sample(5:60, n, TRUE)
    data.frame(
        entry = entry, exit = entry + pmin(length, seen), event = as.numeric(length <= seen), a = a, b = b,
        stratum = sample(1:3, n, TRUE), cluster = sample(seq_len(n / 4), n, TRUE)
    )
}

# Centred covariates would give another baseline: at 0 is asked for.
baseline <- function(fit) {
    steps <- basehaz(fit, centered = FALSE)
    strata <- if (is.null(steps$strata)) rep(0, nrow(steps)) else as.numeric(steps$strata)
    happened <- ave(steps$hazard, strata, FUN = function(h) c(h[1], diff(h))) > 0
    members(
        c("baseline_strata", "baseline_times", "baseline_hazards"),
        c(numbers(strata[happened]), numbers(steps$time[happened]), numbers(steps$hazard[happened]))
    )
}

case <- function(name, rows, covariates) {
    x <- as.matrix(rows[covariates])
    control <- coxph.control(eps = 1e-14, toler.chol = 1e-15, iter.max = 60, timefix = FALSE)
    # A formula that names the data, for survival to find them again.
    formula <- as.formula(paste(
        "Surv(entry, exit, event) ~", paste(covariates, collapse = " + "),
        if (length(unique(rows$stratum)) > 1) "+ strata(stratum)" else ""
    ))
    fit <- eval(substitute(
        coxph(f, data = rows, cluster = cluster, ties = "efron", control = control), list(f = formula)
    ))
    agreement <- fit$concordance
    sprintf(
        '  "%s": {\n    "entry": %s,\n    "exit": %s,\n    "event": %s,\n    "stratum": %s,\n    "cluster": %s,\n    "names": [%s],\n    "covariates": [\n      %s\n    ],\n    "fit": {\n%s,\n%s\n    }\n  }',
        name, numbers(rows$entry), numbers(rows$exit), numbers(rows$event), numbers(rows$stratum),
        numbers(rows$cluster), paste(sprintf('"%s"', covariates), collapse = ", "),
        paste(apply(x, 2, numbers), collapse = ",\n      "),
        members(
            c("coefficients", "standard_errors", "robust_errors", "log_likelihood", "concordant", "discordant", "tied"),
            c(
                numbers(unname(coef(fit))), numbers(unname(sqrt(diag(fit$naive.var)))),
                numbers(unname(sqrt(diag(fit$var)))), numbers(fit$loglik), sprintf("%.15g", agreement[1:3])
            )
        ),
        baseline(fit)
    )
}

known <- na.omit(lung[c("time", "status", "age", "sex", "ph.ecog")])
of_lung <- data.frame(
    entry = 0, exit = known$time, event = known$status - 1, known[c("age", "sex")], ecog = known$ph.ecog,
    stratum = 0, cluster = seq_len(nrow(known))
)
andersen_gill <- with(bladder2, data.frame(
    entry = start, exit = stop, event, rx, number, size, stratum = 0, cluster = id
))
gap_time <- with(bladder2, data.frame(
    entry = 0, exit = stop - start, event, rx, number, size, stratum = enum, cluster = id
))
cases <- c(
    case("lung", of_lung, c("age", "sex", "ecog")),
    case("bladder, Andersen-Gill", andersen_gill, c("rx", "number", "size")),
    case("bladder, gap time", gap_time, c("rx", "number", "size")),
    case("made", made(21, 200), c("a", "b")),
    case("made, few", made(22, 40), c("a"))
)
cat(sprintf(
    '{\n  "by": "%s, survival %s",\n%s\n}\n',
    R.version.string, packageVersion("survival"), paste(cases, collapse = ",\n")
))
