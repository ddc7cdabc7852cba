# Makes interrupted_series.csv (made-up series) and interrupted_expected.csv (what R nlme says).
# Run in this folder: Rscript interrupted_reference.R   (R 4.2 or later, package nlme 3.1 or later)
suppressMessages(library(nlme))
set.seed(20260401)
made_up <- function(case, t, start, rho, change, season = 0) {
  whole <- min(t):max(t)
  noise <- as.numeric(arima.sim(list(ar = rho), length(whole)))[match(t, whole)]
  step <- as.numeric(t >= start)
  y <- 50 + .3 * t + change[1] * step + change[2] * step * (t - start) + noise +
    season * sin(2 * pi * t / 12)
  data.frame(case = case, at = t, start = start, value = round(y, 3))
}
gaps <- setdiff(1:40, c(4, 5, 11, 17, 18, 19, 30, 36))
d <- rbind(
  made_up("even", 1:24, 13, .4, c(3, -.5)),
  made_up("gaps", gaps, 23, .6, c(-2, .2)),
  made_up("negative", 101:148, 137, -.4, c(0, 0)),
  made_up("season", 1:60, 37, .3, c(2, .1), season = 4)
)
write.csv(d, "interrupted_series.csv", row.names = FALSE, quote = FALSE)

out <- data.frame()
put <- function(case, form, series, rows) {
  fit <- gls(form, series, corAR1(form = ~t), method = "REML",
             control = glsControl(tolerance = 1e-12, msTol = 1e-12, maxIter = 200))
  v <- vcov(fit)
  values <- c(rho = unname(coef(fit$modelStruct$corStruct, unconstrained = FALSE)))
  for (name in names(rows)) {
    w <- rows[[name]]
    values[paste0(name, ":estimate")] <- sum(w * coef(fit))
    values[paste0(name, ":se")] <- sqrt(drop(t(w) %*% v %*% w))
  }
  out <<- rbind(out, data.frame(case = case, quantity = names(values), value = unname(values)))
}
for (case in unique(d$case)) {
  s <- d[d$case == case, ]
  s$t <- s$at - s$start
  s$step <- as.numeric(s$t >= 0)
  s$after <- pmax(s$t, 0)
  s$c1 <- cos(2 * pi * s$at / 12)
  s$s1 <- sin(2 * pi * s$at / 12)
  last <- max(s$t)
  both <- list(level = c(0, 0, 1, 0), slope = c(0, 0, 0, 1), last = c(0, 0, 1, last),
               unchanged = c(1, last, 0, 0))
  if (case == "season") {
    put(case, value ~ t + step + after + c1 + s1, s, lapply(both[1:3], c, 0, 0))
  } else {
    put(paste0(case, "-both"), value ~ t + step + after, s, both)
    # Fitted with too little, this series makes rho run to 1.
    if (case == "even") next
    put(paste0(case, "-level"), value ~ t + step, s, list(level = c(0, 0, 1)))
    put(paste0(case, "-slope"), value ~ t + after, s,
        list(slope = c(0, 0, 1), last = c(0, 0, last)))
  }
}
out$value <- sprintf("%.10g", out$value)
out$source <- paste("R nlme", packageVersion("nlme"))
write.csv(out, "interrupted_expected.csv", row.names = FALSE, quote = FALSE)
