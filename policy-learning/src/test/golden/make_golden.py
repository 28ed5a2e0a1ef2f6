"""Writes ../resources/golden: reference numbers of our own, in the format of HINDCAST_GOLDEN.

The formulas are written out once more here, in another language and mostly with 40 digits, so that
the tests compare two programs. Run: python3 make_golden.py (numpy and mpmath).
"""
import json
import pathlib

import mpmath as mp
import numpy as np

mp.mp.dps = 40
OUT = pathlib.Path(__file__).parent.parent / "resources" / "golden"
TOLERANCE = {"rel": 1e-9, "abs": 1e-11}
Z95 = 1.959963984540054


def save(name, description, **content):
    body = {"name": name, "description": description, "tolerance": TOLERANCE, **content}
    (OUT / f"{name}.json").write_text(json.dumps(plain(body), indent=1) + "\n")


def plain(x):
    if isinstance(x, dict):
        return {str(k): plain(v) for k, v in x.items()}
    if isinstance(x, (list, tuple, np.ndarray)):
        return [plain(v) for v in x]
    if isinstance(x, (np.integer,)):
        return int(x)
    if isinstance(x, (mp.mpf, np.floating)):
        return float(x)
    return x


def mpv(x):
    return [mp.mpf(float(v)) for v in x]


def moments(y):
    n = len(y)
    mean = mp.fsum(y) / n
    m2 = mp.fsum([(v - mean) ** 2 for v in y])
    return n, mean, m2


def mean_type(y, params):
    n, mean, m2 = moments(y)
    se = mp.sqrt(m2 / (n - 1) / n)
    return {"params": params, "per_event": y, "mean": mean, "var": m2 / (n - 1), "se": se,
            "ci95": [mean - Z95 * se, mean + Z95 * se]}


def uips_phi(w, u, lam, eta1, eta2, gamma):
    lo, hi = mp.exp(-gamma * u), mp.exp(gamma * u)
    return min(lam / (lam / eta1 * lo + eta1 * w * w / lo), 2 * eta2 / (lo + hi))


def weight_sums(w, r):
    return {"n": float(len(w)), "w": mp.fsum(w), "wr": mp.fsum(a * b for a, b in zip(w, r)),
            "ww": mp.fsum(a * a for a in w), "wwr": mp.fsum(a * a * b for a, b in zip(w, r)),
            "wwrr": mp.fsum((a * b) ** 2 for a, b in zip(w, r)), "wmax": max(w)}


