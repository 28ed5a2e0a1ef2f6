"""References for point estimates, their errors and bounds: 02, 03, 11 and b02."""
from reference_numbers import Z95, dot, exact, interval, mean, moments, mp, total, uips_phi


def weight_sums(w, r):
    return {"n": float(len(w)), "w": total(w), "wr": dot(w, r), "ww": dot(w, w),
            "wwr": total(a * a * b for a, b in zip(w, r)),
            "wwrr": total((a * b) ** 2 for a, b in zip(w, r)), "wmax": max(w)}


def mean_type(y, params):
    n, m, m2 = moments(y)
    se = mp.sqrt(m2 / (n - 1) / n)
    return {"params": params, "per_event": y, "mean": m, "var": m2 / (n - 1), "se": se,
            "ci95": interval(m, se)}


def terms(name, given, par):
    """y_i of each mean-type estimator."""
    p, pi, r, q, qpi, w, phi = (given[k] for k in ("p", "pi", "r", "q", "qpi", "w", "phi"))
    lam, tau, cap = par.get("lam"), par.get("tau"), par.get("M")
    one = {
        "IPS": lambda i: w[i] * r[i],
        "CIPS_CAP": lambda i: min(w[i], cap) * r[i],
        "CIPS_FLOOR": lambda i: pi[i] * r[i] / max(p[i], tau),
        "IX": lambda i: pi[i] * r[i] / (p[i] + par["gamma"]),
        "ES": lambda i: pi[i] * r[i] / p[i] ** par["alpha"],
        "HARMONIC": lambda i: w[i] * r[i] / (1 - lam + lam * w[i]),
        "SHRINK": lambda i: lam * w[i] / (w[i] ** 2 + lam) * r[i],
        "LS": lambda i: mp.log(1 + lam * w[i] * r[i]) / lam,
        "LS_LIN": lambda i: pi[i] * mp.log(1 + lam * r[i] / p[i]) / lam,
        "UIPS": lambda i: phi[i] * w[i] * r[i],
        "DM": lambda i: qpi[i],
        "DR": lambda i: qpi[i] + w[i] * (r[i] - q[i]),
        "DR_FLOOR": lambda i: qpi[i] + pi[i] / max(p[i], tau) * (r[i] - q[i]),
        "SWITCH_DR": lambda i: qpi[i] + (w[i] * (r[i] - q[i]) if w[i] <= tau else 0),
        "DROS": lambda i: qpi[i] + lam * w[i] / (w[i] ** 2 + lam) * (r[i] - q[i]),
        "UIPS_DR": lambda i: qpi[i] + phi[i] * w[i] * (r[i] - q[i]),
    }[name]
    return [one(i) for i in range(len(w))]


def ope(inputs, estimators, cressie, bernstein, ls, ix, ranges):
    """02: expected and merge_parts_DR. estimators maps names to parameters."""
    given = exact(inputs)
    p, pi, r, q, qpi = (given[k] for k in ("p", "pi", "r", "q", "qpi"))
    n = len(p)
    w = given["w"] = [a / b for a, b in zip(pi, p)]
    phi = given["phi"] = [uips_phi(w[i], given["U"][i], **given["uips"]) for i in range(n)]
    est = {k: mean_type(terms(k, given, exact(par)), par) for k, par in estimators.items()}
    capped = [min(w[i], mp.mpf(bernstein["M"])) * r[i] for i in range(n)]
    ell = mp.log(2 / mp.mpf(bernstein["alpha"]))
    half = (mp.sqrt(2 * moments(capped)[2] / (n - 1) * ell / n)
            + 7 * mp.mpf(bernstein["M"]) * ell / (3 * (n - 1)))
    lam, delta = mp.mpf(ls["lam"]), mp.mpf(ls["delta"])
    ls_value = (mp.exp(mean(mp.log(1 + lam * w[i] * r[i]) for i in range(n))
                       - mp.log(1 / delta) / n) - 1) / lam
    g, ix_delta = mp.mpf(ix["gamma"]), mp.mpf(ix["delta"])
    ix_value = (mean(pi[i] * r[i] / (p[i] + g) for i in range(n))
                - mp.log(1 / ix_delta) / (2 * g * n))
    parts = []
    for lo, hi in ranges:
        y = terms("DR", given, {})[lo:hi]
        count, m, m2 = moments(y)
        parts.append({"range": [lo, hi], "n": count, "mean": m, "m2": m2,
                      "sums": weight_sums(w[lo:hi], r[lo:hi])})
    return {"w": w, "uips_phi": phi, "estimators": est, "sums": weight_sums(w, r),
            "from_sums": from_sums(w, r), "cressie_read": cressie_read(w, r, **exact(cressie)),
            "sndr": self_normalised_dr(w, r, q, qpi),
            "maurer_pontil_cips_cap": {**bernstein, "halfwidth": half},
            "ls_lower": {**ls, "value": ls_value},
            "ix_lower": {**ix, "value": ix_value}}, parts


