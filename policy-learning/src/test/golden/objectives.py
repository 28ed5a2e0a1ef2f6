"""References for the linear softmax and its objectives: 01, 05, 10 and b01.

Objectives are written down as values; gradients come from complex-step differentiation. Where the
weight in front of ln pi is a constant by definition, the value that is differentiated has it frozen.
"""
from estimates import state_propensity, worst_propensity
from reference_numbers import (derivative, dot, exact, matrix_of, mean, moved, mp, positions, scores,
                               softmax, total, uips_phi)


def policy(inputs):
    """01, one case."""
    g = exact(inputs)
    theta, beta, x, a = g["theta"], g["beta"], g["x"], inputs["action"]
    h, f = scores(theta, beta, x)
    log_z, log_pi = softmax(f)
    pi = [mp.exp(v) for v in log_pi]
    return {"h": h, "scores": f, "logZ": log_z, "pi": pi,
            "betabar": [total(pi[b] * beta[b][l] for b in range(len(beta)))
                        for l in range(len(h))],
            "log_pi_action": log_pi[a],
            "entropy": -total(p * v for p, v in zip(pi, log_pi)),
            "grad_log_pi": matrix_of(theta, lambda at: derivative(
                softmax(scores(moved(theta, at), beta, x)[1])[1][a]))}


class Batch:
    """Log probabilities of every item at theta and next to it in each coordinate."""

    def __init__(self, inputs, theta=None):
        g = self.given = exact(inputs)
        self.theta, self.beta, self.x = theta or g["theta"], g["beta"], g["x"]
        self.action, self.r, self.p = inputs["action"], g["r"], g["p"]
        self.n = len(self.action)
        self.here = self.rows(self.theta)
        self.next_to = {at: self.rows(moved(self.theta, at)) for at in positions(self.theta)}
        self.pi = [mp.exp(self.here[i][self.action[i]]) for i in range(self.n)]

    def rows(self, theta):
        return [softmax(scores(theta, self.beta, x)[1])[1] for x in self.x]

    def gradient(self, value):
        """Of a function of all rows of log probabilities."""
        return matrix_of(self.theta, lambda at: derivative(value(self.next_to[at])))

    def logged(self, rows):
        return [rows[i][self.action[i]] for i in range(self.n)]

    def square(self):
        return total(v * v for row in self.theta for v in row)


def with_l2(batch, value, gradient, l2):
    theta = batch.theta
    return (value - l2 / 2 * batch.square(),
            [[g - l2 * v for g, v in zip(a, b)] for a, b in zip(gradient, theta)])


def plain_objective(name, batch, par, phi):
    """05: the value as a function of the rows of log probabilities."""
    r, p, n, par = batch.r, batch.p, batch.n, exact(par)
    lam, tau, cap = par.get("lam"), par.get("tau"), par.get("M")
    every = range(n)

    def of_pi(term):
        return lambda rows: total(
            term(i, mp.exp(v)) for i, v in enumerate(batch.logged(rows))) / n

    def of_log(weight):
        return lambda rows: total(weight(i) * v for i, v in enumerate(batch.logged(rows))) / n

    def snips(rows):
        w = [mp.exp(v) / p[i] for i, v in enumerate(batch.logged(rows))]
        return total(a * b for a, b in zip(w, r)) / total(w)

    def poem(rows):
        w = [mp.exp(v) / p[i] for i, v in enumerate(batch.logged(rows))]
        u = [(w[i] if mp.re(w[i]) < cap else cap) * r[i] for i in every]
        m = total(u) / n
        spread = total((v - m) ** 2 for v in u)
        return m - (lam * mp.sqrt(spread / (n - 1) / n) if mp.re(spread) != 0 else 0)

    def dr(rows):
        q = batch.given["q_all"]
        out = mp.mpf(0)
        for i in every:
            a = batch.action[i]
            out += total(mp.exp(v) * b for v, b in zip(rows[i], q[i]))
            out += mp.exp(rows[i][a]) / max(p[i], tau) * (r[i] - q[i][a])
        return out / n

    return {
        "IPS": lambda: of_pi(lambda i, pi: pi / p[i] * r[i]),
        "CIPS_FLOOR": lambda: of_pi(lambda i, pi: pi * r[i] / max(p[i], tau)),
        "CIPS_CAP": lambda: of_pi(
            lambda i, pi: (pi / p[i] if mp.re(pi) / p[i] < cap else cap) * r[i]),
        "SNIPS": lambda: snips,
        "BANDITNET": lambda: of_pi(lambda i, pi: pi / p[i] * (r[i] - par["baseline"])),
        "DR": lambda: dr,
        "POEM": lambda: poem,
        "LS": lambda: of_pi(lambda i, pi: mp.log(1 + lam * pi / p[i] * r[i]) / lam),
        "LS_LIN": lambda: of_pi(lambda i, pi: pi * mp.log(1 + lam * r[i] / p[i]) / lam),
        "IX": lambda: of_pi(lambda i, pi: pi * r[i] / (p[i] + par["gamma"])),
        "ES": lambda: of_pi(lambda i, pi: pi * r[i] / p[i] ** par["alpha"]),
        "LPI": lambda: of_log(lambda i: r[i]),
        "CLPI": lambda: of_log(lambda i: r[i] / max(p[i], tau)),
        "REGKL": lambda: of_log(lambda i: mp.exp(r[i] / par["kl_beta"])),
        "UIPS": lambda: of_pi(lambda i, pi: phi[i] * pi / p[i] * r[i]),
    }[name]()


