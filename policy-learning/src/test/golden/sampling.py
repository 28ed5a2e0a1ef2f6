"""References for sampled gradients and exact samplers: 06 and b05."""
from reference_numbers import dot, exact, mp, scores, softmax, total


def outer(x, v):
    return [[a * b for b in v] for a in x]


def mean_vector(weights, rows):
    return [dot(weights, [row[l] for row in rows]) for l in range(len(rows[0]))]


def covariance(weights, values, rows):
    centre, bar = dot(weights, values), mean_vector(weights, rows)
    return [total(w * (v - centre) * (row[l] - bar[l])
                  for w, v, row in zip(weights, values, rows)) for l in range(len(bar))]


def mixture(inputs):
    """06, one case."""
    g = exact(inputs)
    beta, x, rhat, eps = g["beta"], g["x"], g["rhat"], g["eps"]
    logged, reward = inputs["logged_action"], g["ips_reward"]
    top, drawn = inputs["topk"], inputs["sampled_actions"]
    f = scores(g["theta"], beta, x)[1]
    log_z, log_pi = softmax(f)
    pi = [mp.exp(v) for v in log_pi]
    p, s = len(beta), len(drawn)
    kappa = dict(zip(top, map(mp.exp, softmax([f[a] for a in top])[1])))
    q = [eps / p + (1 - eps) * kappa.get(a, mp.mpf(0)) for a in range(p)]
    omega = [mp.exp(f[a]) / q[a] for a in drawn]
    share = [v / total(omega) for v in omega]
    rows = [beta[a] for a in drawn]
    latent = covariance(share, [rhat[a] for a in drawn], rows)
    square = total(v * v for v in share)
    exact_latent = covariance(pi, rhat, beta)
    direction = [b - m for b, m in zip(beta[logged], mean_vector(pi, beta))]
    return {"logZ_exact": log_z, "q": q, "snis_weights": share,
            "rbar": dot(share, [rhat[a] for a in drawn]),
            "betabar_snis": mean_vector(share, rows), "snis_grad_latent": latent,
            "snis_grad": outer(x, latent),
            # not applied where it would divide by almost nothing
            "snis_grad_latent_debiased": latent if square > mp.mpf("0.999") else
            [v / (1 - square) for v in latent],
            "snis_ess": 1 / square, "exact_grad_latent": exact_latent,
            "exact_grad": outer(x, exact_latent),
            "logged": {
                "naive_snis_latent": covariance(
                    share, [reward if a == logged else mp.mpf(0) for a in drawn], rows),
                **logged_exactly(f, beta, logged, reward,
                                 [(a, mp.exp(f[a]) / q[a] / s) for a in drawn if a != logged]),
                "exact_ips_grad_latent": [reward * pi[logged] * v for v in direction],
                "exact_pwll_grad_latent": direction},
            "head_tail": head_tail(inputs, f, beta, logged, reward)}


def logged_exactly(f, beta, logged, reward, others):
    e = mp.exp(f[logged])
    z = e + total(v for _, v in others)
    bar = [(e * beta[logged][l] + total(v * beta[a][l] for a, v in others)) / z
           for l in range(len(beta[0]))]
    direction = [b - m for b, m in zip(beta[logged], bar)]
    return {"logZ_hat": mp.log(z), "pi_hat": e / z, "betabar_hat": bar,
            "ips_grad_latent": [reward * e / z * v for v in direction],
            "pwll_grad_latent": direction}


def head_tail(inputs, f, beta, logged, reward):
    head, tail = inputs["head"], inputs["tail_sample"]
    inflate = mp.mpf(len(beta) - len(head)) / max(len(tail), 1)
    parts = [(a, mp.exp(f[a])) for a in head] + [(a, inflate * mp.exp(f[a])) for a in tail]
    z = total(v for _, v in parts)
    bar = [total(v * beta[a][l] for a, v in parts) / z for l in range(len(beta[0]))]
    pi_hat = mp.exp(f[logged]) / z
    return {"logZ_hat": mp.log(z), "head_weights": [v / z for _, v in parts[:len(head)]],
            "tail_weights": [v / z for _, v in parts[len(head):]], "betabar_hat": bar,
            "pi_hat": pi_hat,
            "ips_grad_latent": [reward * pi_hat * (b - m) for b, m in zip(beta[logged], bar)]}


def reinforce(inputs):
    """b05, one case."""
    g = exact(inputs)
    f, beta, rhat = g["scores"], g["beta"], g["rhat"]
    perturbed = [[v - mp.log(-mp.log(u)) for v, u in zip(f, row)] for row in g["uniforms"]]
    ranked = [sorted(range(len(f)), key=lambda a, row=row: (-row[a], a)) for row in perturbed]
    draws = [order[0] for order in ranked]
    pi = [mp.exp(v) for v in softmax(f)[1]]
    cdf = []
    for u in g["uniforms_cdf"]:
        reached = [k for k in range(len(pi)) if total(pi[:k + 1]) > u]
        cdf.append(reached[0] if reached else len(pi) - 1)
    s, items, latent = len(draws), range(len(f)), range(len(beta[0]))
    bar = mean_vector(pi, beta)
    centre = dot(pi, rhat)
    rm = total(rhat[a] for a in draws) / s
    bm = [total(beta[a][l] for a in draws) / s for l in latent]
    scatter = [total((rhat[a] - rm) * (beta[a][l] - bm[l]) for a in draws) for l in latent]
    return {"gumbel_max": draws, "gumbel_top3": [order[:3] for order in ranked],
            "inverse_cdf": cdf,
            "gradient": {
                "EXACT": [total(pi[b] * (rhat[b] - centre) * (beta[b][l] - bar[l])
                                for b in items) for l in latent],
                "SCORE": [total(rhat[a] * (beta[a][l] - bar[l]) for a in draws) / s
                          for l in latent],
                "SCORE_BASELINE": [total((rhat[a] - centre) * (beta[a][l] - bar[l])
                                         for a in draws) / s for l in latent],
                "COV": [v / (s - 1) for v in scatter],
                "COV_PLUGIN": [v / s for v in scatter]}}