def from_sums(w, r):
    n = len(w)
    y = [a * b for a, b in zip(w, r)]
    v = total(y) / total(w)
    se = mp.sqrt(total((w[i] * (r[i] - v)) ** 2 for i in range(n))) / total(w)
    wm, ym = mean(w), mean(y)
    var_w, var_y = moments(w)[2] / (n - 1), moments(y)[2] / (n - 1)
    cov = total((w[i] - wm) * (y[i] - ym) for i in range(n)) / (n - 1)
    ess = total(w) ** 2 / dot(w, w)
    return {"ips": ym, "ips_var": var_y, "ips_se": mp.sqrt(var_y / n), "snips": v, "snips_se": se,
            "snips_ci": interval(v, se), "ess": ess, "ess_ratio": ess / n, "w_mean": wm,
            "w_var": var_w, "w_check_z": (wm - 1) / mp.sqrt(var_w / n), "cv_coef": cov / var_w,
            "ips_cv": ym - cov / var_w * (wm - 1),
            "ips_cv_se": mp.sqrt((var_y - cov ** 2 / var_w) / n)}


def cressie_read(w, r, wmin, wmax):
    """Multipliers of the weights closest to uniform with total 1 and mean weight 1."""
    n, sw, sww = len(w), total(w), dot(w, w)
    wf = wmax if sw < n else wmin
    a, b = (wf + sw) / (n + 1), (wf ** 2 + sww) / (n + 1)
    big_b, big_c = (1 - a) / (a * a - b), (b - a) / (a * a - b)
    value = -total((big_c * u + big_b * u * u) * v for u, v in zip(w, r)) / (n + 1)
    mass = 1 + total(big_c * u + big_b * u * u for u in w) / (n + 1)
    return {"wmin": wmin, "wmax": wmax, "partial_value": value, "missing_mass": mass}


def self_normalised_dr(w, r, q, qpi):
    n = len(w)
    e = [a - b for a, b in zip(r, q)]
    c, m = dot(w, e) / total(w), mean(qpi)
    psi = [qpi[i] - m + w[i] * (e[i] - c) / mean(w) for i in range(n)]
    se = mp.sqrt(dot(psi, psi)) / n
    return {"value": m + c, "se": se, "ci95": interval(m + c, se)}


def decay(inputs, references):
    """03: references maps part_a, part_b and at_T to their times."""
    given = exact(inputs)
    t, w, r = given["t"], given["w"], given["r"]

    def sums(index, ref):
        d = {i: mp.mpf(2) ** (-(mp.mpf(ref) - t[i]) / given["half_life"]) for i in index}
        y = {i: w[i] * r[i] for i in index}
        return {"ref": ref, "d": total(d.values()), "d_y": total(d[i] * y[i] for i in index),
                "d_w": total(d[i] * w[i] for i in index),
                "d2": total(d[i] ** 2 for i in index),
                "d2_y": total(d[i] ** 2 * y[i] for i in index),
                "d2_yy": total((d[i] * y[i]) ** 2 for i in index),
                "d2_ww": total((d[i] * w[i]) ** 2 for i in index),
                "d2_wwr": total((d[i] * w[i]) ** 2 * r[i] for i in index)}

    every = range(len(t))
    s = sums(every, references["at_T"])
    d = [mp.mpf(2) ** (-(mp.mpf(s["ref"]) - x) / given["half_life"]) for x in t]
    ips, snips = s["d_y"] / s["d"], s["d_y"] / s["d_w"]
    ips_se = mp.sqrt(total((d[i] * (w[i] * r[i] - ips)) ** 2 for i in every)) / s["d"]
    snips_se = mp.sqrt(total((d[i] * w[i] * (r[i] - snips)) ** 2 for i in every)) / s["d_w"]
    return {"at_T": s, "part_a": sums(inputs["partition_a"], references["part_a"]),
            "part_b": sums(inputs["partition_b"], references["part_b"]), "ips": ips,
            "n_eff": s["d"] ** 2 / s["d2"], "ips_se": ips_se, "snips": snips,
            "snips_se": snips_se, "ess": s["d_w"] ** 2 / s["d2_ww"]}


def clusters(inputs):
    """11."""
    given = exact(inputs)
    pi, pi0, r, q = (given[k] for k in ("pi", "pi0", "r", "q_all"))
    action, c = inputs["action"], inputs["cluster_of_action"]
    n, items = len(r), range(len(c))

    def share(row, i):
        return total(row[b] for b in items if c[b] == c[action[i]])

    wc = [share(pi[i], i) / share(pi0[i], i) for i in range(n)]
    w = [pi[i][action[i]] / pi0[i][action[i]] for i in range(n)]

    def of(y):
        count, m, m2 = moments(y)
        return {"mean": m, "se": mp.sqrt(m2 / (count - 1) / count)}

    return {"w_c": wc, "mips": of([wc[i] * r[i] for i in range(n)]),
            "offcem": of([dot(pi[i], q[i]) + wc[i] * (r[i] - q[i][action[i]])
                          for i in range(n)]),
            "ips": of([w[i] * r[i] for i in range(n)])}