def gradients(inputs, objectives):
    """05, one case: (expected, pi_logged). objectives is a list of (name, parameters)."""
    batch = Batch(inputs)
    l2 = batch.given["l2"]
    expected = []
    for name, par in objectives:
        value = plain_objective(name, batch, par, batch.given["uips_phi"])
        v, g = value(batch.here), batch.gradient(value)
        vl, gl = with_l2(batch, v, g, l2)
        expected.append({"objective": name, "params": par, "value": v, "gradient": g,
                         "value_l2": vl, "gradient_l2": gl})
    return expected, batch.pi


def weighted_log(batch, c):
    """sum c_i ln pi_i with c frozen."""
    return lambda rows: total(a * v for a, v in zip(c, batch.logged(rows)))


def baseline(name, batch, inputs, par):
    """b01: (value, c_i, function to differentiate)."""
    g, n, r, p, pi = batch.given, batch.n, batch.r, batch.p, batch.pi
    every, items = range(n), range(len(batch.beta))
    w = [pi[i] / p[i] for i in every]
    full = [[mp.exp(v) for v in row] for row in batch.here]
    u = g["U"]
    par = exact(par)

    def frozen(value, c):
        return value, c, weighted_log(batch, c)

    if name == "CE":
        return frozen(dot(r, batch.logged(batch.here)) / n, [v / n for v in r])
    if name == "BIPS_CAP":
        c = [min(v, par["M"]) * b / n for v, b in zip(w, r)]
        return frozen(total(c), c)
    if name.startswith(("MINVAR", "STABLEVAR")) and not name.endswith("_DR"):
        power = mp.mpf(1) if name.startswith("MINVAR") else mp.mpf(1) / 2
        if name.endswith("_CTX"):
            h = [total(a * a / b for a, b in zip(full[i], g["pi0_rows"][i])) ** -power
                 for i in every]
        else:
            h = [v ** -power for v in w]
        c = [h[i] * w[i] * r[i] / total(h) for i in every]
        if not name.endswith("_FULL"):
            return frozen(total(c), c)

        def ratio(rows):
            z = [mp.exp(v) / p[i] for i, v in enumerate(batch.logged(rows))]
            k = [v ** -power for v in z]
            return total(k[i] * z[i] * r[i] for i in every) / total(k)

        v, s = total(c), total(h)
        if power == 1:
            return v, [v * h[i] / s for i in every], ratio
        return v, [(mp.sqrt(w[i]) * r[i] + v * h[i]) / (2 * s) for i in every], ratio
    if name in ("POXM_PRUNE", "POXM_SIS"):
        member = inputs["poxm_selected"]
        s = [member[i][batch.action[i]] for i in every]
        lam = par["lam"]
        if name == "POXM_PRUNE":
            c = [s[i] * w[i] * (r[i] - lam) / n for i in every]
            return frozen(total(c), c)
        ns = sum(s)

        def restricted(rows):
            out = mp.mpf(0)
            for i in every:
                if s[i]:
                    inside = total(mp.exp(rows[i][b]) for b in items if member[i][b])
                    inside0 = total(g["pi0_rows"][i][b] for b in items if member[i][b])
                    ratio = mp.exp(rows[i][batch.action[i]]) / inside / (p[i] / inside0)
                    out += ratio * (r[i] - lam) / ns
            return out

        c = []
        for i in every:
            inside = total(full[i][b] for b in items if member[i][b])
            inside0 = total(g["pi0_rows"][i][b] for b in items if member[i][b])
            c.append(s[i] * pi[i] / inside / (p[i] / inside0) * (r[i] - lam) / ns
                     if s[i] else mp.mpf(0))
        return restricted(batch.here), c, restricted
    if name == "ADAPTIVE":
        q = par["q_item"]

        def adaptive(rows):
            out = mp.mpf(0)
            for i in every:
                a = batch.action[i]
                out += total(mp.exp(v) * b for v, b in zip(rows[i], q))
                out += mp.exp(rows[i][a]) / (p[i] + par["g"]) * (r[i] - q[a])
                out -= par["ent"] * total(mp.exp(v) * v for v in rows[i])
            return out / n

        c = [pi[i] / (p[i] + par["g"]) * (r[i] - q[batch.action[i]]) / n for i in every]
        return adaptive(batch.here), c, adaptive
    if name in ("UIPS_P", "UIPS_O"):
        sign = -1 if name == "UIPS_P" else 1
        c = [mp.exp(sign * par["gamma"] * u[i]) * w[i] * r[i] / n for i in every]
        return frozen(total(c), c)
    if name == "IPS_UN":
        c = [pi[i] * r[i] / worst_propensity(p[i], par["alpha"]) / n for i in every]
        return frozen(total(c), c)
    if name == "DICE_S":
        zeta = [a / b for a, b in zip(pi, state_propensity(inputs["dice_state"], batch.action))]
        c = [min(z, par["M"]) * b / n for z, b in zip(zeta, r)]
        return frozen(total(c), c)
    if name in ("TOPK", "TOPK_CAP"):
        k = inputs_k(par)
        m = [k * (1 - v) ** (k - 1) for v in pi]
        if name == "TOPK_CAP":
            c = [min(w[i], par["M"]) * m[i] * r[i] / n for i in every]
            return frozen(total(c), c)

        def inclusion(rows):
            return total((1 - (1 - mp.exp(v)) ** k) * r[i] / p[i]
                         for i, v in enumerate(batch.logged(rows))) / n

        return inclusion(batch.here), [m[i] * w[i] * r[i] / n for i in every], inclusion
    return model_based(name, batch, inputs, par, w, full)


