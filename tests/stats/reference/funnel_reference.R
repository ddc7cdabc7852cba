# Makes funnel_limits.csv: published control limits from R's own binomial and Poisson quantiles.
# Run in this folder: Rscript funnel_reference.R   (base R)
out <- data.frame()
interpolated <- function(q, r, f, g) r - (f - q) / (f - g)
for (level in c(.95, .998)) for (q in c((1 - level) / 2, (1 + level) / 2)) {
  for (n in c(1, 10, 35, 200, 5000)) for (t in c(.05, .5, .9)) {
    r <- qbinom(q, n, t)
    limit <- max(0, interpolated(q, r, pbinom(r, n, t), pbinom(r - 1, n, t))) / n
    out <- rbind(out, data.frame(kind = "share", target = t, n, level, upper = q > .5, limit))
  }
  for (n in c(2, 10, 350.5)) for (t in c(.1, 1.3)) {
    r <- qpois(q, n * t)
    limit <- max(0, interpolated(q, r, ppois(r, n * t), ppois(r - 1, n * t))) / n
    out <- rbind(out, data.frame(kind = "rate", target = t, n, level, upper = q > .5, limit))
  }
}
out$upper <- as.integer(out$upper)
out$limit <- sprintf("%.12f", out$limit)
out$source <- "R 4.2 qbinom, pbinom, qpois, ppois; Spiegelhalter (2005) appendix A.1"
write.csv(out, "funnel_limits.csv", row.names = FALSE, quote = 7)
