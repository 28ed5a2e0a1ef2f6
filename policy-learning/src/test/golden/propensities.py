"""References for the logging policy and what its uncertainty does to weights: 07, 08 and b04."""
from reference_numbers import dot, exact, mp, softmax, total, uips_phi

FLOOR = mp.mpf(1e-9)


def paper_form(case):
    """07: case without its results."""
    c = exact(case)
    w, u, lam, e1, e2, g, p = (c[k] for k in ("w", "U", "lam", "eta1", "eta2", "gamma",
                                              "pi0_hat"))
    phi = uips_phi(w, u, lam, e1, e2, g)
    return {"phi": phi, "weight": phi * w,
            "increasing_in_U": bool(w * mp.exp(g * u) < mp.sqrt(lam) / e1),
            "b_minus": p * mp.exp(-g * u) / e1, "b_plus": p * mp.exp(g * u) / e1}


def interval_form(case):
    """07: the minimiser of the worst case, by ternary search and by its closed form."""
    c = exact(case)
    w, lo, hi, lam = (c[k] for k in ("w", "rho_lo", "rho_hi", "lam"))

    def worst(phi):
        return max(lam * (rho * phi - 1) ** 2 + w * w * phi * phi for rho in (lo, hi))

    a, b = mp.mpf(0), 2 / lo
    for _ in range(400):
        x, y = a + (b - a) / 3, b - (b - a) / 3
        a, b = (a, y) if worst(x) < worst(y) else (x, b)
    phi = min(lam * lo / (lam * lo * lo + w * w), 2 / (lo + hi))
    assert abs(phi - (a + b) / 2) < mp.mpf(10) ** -20 * (1 + phi), "the closed form is the minimiser"
    return {"phi": phi, "worst_case": worst(phi)}


def beta_quantile(a, b, share):
    lo, hi = mp.mpf(0), mp.mpf(1)
    while hi - lo > mp.mpf(10) ** -16 * hi and hi > mp.mpf(10) ** -40:
        # geometric steps reach quantiles far below 1
        mid = mp.sqrt(lo * hi) if lo > 0 else hi / 16
        if hi < 4 * lo:
            mid = (lo + hi) / 2
        below = mp.betainc(a, b, 0, mid, regularized=True) < share
        lo, hi = (mid, hi) if below else (lo, mid)
    return (lo + hi) / 2


def dirichlet(inputs, times, actions):
    """08."""
    g, times = exact(inputs), exact(list(times))
    half, alpha, m0 = g["half_life"], g["prior_strength"], g["m0"]

    def facts(at, upto, a):
        d = [mp.mpf(2) ** (-(at - t) / half) for t in times[:upto]]
        count = total(v for v, b in zip(d, actions) if b == a)
        c, all_of_it = count + alpha * m0[a], total(d) + alpha
        m = c / all_of_it
        sd = mp.sqrt(m * (1 - m) / (all_of_it + 1))
        u = mp.sqrt(max(mp.psi(1, c) - mp.psi(1, all_of_it), mp.mpf(0)))
        return {"count": count, "c": c, "rest": all_of_it - c, "mean": m, "sd": sd, "U_log": u,
                "U_delta": sd / m}

    trace = []
    for i, (t, a) in enumerate(zip(times, actions)):
        f = facts(t, i, a)
        trace.append({"t": t, "action": a, "pi_hat_before": f["mean"], "sd_before": f["sd"],
                      "U_log_before": f["U_log"], "U_delta_before": f["U_delta"]})
    end = [facts(times[-1], len(times), a) for a in range(len(m0))]
    final = {"at": times[-1], "counts": [f["count"] for f in end]}
    for key in ("mean", "sd", "U_log", "U_delta"):
        final[key] = [f[key] for f in end]
    final["credible90"] = [[beta_quantile(f["c"], f["rest"], share) for share in
                            (mp.mpf(0.05), mp.mpf(0.95))] for f in end]
    return {"inputs": inputs, "trace": trace, "final": final}


def rows_of(m):
    return [[m[i, j] for j in range(m.cols)] for i in range(m.rows)]


def softmax_regression(inputs, contexts, actions):
    """08: the information matrices are summed and solved, not updated in inverse form."""
    d, p, lr = inputs["d"], inputs["P"], mp.mpf(inputs["lr"])
    w = [[mp.mpf(0)] * d for _ in range(p)]
    info = [mp.eye(d) for _ in range(p)]
    trace = []
    for x_given, a in zip(contexts, actions):
        x = exact(list(x_given))
        prob = [mp.exp(v) for v in softmax([dot(row, x) for row in w])[1]]
        norm = mp.sqrt(dot(x, x) * d)
        v = mp.matrix([u / norm for u in x])
        trace.append({"x": x_given, "action": a, "pi_hat_before": max(prob[a], FLOOR),
                      "U_before": mp.sqrt((v.T * mp.lu_solve(info[a], v))[0])})
        w = [[w[k][j] + lr * (int(k == a) - prob[k]) * x[j] for j in range(d)] for k in range(p)]
        info[a] += v * v.T
    return {"inputs": inputs, "trace": trace,
            "final": {"W": w, "Minv": [rows_of(m ** -1) for m in info]}}


def two_tower(inputs):
    """b04, one case."""
    g = exact(inputs)
    e, b, omega, lr = g["E"], g["b"], g["omega"], g["lr"]
    p, latent = len(e), len(omega)
    m = mp.eye(latent)
    trace = []
    for h, a in zip(g["h"], inputs["action"]):
        product = [[h[l] * e[k][l] for l in range(latent)] for k in range(p)]
        unit = [mp.matrix([v / mp.sqrt(dot(row, row)) for v in row]) for row in product]
        log_p = softmax([dot(omega, row) + c for row, c in zip(product, b)])[1]
        prob = [mp.exp(v) for v in log_p]
        trace.append({"probs_before": prob, "nll": -log_p[a], "U_before": [
            mp.sqrt((u.T * mp.lu_solve(m, u))[0] / latent) for u in unit]})
        res = [int(k == a) - prob[k] for k in range(p)]
        step = [total(res[k] * e[k][l] for k in range(p)) * h[l] for l in range(latent)]
        e = [[e[k][l] + lr * res[k] * omega[l] * h[l] for l in range(latent)] for k in range(p)]
        b = [b[k] + lr * res[k] for k in range(p)]
        omega = [omega[l] + lr * step[l] for l in range(latent)]
        m += unit[a] * unit[a].T / latent
    return {"trace": trace, "E": e, "b": b, "omega": omega, "M": rows_of(m)}