def ratio_sums(h, y):
    return {"n": float(len(h)), "h": total(h), "hy": dot(h, y), "hh": dot(h, h),
            "hhy": total(a * a * b for a, b in zip(h, y)),
            "hhyy": total((a * b) ** 2 for a, b in zip(h, y))}


def ratio(h, y):
    v = dot(h, y) / total(h)
    return {"h": h, "sums": ratio_sums(h, y), "value": v,
            "se": mp.sqrt(total((a * (b - v)) ** 2 for a, b in zip(h, y))) / total(h)}


def worst_propensity(p, alpha, rewarded=True):
    """The end of the interval around p that the simplex leaves, for r >= 0 or r < 0."""
    if rewarded:
        return min(mp.exp(alpha) * p, 1 - mp.exp(-alpha) * (1 - p))
    return max(mp.exp(-alpha) * p, 1 - mp.exp(alpha) * (1 - p))


def state_propensity(states, actions):
    """n(s, a) / n(s) of each event."""
    pairs = list(zip(states, actions))
    return [mp.mpf(pairs.count(k)) / list(states).count(k[0]) for k in pairs]


def baselines(inputs, par, ranges):
    """b02. par maps estimator names to their parameters."""
    given, par = exact(inputs), exact(par)
    rows, rows0, q = given["pi_rows"], given["pi0_rows"], given["q_all"]
    a, p, r, u = inputs["action"], given["p"], given["r"], given["U"]
    n = len(p)
    every = range(n)
    pi = [rows[i][a[i]] for i in every]
    w = [pi[i] / p[i] for i in every]
    y = [w[i] * r[i] for i in every]
    qi, qpi = [q[i][a[i]] for i in every], [dot(rows[i], q[i]) for i in every]
    second = [total(x * x / z for x, z in zip(rows[i], rows0[i])) for i in every]
    out = {}
    for name, power in (("MINVAR", 1), ("STABLEVAR", mp.mpf(1) / 2)):
        out[name + "_EVENT"] = ratio([v ** -power for v in w], y)
        out[name + "_CONTEXT"] = ratio([v ** -power for v in second], y)
        raw = [[z ** power / x ** (2 * power) for x, z in zip(rows[i], rows0[i])] for i in every]
        phi = [raw[i][a[i]] / total(raw[i]) for i in every]
        out[name + "_LITERAL"] = {"phi": phi, "value": mean(phi[i] * y[i] for i in every)}
    h = [1 / v for v in w]
    e = [r[i] - qi[i] for i in every]
    out["MINVAR_DR"] = {
        "value": mean(qpi) + total(h[i] * w[i] * e[i] for i in every) / total(h),
        "whole_score": total(h[i] * (qpi[i] + w[i] * e[i]) for i in every) / total(h)}
    lam = par["SHRINK_DR"]["lam"]
    out["SHRINK_DR"] = {"lam": lam, "value": mean(
        qpi[i] + lam * w[i] / (lam + w[i] ** 2) * e[i] for i in every)}
    c = par["UIPS_DR"]
    out["UIPS_DR"] = {**c, "value": mean(
        qpi[i] + uips_phi(w[i], u[i], c["lam"], c["eta1"], c["eta2"], c["gamma"]) * w[i] * e[i]
        for i in every)}
    for name, sign in (("UIPS_P", -1), ("UIPS_O", 1)):
        g = par[name]["gamma"]
        out[name] = {"gamma": g, "value": mean(mp.exp(sign * g * u[i]) * y[i] for i in every)}
    alpha = par["IPS_UN"]["alpha"]
    worst = [worst_propensity(p[i], alpha) for i in every]
    out["IPS_UN"] = {"alpha": alpha, "worst_p": worst,
                     "worst_p_negative": [worst_propensity(p[i], alpha, False) for i in every],
                     "value": mean(pi[i] * r[i] / worst[i] for i in every)}
    p_hat = state_propensity(inputs["dice_state"], a)
    zeta, cap = [pi[i] / p_hat[i] for i in every], par["DICE_S"]["cap"]
    out["DICE_S"] = {"p_hat": p_hat, "weight": zeta, "cap": cap,
                     "value": mean(zeta[i] * r[i] for i in every),
                     "value_capped": mean(min(zeta[i], cap) * r[i] for i in every)}
    s = [inputs["poxm_selected"][i][a[i]] for i in every]
    out["POXM_PRUNE"] = {"value": mean(s[i] * y[i] for i in every)}
    kept = [(dot(rows[i], inputs["poxm_selected"][i]),
             dot(rows0[i], inputs["poxm_selected"][i])) for i in every]
    weight = [pi[i] / kept[i][0] / (p[i] / kept[i][1]) if s[i] else mp.mpf(0) for i in every]
    out["POXM_SIS"] = {"weight": weight, "selected": sum(s),
                       "value": dot(weight, r) / sum(s)}
    merge = [{"range": [lo, hi], "sums": ratio_sums(h[lo:hi], y[lo:hi])} for lo, hi in ranges]
    return {"w": w, "estimators": out, "merge_parts_MINVAR_EVENT": merge}