def ope_case(seed, n):
    g = np.random.default_rng(seed)
    p = mpv(np.round(g.uniform(0.05, 0.9, n), 6))
    pi = mpv(np.round(g.uniform(0.01, 0.9, n), 6))
    r = mpv(np.round(np.where(g.random(n) < 0.3, g.random(n), g.random(n) < 0.6), 6))
    q = mpv(np.round(g.random(n), 6))
    qpi = mpv(np.round(g.random(n), 6))
    u = mpv(np.round(g.uniform(0, 1, n), 6))
    c = {"lam": 3.0, "eta1": 0.8, "eta2": 50.0, "gamma": 1.2}
    w = [a / b for a, b in zip(pi, p)]
    phi = [uips_phi(w[i], u[i], **{k: mp.mpf(v) for k, v in c.items()}) for i in range(n)]
    e = [r[i] - q[i] for i in range(n)]
    every = range(n)
    cap, tau, gam, alpha, harm, lam, smooth, switch = 1.2, 0.2, 0.15, 0.6, 0.25, 3.0, 0.3, 1.1
    est = {
        "IPS": mean_type([w[i] * r[i] for i in every], {}),
        "CIPS_CAP": mean_type([min(w[i], cap) * r[i] for i in every], {"M": cap}),
        "CIPS_FLOOR": mean_type([pi[i] * r[i] / max(p[i], tau) for i in every], {"tau": tau}),
        "IX": mean_type([pi[i] * r[i] / (p[i] + gam) for i in every], {"gamma": gam}),
        "ES": mean_type([pi[i] * r[i] / p[i] ** mp.mpf(alpha) for i in every], {"alpha": alpha}),
        "HARMONIC": mean_type([w[i] * r[i] / (1 - harm + harm * w[i]) for i in every],
                              {"lam": harm}),
        "SHRINK": mean_type([lam * w[i] / (w[i] ** 2 + lam) * r[i] for i in every], {"lam": lam}),
        "LS": mean_type([mp.log(1 + smooth * w[i] * r[i]) / smooth for i in every],
                        {"lam": smooth}),
        "LS_LIN": mean_type([pi[i] * mp.log(1 + smooth * r[i] / p[i]) / smooth for i in every],
                            {"lam": smooth}),
        "UIPS": mean_type([phi[i] * w[i] * r[i] for i in every], {}),
        "DM": mean_type(list(qpi), {}),
        "DR": mean_type([qpi[i] + w[i] * e[i] for i in every], {}),
        "DR_FLOOR": mean_type([qpi[i] + pi[i] / max(p[i], tau) * e[i] for i in every],
                              {"tau": tau}),
        "SWITCH_DR": mean_type([qpi[i] + (w[i] * e[i] if w[i] <= switch else 0) for i in every],
                               {"tau": switch}),
        "DROS": mean_type([qpi[i] + lam * w[i] / (w[i] ** 2 + lam) * e[i] for i in every],
                          {"lam": lam}),
        "UIPS_DR": mean_type([qpi[i] + phi[i] * w[i] * e[i] for i in every], {}),
    }
    s = weight_sums(w, r)
    v = s["wr"] / s["w"]
    snips_se = mp.sqrt(mp.fsum((w[i] * (r[i] - v)) ** 2 for i in every)) / s["w"]
    wm, ym = s["w"] / n, s["wr"] / n
    var_w = mp.fsum((x - wm) ** 2 for x in w) / (n - 1)
    var_y = mp.fsum((w[i] * r[i] - ym) ** 2 for i in every) / (n - 1)
    cov = mp.fsum((w[i] - wm) * (w[i] * r[i] - ym) for i in every) / (n - 1)
    wf_min, wf_max = mp.mpf(0), mp.mpf(12)
    wf = wf_max if s["w"] < n else wf_min
    a, b = (wf + s["w"]) / (n + 1), (wf ** 2 + s["ww"]) / (n + 1)
    big_b, big_c = (1 - a) / (a * a - b), (b - a) / (a * a - b)
    cr = mp.fsum(w[i] * e[i] for i in every) / s["w"]
    qm = mp.fsum(qpi) / n
    sndr_se = mp.sqrt(mp.fsum((qpi[i] - qm + w[i] * (e[i] - cr) / wm) ** 2 for i in every)) / n
    _, _, m2cap = moments([min(w[i], cap) * r[i] for i in every])
    ell = mp.log(2 / mp.mpf(0.05))
    delta = mp.mpf(0.05)
    cuts = [0, n // 4, n // 2, n]
    parts = []
    for lo, hi in zip(cuts, cuts[1:]):
        count, mean, m2 = moments([qpi[i] + w[i] * e[i] for i in range(lo, hi)])
        parts.append({"range": [lo, hi], "n": count, "mean": mean, "m2": m2,
                      "sums": weight_sums(w[lo:hi], r[lo:hi])})
    return {
        "inputs": {"p": p, "pi": pi, "r": r, "q": q, "qpi": qpi, "U": u, "uips": c},
        "expected": {
            "w": w, "uips_phi": phi, "estimators": est, "sums": s,
            "from_sums": {
                "ips": ym, "ips_var": var_y, "ips_se": mp.sqrt(var_y / n), "snips": v,
                "snips_se": snips_se, "snips_ci": [v - Z95 * snips_se, v + Z95 * snips_se],
                "ess": s["w"] ** 2 / s["ww"], "ess_ratio": s["w"] ** 2 / s["ww"] / n,
                "w_mean": wm, "w_var": var_w, "w_check_z": (wm - 1) / mp.sqrt(var_w / n),
                "cv_coef": cov / var_w, "ips_cv": ym - cov / var_w * (wm - 1),
                "ips_cv_se": mp.sqrt((var_y - cov ** 2 / var_w) / n)},
            "cressie_read": {
                "wmin": wf_min, "wmax": wf_max,
                "partial_value": -(big_c * s["wr"] + big_b * s["wwr"]) / (n + 1),
                "missing_mass": 1 + (big_c * s["w"] + big_b * s["ww"]) / (n + 1)},
            "sndr": {"value": qm + cr, "se": sndr_se,
                     "ci95": [qm + cr - Z95 * sndr_se, qm + cr + Z95 * sndr_se]},
            "maurer_pontil_cips_cap": {
                "M": cap, "alpha": 0.05,
                "halfwidth": mp.sqrt(2 * m2cap / (n - 1) * ell / n) + 7 * cap * ell / (3 * (n - 1))},
            "ls_lower": {
                "lam": smooth, "delta": 0.05,
                "value": (mp.exp(mp.fsum(mp.log(1 + smooth * w[i] * r[i]) for i in every) / n
                                 - mp.log(1 / delta) / n) - 1) / smooth},
            "ix_lower": {
                "gamma": gam, "delta": 0.05,
                "value": mp.fsum(pi[i] * r[i] / (p[i] + gam) for i in every) / n
                - mp.log(1 / delta) / (2 * gam * n)}},
        "merge_parts_DR": parts,
    }


def find_ope_case(n):
    """A case whose missing mass is positive, as the format states it before the clamp."""
    for seed in range(1, 100):
        case = ope_case(seed, n)
        if case["expected"]["cressie_read"]["missing_mass"] > 0:
            return case
    raise AssertionError("no case")


def decay():
    g = np.random.default_rng(2)
    n, half, query = 12, 40.0, 160.0
    t = sorted(float(x) for x in np.round(g.uniform(0, 150, n), 3))
    w, r = mpv(np.round(g.uniform(0.2, 3, n), 6)), mpv(np.round(g.random(n), 6))

    def sums(index, ref):
        d = {i: mp.mpf(2) ** (-(mp.mpf(ref) - mp.mpf(str(t[i]))) / half) for i in index}

        def total(power, term):
            return mp.fsum(d[i] ** power * term(i) for i in index)

        return {"ref": ref, "d": total(1, lambda i: 1), "d_y": total(1, lambda i: w[i] * r[i]),
                "d_w": total(1, lambda i: w[i]), "d2": total(2, lambda i: 1),
                "d2_y": total(2, lambda i: w[i] * r[i]),
                "d2_yy": total(2, lambda i: (w[i] * r[i]) ** 2),
                "d2_ww": total(2, lambda i: w[i] ** 2),
                "d2_wwr": total(2, lambda i: w[i] ** 2 * r[i])}

    a, b = [0, 1, 2, 5, 7, 8], [3, 4, 6, 9, 10, 11]
    s = sums(range(n), query)
    ips, snips = s["d_y"] / s["d"], s["d_y"] / s["d_w"]
    ips_var = (s["d2_yy"] - 2 * ips * s["d2_y"] + ips ** 2 * s["d2"]) / s["d"] ** 2
    snips_var = (s["d2_yy"] - 2 * snips * s["d2_wwr"] + snips ** 2 * s["d2_ww"]) / s["d_w"] ** 2
    save("03_decay", "Decayed sums, their merge and the estimates.",
         inputs={"t": t, "w": w, "r": r, "half_life": half, "query_time": query,
                 "partition_a": a, "partition_b": b},
         expected={"at_T": s, "part_a": sums(a, 152.0), "part_b": sums(b, 155.0), "ips": ips,
                   "n_eff": s["d"] ** 2 / s["d2"], "ips_se": mp.sqrt(ips_var), "snips": snips,
                   "snips_se": mp.sqrt(snips_var), "ess": s["d_w"] ** 2 / s["d2_ww"]})


def sequences():
    g = np.random.default_rng(3)
    n, alpha, rho = 150, 0.05, mp.mpf(1)
    act = g.choice(3, n, p=[0.3, 0.3, 0.4])
    w = mpv(np.array([0.5, 1.5, 1.0])[act])
    r = mpv((g.random(n) < np.array([0.3, 0.8, 0.5])[act]).astype(float))
    points = [1, 2, 10, 50, 150]

    def plug_in(x, level):
        la = mp.log(1 / mp.mpf(level))
        sx = v = a = b = c = best = mp.mpf(0)
        out = {}
        for t, xt in enumerate(x, 1):
            xhat, var = min(mp.mpf(1), (mp.mpf(0.5) + sx) / t), (mp.mpf(0.25) + v) / t
            lam = min(mp.mpf(0.5), mp.sqrt(2 * la / (var * t * mp.log(1 + t))))
            a, b, c = a + lam * xt, b + lam, c + (-mp.log(1 - lam) - lam) * (xt - xhat) ** 2
            v, sx = v + (xt - xhat) ** 2, sx + xt
            best = max(best, (a - la - c) / b)
            out[t] = ((a - la - c) / b, best)
        return out

    def mixture(x, level):
        target = mp.log(1 / mp.mpf(level))
        sx = v = mp.mpf(0)
        out = {}
        for t, xt in enumerate(x, 1):
            v, sx = v + (xt - min(mp.mpf(1), (mp.mpf(0.5) + sx) / t)) ** 2, sx + xt
            if t not in points:
                continue

            def log_w(m):
                s = sx - t * m

                def f(lam):
                    return mp.exp(lam * s + (mp.log(1 - lam) + lam) * v + lam - 1)

                peak = s / (s + v + rho)
                return mp.log(mp.quad(f, [0, peak / 2, peak, (1 + peak) / 2, 1 - mp.mpf(10) ** -20])
                              / (1 - mp.exp(-1)))

            lo, hi = mp.mpf(0), min(mp.mpf(1), sx / t)
            if hi == 0 or log_w(lo) <= target:
                out[t] = mp.mpf(0)
                continue
            for _ in range(48):
                mid = (lo + hi) / 2
                lo, hi = (mid, hi) if log_w(mid) > target else (lo, mid)
            out[t] = lo
        return out

    def block(x, y, name, to_interval):
        ex, ey = plug_in(x, alpha / 2), plug_in(y, alpha / 2)
        mx, my = mixture(x, alpha / 2), mixture(y, alpha / 2)
        return [{"t": t, "eb_lower_x": ex[t][0], "eb_lower_y": ey[t][0], "eb_best_x": ex[t][1],
                 "eb_best_y": ey[t][1], "mix_lower_x": mx[t], "mix_lower_y": my[t],
                 f"{name}_ci_eb": to_interval(ex[t][1], ey[t][1]),
                 f"{name}_ci_mix": to_interval(mx[t], my[t])} for t in points]

    value = block([a * b for a, b in zip(w, r)], [a * (1 - b) for a, b in zip(w, r)], "value",
                  lambda x, y: [x, 1 - y])
    delta = block([(1 + (a - 1) * b) / 2 for a, b in zip(w, r)],
                  [(1 + (a - 1) * (1 - b)) / 2 for a, b in zip(w, r)], "delta",
                  lambda x, y: [2 * x - 1, 1 - 2 * y])
    lam = mp.mpf("0.05")
    ls = []
    for t in points:
        total = mp.fsum(mp.log(1 + lam * w[i] * r[i]) for i in range(t))
        ls.append({"t": t, "lower": (mp.exp((total - mp.log(20)) / t) - 1) / lam})
    save("04_confidence_sequences", "Lower sequences; the mixture by quadrature over the bets.",
         inputs={"w": w, "r": r, "alpha": alpha},
         expected={"value": value, "delta": delta, "ls": ls, "true_value": 0, "true_delta": 0})


def uips():
    g = np.random.default_rng(4)
    paper, interval = [], []
    for _ in range(15):
        w, u = (mp.mpf(float(x)) for x in np.round([g.lognormal(0, 1.5), g.random()], 6))
        lam, eta1, eta2 = (mp.mpf(float(x)) for x in g.choice([0.5, 1.0, 2.0, 20.0], 3))
        gamma, p = (mp.mpf(float(x)) for x in np.round([g.uniform(0, 3), g.uniform(0.01, 1)], 6))
        phi = uips_phi(w, u, lam, eta1, eta2, gamma)
        paper.append({"w": w, "U": u, "lam": lam, "eta1": eta1, "eta2": eta2, "gamma": gamma,
                      "phi": phi, "weight": phi * w,
                      "increasing_in_U": bool(w * mp.exp(gamma * u) < mp.sqrt(lam) / eta1),
                      "pi0_hat": p, "b_minus": p * mp.exp(-gamma * u) / eta1,
                      "b_plus": p * mp.exp(gamma * u) / eta1})
    for _ in range(8):
        w, lo, lam = (mp.mpf(float(x)) for x in np.round(g.uniform(0.2, 3, 3), 6))
        hi = lo + mp.mpf(float(np.round(g.random(), 6)))

        def worst(phi):
            return max(lam * (rho * phi - 1) ** 2 + w * w * phi * phi for rho in (lo, hi))

        a, b = mp.mpf(0), 2 / lo
        for _ in range(400):
            x, y = a + (b - a) * 0.382, a + (b - a) * 0.618
            a, b = (a, y) if worst(x) < worst(y) else (x, b)
        phi = min(lam * lo / (lam * lo * lo + w * w), 2 / (lo + hi))
        assert abs(phi - (a + b) / 2) < 1e-15, "the closed form is the minimiser"
        interval.append({"w": w, "rho_lo": lo, "rho_hi": hi, "lam": lam, "phi": phi,
                         "worst_case": worst(phi)})
    save("07_uips", "phi* of the paper and for any interval.", paper_form=paper,
         interval_form=interval)


def logging_policy():
    g = np.random.default_rng(5)
    half, alpha, k = 30.0, 1.5, 4
    m0 = [0.4, 0.3, 0.2, 0.1]
    t = np.round(np.cumsum(g.exponential(4, 20)), 3)
    actions = g.choice(3, 20)

    def posterior(at, upto, a):
        d = [mp.mpf(2) ** (-(mp.mpf(str(at)) - mp.mpf(str(float(t[i])))) / half)
             for i in range(upto)]
        n = mp.fsum(d[i] for i in range(upto) if actions[i] == a)
        return n, n + mp.mpf(str(alpha)) * mp.mpf(str(m0[a])), mp.fsum(d) + mp.mpf(str(alpha))

    def facts(c, total):
        mean = c / total
        sd = mp.sqrt(mean * (1 - mean) / (total + 1))
        return mean, sd, mp.sqrt(mp.psi(1, c) - mp.psi(1, total)), sd / mean

    trace = []
    for i in range(20):
        _, c, total = posterior(float(t[i]), i, actions[i])
        mean, sd, u, rel = facts(c, total)
        trace.append({"t": float(t[i]), "action": int(actions[i]), "pi_hat_before": mean,
                      "sd_before": sd, "U_log_before": u, "U_delta_before": rel})
    end = float(t[-1])
    rows = [posterior(end, 20, a) for a in range(k)]
    all_facts = [facts(c, total) for _, c, total in rows]
    dirichlet = {
        "inputs": {"half_life": half, "prior_strength": alpha, "m0": m0}, "trace": trace,
        "final": {"at": end, "counts": [n for n, _, _ in rows], "mean": [f[0] for f in all_facts],
                  "sd": [f[1] for f in all_facts], "U_log": [f[2] for f in all_facts],
                  "U_delta": [f[3] for f in all_facts],
                  "credible90": [[bisect(c, total, 0.05), bisect(c, total, 0.95)]
                                 for _, c, total in rows]}}
    d, p, lr, steps = 2, 3, 0.25, 10
    w = np.zeros((p, d))
    info = np.stack([np.eye(d)] * p)
    softmax_trace = []
    for _ in range(steps):
        x, a = np.round(g.normal(size=d), 6), int(g.integers(p))
        z = np.exp(w @ x - (w @ x).max())
        prob, v = z / z.sum(), x / (np.linalg.norm(x) * np.sqrt(d))
        softmax_trace.append({"x": x, "action": a, "pi_hat_before": prob[a],
                              "U_before": np.sqrt(v @ np.linalg.solve(info[a], v))})
        w += lr * np.outer((np.arange(p) == a) - prob, x)
        info[a] += np.outer(v, v)
    save("08_logging_policy", "Estimates of the logging policy, read before each update.",
         dirichlet=dirichlet,
         softmax_regression={"inputs": {"d": d, "P": p, "lr": lr}, "trace": softmax_trace,
                             "final": {"W": w, "Minv": [np.linalg.inv(m) for m in info]}})


def bisect(c, total, share):
    lo, hi = mp.mpf(0), mp.mpf(1)
    for _ in range(60):
        mid = (lo + hi) / 2
        below = mp.betainc(c, total - c, 0, mid, regularized=True) < share
        lo, hi = (mid, hi) if below else (lo, mid)
    return (lo + hi) / 2


def mips():
    g = np.random.default_rng(6)
    n, p, cluster = 14, 6, [0, 1, 1, 0, 2, 2]
    pi, pi0 = (np.round(g.dirichlet(np.ones(p), n) * 0.9 + 0.1 / p, 6) for _ in range(2))
    q, action = np.round(g.random((n, p)), 6), g.integers(0, p, n)
    r = np.round(g.random(n), 6)
    rows = np.arange(n)
    same = np.array(cluster)[None, :] == np.array(cluster)[action][:, None]
    wc = (pi * same).sum(1) / (pi0 * same).sum(1)
    ips = pi[rows, action] / pi0[rows, action] * r
    offcem = (pi * q).sum(1) + wc * (r - q[rows, action])

    def of(y):
        return {"mean": y.mean(), "se": y.std(ddof=1) / np.sqrt(n)}

    save("11_mips", "Estimators over clusters.",
         inputs={"pi": pi, "pi0": pi0, "action": action, "r": r, "cluster_of_action": cluster,
                 "q_all": q},
         expected={"w_c": wc, "mips": of(wc * r), "offcem": of(offcem), "ips": of(ips)})


def alerts():
    cases = []
    for seed, drop, means in [(7, 0.0, [0.6, 0.5, 0.1]), (8, 0.1, [0.2, 0.3, 0.7])]:
        g = np.random.default_rng(seed)
        act = g.choice(3, 200, p=[0.3, 0.3, 0.4])
        w = np.round(np.array([0.2, 0.3, 2.125])[act], 6)
        r = (g.random(200) < np.array(means)[act]).astype(float)
        m0, top = mp.mpf(1 + drop) / 2, mp.log(20)
        sx = v = log_e = log_m = mp.mpf(0)
        trace, first = [], [None, None]
        for t in range(1, 201):
            x = (1 + (mp.mpf(w[t - 1]) - 1) * (1 - mp.mpf(r[t - 1]))) / 2
            xhat, var = (m0 + sx) / t, (mp.mpf(0.25) + v) / t
            d = xhat - m0
            lam = min(max(d / (var + d * d), mp.mpf(0)), mp.mpf(0.5) / m0)
            gain = mp.log(1 + lam * (x - m0))
            log_e, log_m = log_e + gain, max(log_m, mp.mpf(0)) + gain
            v, sx = v + (x - xhat) ** 2, sx + x
            for k, stat in enumerate((log_e, log_m)):
                if first[k] is None and stat >= top:
                    first[k] = t
            if t in (1, 2, 10, 100, 200):
                trace.append({"t": t, "lam": lam, "logE": log_e, "logM": log_m})
        cases.append({"inputs": {"w": w, "r": r, "tolerated_drop": drop, "alpha": 0.05},
                      "expected": {"true_delta": 0, "trace": trace, "first_alarm_e": first[0],
                                   "first_alarm_ecusum": first[1]}})
    save("12_alerts", "Bets, e-values and first alarms.", cases=cases)


def join():
    imp, rew = "impression", "reward"
    events = [
        {"kind": rew, "id": "x", "rid": "k1", "t": 105, "value": 0.25},
        {"kind": imp, "id": "y", "t": 100},
        {"kind": imp, "id": "x", "t": 101},
        {"kind": rew, "id": "x", "rid": "k1", "t": 110, "value": 0.9},
        {"kind": rew, "id": "x", "rid": "k2", "t": 150, "value": 0.5},
        {"kind": rew, "id": "y", "rid": "k3", "t": 160, "value": 1.0},
        {"kind": imp, "id": "y", "t": 90},
        {"kind": rew, "id": "z", "rid": "k4", "t": 120, "value": 1.0},
        {"kind": rew, "id": "v", "rid": "k5", "t": 111, "value": 1.0},
        {"kind": imp, "id": "v", "t": 112}]
    save("13_join", "Window 60: worked out by hand.",
         inputs={"window": 60, "events": events},
         expected={"outcomes": [{"id": "y", "closes": 160, "r": 0.0},
                                {"id": "x", "closes": 161, "r": 0.75},
                                {"id": "v", "closes": 172, "r": 0.0}],
                   "discarded": {"duplicate_reward": "k1", "at_or_after_window_end": "k3",
                                 "never_had_impression": "k4", "before_impression_time": "k5",
                                 "duplicate_impression": "y"},
                   "outcomes_at_watermark": {"159": [], "160": ["y"], "161": ["y", "x"]}})


if __name__ == "__main__":
    OUT.mkdir(parents=True, exist_ok=True)
    save("02_ope", "Point estimates, sums, bounds and merges.",
         cases=[find_ope_case(16), find_ope_case(30)])
    decay()
    sequences()
    uips()
    logging_policy()
    mips()
    alerts()
    join()
