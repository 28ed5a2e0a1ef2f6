"""Inputs for the reference programs, from a seed: rounded, so that files are short and exact."""
import numpy as np


def vector(rng, n, lo=0.0, hi=1.0, digits=6):
    return [round(float(v), digits) for v in rng.uniform(lo, hi, n)]


def matrix(rng, rows, columns, scale=1.0, digits=6):
    return [[round(float(v), digits) for v in row]
            for row in scale * rng.normal(size=(rows, columns))]


def rewards(rng, n, share_zero=0.4):
    """Zeros, ones and numbers between."""
    u, v = rng.random(n), rng.random(n)
    return [0.0 if a < share_zero else 1.0 if a > 0.85 else round(float(b), 6)
            for a, b in zip(u, v)]


def simplex(rng, rows, items, floor=0.02, concentration=1.0, digits=6):
    """Rows of rounded probabilities; the largest takes what rounding leaves."""
    raw = rng.dirichlet([concentration] * items, rows) * (1 - floor * items) + floor
    out = [[round(float(v), digits) for v in row] for row in raw]
    for row in out:
        top = row.index(max(row))
        row[top] = round(1 - sum(row[:top] + row[top + 1:]), digits)
    return out


def actions(rng, n, items):
    return [int(a) for a in rng.integers(0, items, n)]


def ope(rng, n, p_low=0.05, p_high=0.9, pi_low=0.01, pi_high=0.9):
    return {"p": vector(rng, n, p_low, p_high), "pi": vector(rng, n, pi_low, pi_high),
            "r": rewards(rng, n), "q": vector(rng, n), "qpi": vector(rng, n), "U": vector(rng, n)}


def decay(rng, n, half_life, horizon, query):
    order = [int(i) for i in rng.permutation(n)]
    cut = n // 2
    return {"t": sorted(vector(rng, n, 0, horizon, 3)), "w": vector(rng, n, 0, 4),
            "r": rewards(rng, n), "half_life": half_life, "query_time": query,
            "partition_a": sorted(order[:cut]), "partition_b": sorted(order[cut:])}


def weights_with_mean_one(rng, n, values, shares):
    return [float(v) for v in rng.choice(values, n, p=shares)]


def batch(rng, n, d, latent, items, scale=0.6, p_low=0.03):
    return {"theta": matrix(rng, d, latent, scale), "beta": matrix(rng, items, latent),
            "x": matrix(rng, n, d), "action": actions(rng, n, items), "r": rewards(rng, n),
            "p": vector(rng, n, p_low, 0.8)}


def gradient_batch(rng, n, d, latent, items, l2, scale=0.6):
    return {**batch(rng, n, d, latent, items, scale),
            "q_all": [vector(rng, items) for _ in range(n)],
            "uips_phi": vector(rng, n, 0.1, 1.5), "l2": l2}


def logged_rows(rng, n, items, states, clusters, embeddings):
    """What the systems that papers compare against need beside a batch."""
    action = actions(rng, n, items)
    rows = simplex(rng, n, items, 0.2 / items)
    selected = [[int(v) for v in rng.integers(0, 2, items)] for _ in range(n)]
    selected[0][action[0]] = 1
    return {"action": action, "p": [rows[i][action[i]] for i in range(n)], "r": rewards(rng, n),
            "pi0_rows": rows, "q_all": [vector(rng, items) for _ in range(n)],
            "U": vector(rng, n), "cluster": [b % clusters for b in range(items)],
            "poxm_selected": selected, "dice_state": actions(rng, n, states),
            "embedding": actions(rng, n, embeddings),
            "p_e_given_a": simplex(rng, items, embeddings, 0.2 / embeddings)}


def baseline_batch(rng, n, d, latent, items, states=3, clusters=3, embeddings=4, scale=0.6):
    b = batch(rng, n, d, latent, items, scale)
    return {**b, **logged_rows(rng, n, items, states, clusters, embeddings)}


def baseline_rows(rng, n, items, states=3):
    rows = logged_rows(rng, n, items, states, 1, 2)
    keep = ("pi0_rows", "action", "p", "r", "q_all", "U", "dice_state", "poxm_selected")
    return {"pi_rows": simplex(rng, n, items, 0.1 / items, digits=9),
            **{k: rows[k] for k in keep}}


def mixture(rng, items, d, latent, top, samples, eps, scale=0.5, logged_in_top=False):
    theta, beta, x = (matrix(rng, d, latent, scale), matrix(rng, items, latent),
                      matrix(rng, 1, d)[0])
    score = np.array(beta) @ (np.array(theta).T @ np.array(x))
    topk = [int(a) for a in np.argsort(-score)[:top]]
    logged = topk[-1] if logged_in_top else int(rng.integers(items))
    head = topk if logged in topk else topk + [logged]
    rest = [a for a in range(items) if a not in head]
    drawn = [int(rng.choice(topk)) if rng.random() > eps else int(rng.integers(items))
             for _ in range(samples)]
    return {"theta": theta, "beta": beta, "x": x, "eps": eps, "topk": topk,
            "sampled_actions": drawn, "rhat": vector(rng, items), "logged_action": logged,
            "ips_reward": round(float(rng.uniform(0.5, 20)), 3), "head": head,
            "tail_sample": [int(a) for a in rng.choice(rest, samples)] if rest else []}


def reinforce(rng, items, latent, draws, scale=1.0):
    return {"scores": [row[0] for row in matrix(rng, items, 1, scale)],
            "beta": matrix(rng, items, latent), "rhat": vector(rng, items),
            "uniforms": [vector(rng, items, 0.001, 0.999) for _ in range(draws)],
            "uniforms_cdf": vector(rng, draws, 0.001, 0.999)}


def two_tower(rng, items, latent, steps, lr):
    return {"E": matrix(rng, items, latent, 0.7), "b": [r[0] for r in matrix(rng, items, 1, 0.3)],
            "omega": matrix(rng, 1, latent)[0], "h": matrix(rng, steps, latent),
            "action": actions(rng, steps, items), "lr": lr}


def first_stage(rng, n, d, latent, items, clusters):
    keep = ("action", "r", "pi0_rows", "q_all", "cluster")
    rows = logged_rows(rng, n, items, 1, clusters, 2)
    return {"theta": matrix(rng, d, latent, 0.6), "gamma": matrix(rng, clusters, latent),
            "x": matrix(rng, n, d), **{k: rows[k] for k in keep}}


def two_step(rng, n, contexts, d, latent, items, clusters, lr, l2):
    vectors, which = matrix(rng, contexts, d), sorted(actions(rng, n, contexts))
    action, cluster = actions(rng, n, items), [b % clusters for b in range(items)]
    pairs = [[i, j] for i in range(n) for j in range(n)
             if which[i] == which[j] and action[i] != action[j]
             and cluster[action[i]] == cluster[action[j]]]
    return {"x": [vectors[k] for k in which], "action": action, "r": rewards(rng, n),
            "cluster": cluster, "pairs": pairs, "beta": matrix(rng, items, latent),
            "gamma": matrix(rng, clusters, latent), "lr": lr, "l2": l2}


def ranking(rng, items, relevant, masked):
    order = [int(i) for i in rng.permutation(items)]
    scores = [row[0] for row in matrix(rng, items, 1, 1.0, 2)]
    if items > 5:
        scores[order[0]] = scores[order[1]]
    return {"scores": scores, "relevant": sorted(order[:relevant]),
            "masked": sorted(int(i) for i in rng.choice(items, masked, replace=False))}
