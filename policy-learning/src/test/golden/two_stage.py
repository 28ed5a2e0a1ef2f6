"""References for POTEC: b03."""
from reference_numbers import (derivative, dot, exact, matrix_of, moved, mp, scores, softmax, total)


def first_stage(inputs):
    """Case 0: the gradient is the derivative of the value, whose weights carry pi1."""
    g = exact(inputs)
    theta, gamma, x, r = g["theta"], g["gamma"], g["x"], g["r"]
    rows0, q, a, c = g["pi0_rows"], g["q_all"], inputs["action"], inputs["cluster"]
    n, clusters, items = len(x), range(len(gamma)), range(len(c))
    best = [[max((b for b in items if c[b] == k), key=lambda b, i=i: (q[i][b], -b))
             for k in clusters] for i in range(n)]
    f2 = [[q[i][b] for b in best[i]] for i in range(n)]
    pi0 = [total(rows0[i][b] for b in items if c[b] == c[a[i]]) for i in range(n)]

    def log_pi1(theta):
        return [softmax(scores(theta, gamma, row)[1])[1] for row in x]

    def value(log_rows):
        out = mp.mpf(0)
        for i, row in enumerate(log_rows):
            out += mp.exp(row[c[a[i]]]) / pi0[i] * (r[i] - q[i][a[i]])
            out += total(mp.exp(v) * b for v, b in zip(row, f2[i]))
        return out / n

    here = log_pi1(theta)
    pi1 = [[mp.exp(v) for v in row] for row in here]
    return {"value": value(here),
            "grad": matrix_of(theta, lambda at: derivative(value(log_pi1(moved(theta, at))))),
            "pi1": pi1, "wc": [pi1[i][c[a[i]]] / pi0[i] for i in range(n)], "best": best,
            "f2": f2, "overall": [[pi1[i][c[b]] if best[i][c[b]] == b else mp.mpf(0)
                                   for b in items] for i in range(n)]}


def two_step(inputs):
    """Case 1: one pass over the pairs, then one over the events, both from zero."""
    g = exact(inputs)
    x, r, beta, gamma, lr, l2 = (g[k] for k in ("x", "r", "beta", "gamma", "lr", "l2"))
    a, c = inputs["action"], inputs["cluster"]
    psi = [[mp.mpf(0)] * len(beta[0]) for _ in x[0]]
    omega = [[mp.mpf(0)] * len(gamma[0]) for _ in x[0]]

    def bilinear(matrix, row, vector):
        return total(u * dot(m, vector) for u, m in zip(row, matrix))

    def step(matrix, row, vector, e):
        return [[v + lr * (e * u * b - l2 * v) for v, b in zip(m, vector)]
                for u, m in zip(row, matrix)]

    for i, j in inputs["pairs"]:
        gap = [u - v for u, v in zip(beta[a[i]], beta[a[j]])]
        psi = step(psi, x[i], gap, r[i] - r[j] - bilinear(psi, x[i], gap))
    for i, row in enumerate(x):
        e = r[i] - bilinear(psi, row, beta[a[i]]) - bilinear(omega, row, gamma[c[a[i]]])
        omega = step(omega, row, gamma[c[a[i]]], e)
    return {"psi": psi, "omega": omega, "f_hat_event0": [
        bilinear(psi, x[0], beta[b]) + bilinear(omega, x[0], gamma[c[b]])
        for b in range(len(beta))]}
