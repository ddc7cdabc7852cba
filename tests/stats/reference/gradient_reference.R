# Makes gradient_expected.csv with lm(weights = population) on made-up groups.
# Run in this folder: Rscript gradient_reference.R   (base R)
cases <- list(
  five = list(y = c(61.2, 64.9, 63.8, 70.1, 74.4), n = c(820, 1140, 1310, 960, 505)),
  falling = list(y = c(12.4, 9.1, 9.6, 5.2), n = c(150, 90, 260, 400)),
  three = list(y = c(0.31, 0.42, 0.40), n = c(10, 30, 20))
)
out <- data.frame()
for (name in names(cases)) {
  y <- cases[[name]]$y
  n <- cases[[name]]$n
  x <- (cumsum(n) - n / 2) / sum(n)
  fit <- lm(y ~ x, weights = n)
  ends <- predict(fit, data.frame(x = 0:1))
  slope <- summary(fit)$coefficients[2, ]
  # Delta method on the log ratio of the ends, from the covariance of the coefficients.
  gradient <- c(1 / ends[2] - 1 / ends[1], 1 / ends[2])
  log_se <- sqrt(c(t(gradient) %*% vcov(fit) %*% gradient))
  half <- qt(.975, length(y) - 2) * log_se
  rii <- ends[2] / ends[1]
  values <- c(
    bottom = ends[[1]], top = ends[[2]], sii = slope[[1]], se = slope[[2]], p = slope[[4]],
    low = confint(fit)[2, 1], high = confint(fit)[2, 2],
    rii = rii[[1]], rii_low = rii[[1]] * exp(-half), rii_high = rii[[1]] * exp(half)
  )
  out <- rbind(out, data.frame(
    case = name, y = paste(y, collapse = " "), n = paste(n, collapse = " "),
    quantity = names(values), value = sprintf("%.12g", values), source = "R 4.2 lm, vcov, predict"
  ))
}
write.csv(out, "gradient_expected.csv", row.names = FALSE, quote = 6)