def inputs_k(par):
    return int(par["K"])


def model_based(name, batch, inputs, par, w, full):
    g, n, r = batch.given, batch.n, batch.r
    every, items = range(n), range(len(batch.beta))
    a, q, rows0 = batch.action, g["q_all"], g["pi0_rows"]
    qpi = [dot(full[i], q[i]) for i in every]
    e = [r[i] - q[i][a[i]] for i in every]

    def model(rows):
        return total(total(mp.exp(v) * b for v, b in zip(rows[i], q[i])) for i in every) / n

    if name.endswith("DR"):
        if name == "DR":
            factor = [mp.mpf(1) / n] * n
        elif name == "MINVAR_DR":
            factor = [1 / v / total(1 / z for z in w) for v in w]
        elif name == "SHRINK_DR":
            factor = [par["lam"] / (par["lam"] + v * v) / n for v in w]
        elif name == "UIPS_DR":
            factor = [uips_phi(w[i], g["U"][i], par["lam"], par["eta1"], par["eta2"],
                               par["gamma"]) / n for i in every]
        else:
            raise KeyError(name)
        c = [factor[i] * w[i] * e[i] for i in every]
        log = weighted_log(batch, c)
        return mean(qpi) + total(c), c, lambda rows: model(rows) + log(rows)
    cluster = inputs["cluster"]

    def marginal(weights):
        """sum_b weight_ib pi_b / sum_b weight_ib pi0_b of each event."""
        def ratios(rows):
            return [total(mp.exp(rows[i][b]) * weights[i][b] for b in items)
                    / total(rows0[i][b] * weights[i][b] for b in items) for i in every]
        return ratios

    same = [[mp.mpf(int(cluster[b] == cluster[a[i]])) for b in items] for i in every]
    if name == "MIPS":
        ratios = marginal(same)
        return marginalised(batch, ratios, r, lambda rows: mp.mpf(0))
    if name == "OFFCEM":
        return marginalised(batch, marginal(same), e, model)
    if name == "MIPS_EMB":
        emb, table = inputs["embedding"], g["p_e_given_a"]
        weights = [[table[b][emb[i]] for b in items] for i in every]
        return marginalised(batch, marginal(weights), r, lambda rows: mp.mpf(0))
    raise KeyError(name)


def marginalised(batch, ratios, payoff, extra):
    n = batch.n

    def value(rows):
        return extra(rows) + total(a * b for a, b in zip(ratios(rows), payoff)) / n

    c = [a * b / n for a, b in zip(ratios(batch.here), payoff)]
    return value(batch.here), c, value


def baselines(inputs, objectives):
    """b01, one case. objectives is a list of (name, parameters)."""
    batch = Batch(inputs)
    results = []
    for name, par in objectives:
        value, c, differentiable = baseline(name, batch, inputs, par)
        gradient = batch.gradient(differentiable)
        vl, gl = with_l2(batch, value, gradient, mp.mpf(0.01))
        results.append({"objective": name, "params": par, "value": value, "coef": c,
                        "grad": gradient, "value_l2_0p01": vl, "grad_l2_0p01": gl})
    return {"results": results}


