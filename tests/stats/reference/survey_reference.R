# Makes survey_answers.csv (made-up answers) and survey_expected.csv (what R survey says of them).
# Run in this folder: Rscript survey_reference.R   (R 4.2 or later, package survey 4.1 or later)
suppressMessages(library(survey))
set.seed(20260301)
options(digits = 17, survey.lonely.psu = "adjust")
n <- 240
d <- data.frame(id = 1:n)
d$stratum <- rep(1:4, c(80, 60, 60, 40))
d$psu <- d$stratum * 100 + (seq_len(n) %% c(10, 8, 6, 5)[d$stratum])
d$ssu <- d$psu * 100 + (seq_len(n) %/% 3) %% 4
d$weight <- round(c(12, 8, 20, 5)[d$stratum] * runif(n, .5, 1.8), 3)
d$persons <- c(900, 500, 1300, 260)[d$stratum]
d$psus <- c(40, 24, 30, 15)[d$stratum]
d$ssus <- 9
d$kon <- rbinom(n, 1, .52)
d$alder <- sample(0:3, n, TRUE)
d$omrade <- sample(0:2, n, TRUE, c(.5, .3, .2))
p <- plogis(-.4 + .5 * d$kon + .3 * d$alder - .4 * (d$omrade == 2))
d$ja <- rbinom(n, 1, p)
d$ja_na <- ifelse(runif(n) < .12, NA, d$ja)
d$betyg <- pmin(5, pmax(1, round(2.5 + d$ja + rnorm(n))))
d$betyg[runif(n) < .1] <- NA
d$tid <- round(rexp(n, 1 / (20 + 10 * d$kon)), 3)
d$timmar <- round(runif(n, 5, 40), 2)
d$alla <- 1
d$ingen <- 0
d$ensam <- d$stratum
d$ensam[d$id == 240] <- 9
write.csv(d, "survey_answers.csv", row.names = FALSE, na = "")

out <- data.frame(case = character(), quantity = character(), value = numeric())
put <- function(case, ...) {
  v <- c(...)
  out <<- rbind(out, data.frame(case = case, quantity = names(v), value = as.numeric(v)))
}
answered <- function(des, y) des[!is.na(y), ]
put_mean <- function(case, formula, des, deff = FALSE) {
  m <- svymean(formula, des, na.rm = TRUE, deff = deff)
  v <- c(value = as.numeric(coef(m)), se = as.numeric(SE(m)))
  if (deff) v["deff"] <- as.numeric(deff(m))
  y <- model.frame(formula, des$variables, na.action = na.pass)[[1]]
  put(case, v, df = degf(des[!is.na(y) & is.finite(des$prob), ]))
}
des <- list(
  plain = svydesign(~1, weights = ~weight, data = d),
  strata = svydesign(~1, strata = ~stratum, weights = ~weight, data = d),
  fpc = svydesign(~1, strata = ~stratum, weights = ~weight, fpc = ~persons, data = d),
  cluster = svydesign(~psu, strata = ~stratum, weights = ~weight, data = d),
  cluster_fpc = svydesign(~psu, strata = ~stratum, weights = ~weight, fpc = ~psus, data = d),
  two_stage = svydesign(~psu + ssu, strata = ~stratum, weights = ~weight, fpc = ~psus + ssus, data = d),
  lonely = svydesign(~1, strata = ~ensam, weights = ~weight, data = d))
for (name in names(des)) {
  x <- des[[name]]
  put_mean(paste0(name, ":share"), ~ja, x, deff = TRUE)
  put_mean(paste0(name, ":missing"), ~ja_na, x)
  put_mean(paste0(name, ":mean"), ~tid, x)
  put_mean(paste0(name, ":women"), ~ja, subset(x, kon == 1))
  put_mean(paste0(name, ":crossing"), ~ja_na, subset(x, kon == 1 & omrade == 2))
  put_mean(paste0(name, ":all"), ~alla, subset(x, omrade == 1))
  put_mean(paste0(name, ":none"), ~ingen, subset(x, omrade == 1))
  put_mean(paste0(name, ":one"), ~tid, subset(x, id == 17))
  tot <- svytotal(~tid, subset(x, kon == 0))
  put(paste0(name, ":total"), value = as.numeric(coef(tot)), se = as.numeric(SE(tot)))
  r <- svyratio(~tid, ~timmar, subset(x, alder == 2))
  put(paste0(name, ":ratio"), value = as.numeric(coef(r)), se = as.numeric(SE(r)))
  a <- svyby(~ja, ~alder, x, svymean, covmat = TRUE)
  s <- svycontrast(a, c(1, 0, 0, -1))
  put(paste0(name, ":gap"), value = as.numeric(coef(s)), se = as.numeric(SE(s)))
  ci <- svyciprop(~ja, x, method = "beta")
  put(paste0(name, ":beta"), low = attr(ci, "ci")[[1]], high = attr(ci, "ci")[[2]])
}
options(survey.lonely.psu = "remove")
put_mean("lonely_removed:share", ~ja, des$lonely)
options(survey.lonely.psu = "adjust")

