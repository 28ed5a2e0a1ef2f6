"""References for sequential inference: 04 and 12."""
from reference_numbers import exact, mp


def plug_in(x, level):
    """(current, running maximum) after each observation."""
    la = mp.log(1 / mp.mpf(level))
    sx = v = a = b = c = best = mp.mpf(0)
    out = []
    for t, xt in enumerate(x, 1):
        xhat, var = min(mp.mpf(1), (mp.mpf("0.5") + sx) / t), (mp.mpf("0.25") + v) / t
        lam = min(mp.mpf("0.5"), mp.sqrt(2 * la / (var * t * mp.log(1 + t))))
        a, b, c = a + lam * xt, b + lam, c + (-mp.log(1 - lam) - lam) * (xt - xhat) ** 2
        v, sx = v + (xt - xhat) ** 2, sx + xt
        current = (a - la - c) / b
        best = max(best, current)
        out.append((current, best))
    return out


def log_wealth(s, v):
    """ln of the mixture over bets in [0, 1], by quadrature over its defining integral (rho 1)."""
    peak = s / (s + v + 1)
    width = mp.sqrt((v + 1) / (s + v + 1) ** 2 / max(s + v + 1, 1)) + (1 - peak) / 8
    top = peak * s + (mp.log(1 - peak) + peak) * v + peak - 1

    def f(lam):
        return mp.exp(lam * s + (mp.log(1 - lam) + lam) * v + lam - 1 - top)

    inner = sorted({mp.mpf(0), mp.mpf(1) - mp.mpf(10) ** -40, peak} | {
        peak + k * width for k in (-40, -16, -8, -4, -2, -1, 1, 2, 4, 8, 16, 40)
        if 0 < peak + k * width < 1})
    with mp.workdps(24):
        integral = mp.quad(f, inner, maxdegree=5)
    return top + mp.log(integral) - mp.log(1 - mp.exp(-1))


def mixture(x, level, points):
    """Lower bound at each of the points."""
    target = mp.log(1 / mp.mpf(level))
    sx = v = mp.mpf(0)
    out = {}
    for t, xt in enumerate(x, 1):
        v, sx = v + (xt - min(mp.mpf(1), (mp.mpf("0.5") + sx) / t)) ** 2, sx + xt
        if t not in points:
            continue

        def excess(m):
            return log_wealth(sx - t * m, v) - target

        lo, hi = mp.mpf(0), min(mp.mpf(1), sx / t)
        if hi == 0 or excess(lo) <= 0:
            out[t] = mp.mpf(0)
        elif excess(hi) > 0:
            out[t] = hi
        else:
            out[t] = root(excess, lo, hi)
    return out


def root(f, lo, hi):
    """Of a decreasing function: bisection, safe from secant steps that stall."""
    flo, fhi = f(lo), f(hi)
    while hi - lo > mp.mpf(10) ** -15 * hi:
        for guess in (lo + (hi - lo) * flo / (flo - fhi), (lo + hi) / 2):
            value = f(guess)
            if value > 0:
                lo, flo = guess, value
            else:
                hi, fhi = guess, value
    return (lo + hi) / 2


def sequences(inputs, points, ls_points):
    """04."""
    given = exact(inputs)
    w, r, level = given["w"], given["r"], given["alpha"] / 2

    def block(x, y, name, ends):
        ex, ey = plug_in(x, level), plug_in(y, level)
        mx, my = mixture(x, level, points), mixture(y, level, points)
        return [{"t": t, "eb_lower_x": ex[t - 1][0], "eb_lower_y": ey[t - 1][0],
                 "eb_best_x": ex[t - 1][1], "eb_best_y": ey[t - 1][1],
                 "mix_lower_x": mx[t], "mix_lower_y": my[t],
                 f"{name}_ci_eb": ends(ex[t - 1][1], ey[t - 1][1]),
                 f"{name}_ci_mix": ends(mx[t], my[t])} for t in points]

    lam, delta = mp.mpf(0.05), mp.mpf(0.05)
    ls = []
    for t in ls_points:
        total = mp.fsum(mp.log(1 + lam * a * b) for a, b in zip(w[:t], r[:t]))
        ls.append({"t": t, "lower": (mp.exp((total - mp.log(1 / delta)) / t) - 1) / lam})
    return {"value": block([a * b for a, b in zip(w, r)], [a * (1 - b) for a, b in zip(w, r)],
                           "value", lambda x, y: [x, 1 - y]),
            "delta": block([(1 + (a - 1) * b) / 2 for a, b in zip(w, r)],
                           [(1 + (a - 1) * (1 - b)) / 2 for a, b in zip(w, r)],
                           "delta", lambda x, y: [2 * x - 1, 1 - 2 * y]),
            "ls": ls}


def alerts(inputs, points):
    """12, one case."""
    given = exact(inputs)
    m0, top = (1 + given["tolerated_drop"]) / 2, mp.log(1 / given["alpha"])
    sx = v = log_e = log_m = mp.mpf(0)
    trace, first = [], [None, None]
    for t, (w, r) in enumerate(zip(given["w"], given["r"]), 1):
        x = (1 + (w - 1) * (1 - r)) / 2
        xhat, var = (m0 + sx) / t, (mp.mpf("0.25") + v) / t
        d = xhat - m0
        lam = min(max(d / (var + d * d), mp.mpf(0)), mp.mpf("0.5") / m0)
        gain = mp.log(1 + lam * (x - m0))
        log_e, log_m = log_e + gain, max(log_m, mp.mpf(0)) + gain
        v, sx = v + (x - xhat) ** 2, sx + x
        for k, evidence in enumerate((log_e, log_m)):
            if first[k] is None and evidence >= top:
                first[k] = t
        if t in points:
            trace.append({"t": t, "lam": lam, "logE": log_e, "logM": log_m})
    return {"trace": trace, "first_alarm_e": first[0], "first_alarm_ecusum": first[1]}