def likelihood_weights(name, par, r, p):
    par = exact(par)
    if name == "LPI":
        return list(r)
    if name == "CLPI":
        return [a / max(b, par["tau"]) for a, b in zip(r, p)]
    if name == "REGKL":
        return [mp.exp(a / par["kl_beta"]) for a in r]
    raise KeyError(name)


def tabular_optimum(inputs, objectives):
    """10, one context with a free logit for each action."""
    g, a = exact(inputs), inputs["action"]
    out = []
    for name, par in objectives:
        weights = likelihood_weights(name, par, g["r"], g["p"])
        mass = [total(v for v, b in zip(weights, a) if b == k) for k in range(max(a) + 1)]
        out.append({"objective": name, "params": par, "pi_star": [m / total(mass) for m in mass]})
    return out


def likelihood_optimum(inputs, objectives):
    """10: Newton's method on a strongly concave objective. objectives: (name, parameters, l2)."""
    g = exact(inputs)
    beta, x, a = g["beta"], g["x"], inputs["action"]
    n, d, latent = len(x), len(x[0]), len(beta[0])
    out = []
    for name, par, l2_given in objectives:
        weights = likelihood_weights(name, par, g["r"], g["p"])
        l2 = mp.mpf(l2_given)
        theta = [[mp.mpf(0)] * latent for _ in range(d)]

        def at(theta):
            value = -l2 / 2 * total(v * v for row in theta for v in row)
            gradient = mp.matrix(d * latent, 1)
            hessian = -l2 * mp.eye(d * latent)
            for i in range(n):
                log_pi = softmax(scores(theta, beta, x[i])[1])[1]
                pi = [mp.exp(v) for v in log_pi]
                bar = [dot(pi, [row[l] for row in beta]) for l in range(latent)]
                cov = [[total(q * (row[k] - bar[k]) * (row[l] - bar[l])
                              for q, row in zip(pi, beta)) for l in range(latent)]
                       for k in range(latent)]
                c = weights[i] / n
                value += c * log_pi[a[i]]
                for s in range(d):
                    for k in range(latent):
                        gradient[s * latent + k] += c * x[i][s] * (beta[a[i]][k] - bar[k])
                        for t in range(d):
                            for l in range(latent):
                                hessian[s * latent + k, t * latent + l] -= (
                                    c * x[i][s] * x[i][t] * cov[k][l])
            for s in range(d):
                for k in range(latent):
                    gradient[s * latent + k] -= l2 * theta[s][k]
            return value, gradient, hessian

        for _ in range(200):
            value, gradient, hessian = at(theta)
            if mp.norm(gradient) < mp.mpf(10) ** -40:
                break
            step = mp.lu_solve(hessian, -gradient)
            size = mp.mpf(1)
            while True:
                new = [[theta[s][k] + size * step[s * latent + k] for k in range(latent)]
                       for s in range(d)]
                if at(new)[0] > value or size < mp.mpf(2) ** -60:
                    break
                size /= 2
            theta = new
        value, gradient, hessian = at(theta)
        assert mp.norm(gradient) < mp.mpf(10) ** -20, "a stationary point"
        eigenvalues = sorted(mp.eigsy(hessian, eigvals_only=True))
        out.append({"objective": name, "params": par, "l2": l2_given, "weights": weights,
                    "theta_star": theta, "value": value, "hessian_max_eig": eigenvalues[-1],
                    "hessian_min_eig": eigenvalues[0]})
    return out


def stationary_points(inputs):
    """10: of the one-parameter IPS objective with L2, in order."""
    g, a = exact(inputs), inputs["action"]
    beta, x, r, p, l2 = g["beta"], g["x"], g["r"], g["p"], g["l2"]
    n = len(r)

    def value(t):
        out = -l2 / 2 * t * t
        for i in range(n):
            out += mp.exp(softmax([t * x[i][0] * b[0] for b in beta])[1][a[i]]) / p[i] * r[i] / n
        return out

    def slope(t):
        return derivative(value(t + mp.mpf(10) ** -40 * 1j))

    grid = [mp.mpf(k) / 20 for k in range(-400, 401)]
    signs = [slope(t) for t in grid]
    points = []
    for lo, hi, u, v in zip(grid, grid[1:], signs, signs[1:]):
        if u * v < 0:
            while hi - lo > mp.mpf(10) ** -30:
                mid = (lo + hi) / 2
                lo, hi = (mid, hi) if slope(mid) * u > 0 else (lo, mid)
            points.append((lo + hi) / 2)
    return {"stationary_points": points, "values": [value(t) for t in points]}
