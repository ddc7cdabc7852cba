# Makes heterogeneity_expected.csv from heterogeneity_bcg.csv with plain matrices in base R.
# Run in this folder: Rscript heterogeneity_reference.R
d <- read.csv("heterogeneity_bcg.csv")
y <- with(d, log(tpos / (tpos + tneg) / (cpos / (cpos + cneg))))
v <- with(d, 1 / tpos - 1 / (tpos + tneg) + 1 / cpos - 1 / (cpos + cneg))
x <- matrix(1, length(y), 1)
restricted <- function(tau2) {
  s <- diag(v + tau2)
  a <- t(x) %*% solve(s) %*% x
  b <- solve(a, t(x) %*% solve(s) %*% y)
  r <- y - x %*% b
  c(determinant(s)$modulus + determinant(a)$modulus + t(r) %*% solve(s) %*% r) / 2
}
tau2 <- optimize(restricted, c(0, 3), tol = 1e-13)$minimum
s <- diag(v + tau2)
a <- solve(t(x) %*% solve(s) %*% x)
b <- c(a %*% t(x) %*% solve(s) %*% y)
blup <- b + tau2 * c(solve(s) %*% (y - b))
# g1 + g2 + 2 g3 of Prasad and Rao, with the information of REML without its mean-value term.
g1 <- tau2 * v / (tau2 + v)
g2 <- (v / (tau2 + v))^2 * c(a)
g3 <- v^2 / (tau2 + v)^3 * 2 / sum((v + tau2)^-2)
out <- data.frame(
  quantity = c("tau2_reml", "mean", "mean_se", paste0("value", 1:13), paste0("se", 1:13)),
  value = sprintf("%.10f", c(tau2, b, sqrt(a), blup, sqrt(g1 + g2 + 2 * g3))),
  source = "R 4.2, plain matrices"
)
write.csv(out, "heterogeneity_expected.csv", row.names = FALSE, quote = 3)
