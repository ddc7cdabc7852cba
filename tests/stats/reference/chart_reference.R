# Makes chart_expected.csv: Laney's p' and u' charts of the made-up counts in chart_points.csv.
# Run in this folder: Rscript chart_reference.R   (base R alone)
points <- read.csv("chart_points.csv")
d <- subset(points, case == "made_up")

laney <- function(chart, chance) {
  centre <- sum(d$events) / sum(d$n)
  s <- sqrt(chance(centre) / d$n)
  z <- (d$events / d$n - centre) / s
  ranges <- abs(diff(z))
  sigma_z <- mean(ranges) / 1.128
  stopifnot(all(ranges <= 3.267 * mean(ranges)))  # none is screened
  rows <- function(quantity, value) {
    data.frame(chart, quantity, place = seq_along(value) - 1, value)
  }
  rbind(
    rows("centre", rep(centre, nrow(d))),
    rows("lower", pmax(centre - 3 * sigma_z * s, 0)),
    rows("upper", centre + 3 * sigma_z * s)
  )
}

expected <- rbind(
  laney("laney_p", function(p) p * (1 - p)),
  laney("laney_u", function(u) u)
)
expected$value <- formatC(expected$value, digits = 12, format = "g")
version <- paste0("base R ", R.version$major, ".", R.version$minor, ", Laney (2002) Qual. Eng. 14, 531-537")
expected$source <- paste0("\"", version, "\"")
write.csv(expected, "chart_expected.csv", row.names = FALSE, quote = FALSE)
