"""References for the aggregate criterion: 09. Derivatives by complex steps through the value."""
from objectives import Batch
from reference_numbers import STEP, derivative, exact, matrix_of, mp, total


def gauss_hermite(n=64):
    """Probabilists' nodes and weights with sum 1, by Newton's method."""
    def he(x):
        a, b = mp.mpf(1), x
        for k in range(1, n):
            a, b = b, x * b - k * a
        return b, n * a

    nodes = []
    for guess in roots_bracketed(lambda x: he(x)[0], n):
        x = guess
        for _ in range(20):
            value, slope = he(x)
            x -= value / slope
        nodes.append(x)
    raw = [1 / he(x)[1] ** 2 for x in nodes]
    return nodes, [v / total(raw) for v in raw]


def roots_bracketed(f, n):
    width = 2 * mp.sqrt(n)
    grid = [-width + k * width / 4000 for k in range(8001)]
    values = [f(x) for x in grid]
    found = []
    for a, b, u, v in zip(grid, grid[1:], values, values[1:]):
        if u == 0 or u * v < 0:
            found.append(a if u == 0 else (a + b) / 2)
    assert len(found) == n
    return found


NODES, WEIGHTS = gauss_hermite()


def phi_below(z):
    """The normal distribution function."""
    return mp.erfc(-z / mp.sqrt(2)) / 2


def value(name, par, mu, s2):
    par = exact(par)
    sigma = mp.sqrt(s2)
    if name == "mean":
        return mu
    if name == "threshold":
        return phi_below((mu - par["b"]) / sigma)
    if name == "log_threshold":
        return mp.log(phi_below((mu - par["b"]) / sigma))
    if name == "cara":
        k = par["eta"]
        return (1 - mp.exp(-k * mu + k * k * s2 / 2)) / k
    if name == "mean_variance":
        return mu - par["eta"] * s2 / 2
    if name == "cvar":
        alpha = par["alpha"]
        z = mp.findroot(lambda t: phi_below(t) - alpha, mp.mpf(float_quantile(alpha)))
        return mu - sigma * mp.exp(-z * z / 2) / mp.sqrt(2 * mp.pi) / alpha
    if name == "log_delta":
        return mp.log(mu) - s2 / (2 * mu ** 2)
    if name == "power_delta":
        g = par["g"]
        return mu ** (1 - g) / (1 - g) - g * s2 * mu ** (-g - 1) / 2
    if name == "log_quad":
        c = par["c"]
        z = [mu + sigma * t for t in NODES]
        return total(w * (mp.log(v) if mp.re(v) >= c else mp.log(c) + (v - c) / c)
                     for w, v in zip(WEIGHTS, z))
    raise KeyError(name)


def float_quantile(alpha):
    from statistics import NormalDist
    return NormalDist().inv_cdf(float(alpha))


def closed_form(name, par, mu, s2):
    mu, s2 = mp.mpf(mu), mp.mpf(s2)
    i = STEP * 1j
    return {"G": value(name, par, mu, s2), "dG_dmu": derivative(value(name, par, mu + i, s2)),
            "dG_dsigma2": derivative(value(name, par, mu, s2 + i))}


def batches(inputs, cases):
    """Value and gradient of each (criterion, params, count, cbase, N)."""
    batch = Batch(inputs)
    out = []
    for case in cases:
        c, n = mp.mpf(case["cbase"]), case["N"]

        def at(rows):
            y = [(mp.exp(v) / batch.p[i] - c) * batch.r[i]
                 for i, v in enumerate(batch.logged(rows))]
            m1, m2 = total(y) / len(y), total(v * v for v in y) / len(y)
            spread = m2 if case["count"] == "poisson" else m2 - m1 ** 2
            return value(case["criterion"], case["params"], n * m1, n * spread)

        out.append({**case, "value": at(batch.here), "gradient": matrix_of(
            batch.theta, lambda place: derivative(at(batch.next_to[place])))})
    return out