# Overlapping groups: women, and people aged 2 or 3, in one influence matrix.
for (name in c("strata", "cluster")) {
  x <- update(des[[name]], a = kon == 1, b = alder >= 2)
  both <- svytotal(~I(ja * a) + I(1 * a) + I(ja * b) + I(1 * b), x)
  names(both) <- c("ya", "na", "yb", "nb")
  attr(both, "names") <- c("ya", "na", "yb", "nb")
  dimnames(attr(both, "var")) <- list(names(both), names(both))
  s <- svycontrast(both, quote(ya / na - yb / nb))
  put(paste0(name, ":overlap"), value = as.numeric(coef(s)), se = as.numeric(SE(s)))
}

# Intervals: Wilson on the effective n and t, from the definition with R's own quantiles.
for (name in c("strata", "cluster")) {
  x <- subset(des[[name]], omrade == 2)
  m <- svymean(~ja, x); p0 <- coef(m)[[1]]; v <- vcov(m)[[1]]
  k <- min(nrow(x$variables), p0 * (1 - p0) / v); q <- qt(.975, degf(x))
  mid <- (p0 + q^2 / (2 * k)) / (1 + q^2 / k)
  half <- q / (1 + q^2 / k) * sqrt(p0 * (1 - p0) / k + q^2 / (4 * k^2))
  put(paste0(name, ":wilson"), low = mid - half, high = mid + half, df = degf(x))
  ci <- confint(svymean(~tid, x), df = degf(x))
  put(paste0(name, ":t"), low = ci[1], high = ci[2])
}
# Quantiles (Woodruff).
for (name in c("strata", "cluster")) for (p in c(.25, .5, .9)) {
  q <- svyquantile(~tid, des[[name]], p, interval.type = "mean")
  q <- q[[1]]
  put(sprintf("%s:quantile%02.0f", name, 100 * p), value = q[1, 1], low = q[1, 2], high = q[1, 3])
}
q <- svyquantile(~tid, subset(des$strata, omrade == 1), .5, interval.type = "mean")[[1]]
put("strata:quantile_domain", value = q[1, 1], low = q[1, 2], high = q[1, 3])

# Weights.
cells <- data.frame(kon = c(0, 1, 0, 1, 0, 1, 0, 1), alder = rep(0:3, each = 2),
                    Freq = c(410, 380, 400, 420, 330, 350, 300, 390))
kons <- data.frame(kon = 0:1, Freq = c(1440, 1540))
omr <- data.frame(omrade = 0:2, Freq = c(1500, 880, 600))
total <- c("(Intercept)" = 2980, kon = 1540, timmar = 2980 * 22.4)
quiet <- function(x) suppressWarnings(x)
for (name in c("strata", "cluster")) {
  x <- des[[name]]
  g <- list(
    post = postStratify(x, ~kon + alder, cells),
    rake = quiet(rake(x, list(~kon, ~omrade), list(kons, omr), control = list(maxit = 500, epsilon = 1e-14))),
    rake_residual = calibrate(x, ~factor(kon) + factor(omrade), c(2980, 1540, 880, 600), calfun = "raking",
                     epsilon = 1e-13, maxit = 200),
    greg = calibrate(x, ~kon + timmar, total, calfun = "linear", epsilon = 1e-12),
    bounded = calibrate(x, ~kon + timmar, total, calfun = "logit", bounds = c(.5, 2.5),
                        epsilon = 1e-13, maxit = 200))
  for (kind in names(g)) {
    put_mean(paste(name, kind, "share", sep = ":"), ~ja, g[[kind]])
    put_mean(paste(name, kind, "domain", sep = ":"), ~ja_na, subset(g[[kind]], omrade == 2))
    put_mean(paste(name, kind, "mean", sep = ":"), ~tid, g[[kind]])
    t <- svytotal(~tid, g[[kind]])
    put(paste(name, kind, "total", sep = ":"), value = as.numeric(coef(t)), se = as.numeric(SE(t)))
    put(paste(name, kind, "weights", sep = ":"), min = min(weights(g[[kind]])), max = max(weights(g[[kind]])))
  }
}
# Fair comparison.
std <- svystandardize(des$strata, by = ~alder, over = ~omrade, population = c(30, 25, 25, 20),
                      excluding.missing = ~ja_na)
m <- svyby(~ja_na, ~omrade, std, svymean, na.rm = TRUE)
for (i in 1:3) put(paste0("standardised:", i - 1), value = coef(m)[[i]], se = SE(m)[[i]])
# Tables and regression.
for (name in c("strata", "cluster", "fpc")) {
  for (y in c("ja", "betyg")) {
    # Only those in the table: otherwise R counts the df of people with a missing answer too.
    h <- svychisq(as.formula(paste0("~", y, "+omrade")), answered(des[[name]], d[[y]]), statistic = "F")
    put(paste0(name, ":raoscott_", y), f = h$statistic[[1]], df1 = h$parameter[[1]],
        df2 = h$parameter[[2]], p = h$p.value[[1]])
  }
  f <- svyglm(ja ~ kon + alder + timmar, des[[name]], family = quasibinomial,
              control = glm.control(epsilon = 1e-15, maxit = 100))
  put(paste0(name, ":logit"), setNames(coef(f), paste0("b", 0:3)), setNames(SE(f), paste0("se", 0:3)),
      df = f$df.residual)
}
out$value <- format(out$value, digits = 17, scientific = TRUE, trim = TRUE)
out$source <- paste("R survey", packageVersion("survey"))
write.csv(out, "survey_expected.csv", row.names = FALSE, quote = FALSE)
