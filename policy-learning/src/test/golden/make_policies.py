"""Writes ../resources/golden/01_policy.json and 05_gradients.json: numbers of our own.

Objectives are written down as values only; their gradients come from complex-step differentiation,
exact to machine precision. Standard library only. Run: python3 make_policies.py
"""
import cmath
import json
import pathlib
import random

OUT = pathlib.Path(__file__).parent.parent / "resources" / "golden"
TOLERANCE = {"rel": 1e-9, "abs": 1e-11}


def matrix(rng, rows, columns, scale=1.0):
    return [[round(rng.gauss(0, scale), 6) for _ in range(columns)] for _ in range(rows)]


def scores(theta, beta, x):
    h = [sum(x[i] * theta[i][l] for i in range(len(x))) for l in range(len(theta[0]))]
    return h, [sum(a * b for a, b in zip(h, row)) for row in beta]


def log_softmax(f):
    top = max(v.real for v in f)
    log_z = top + cmath.log(sum(cmath.exp(v - top) for v in f))
    return log_z, [v - log_z for v in f]


def derivative(value, theta):
    step = 1e-30
    gradient = []
    for i in range(len(theta)):
        row = []
        for l in range(len(theta[0])):
            moved = [list(map(complex, r)) for r in theta]
            moved[i][l] += step * 1j
            row.append(value(moved).imag / step)
        gradient.append(row)
    return gradient


def policy_case(rng, scale):
    theta, beta = matrix(rng, 2, 3, scale), matrix(rng, 6, 3)
    x, action = matrix(rng, 1, 2)[0], rng.randrange(6)
    h, f = scores(theta, beta, x)
    log_z, log_pi = log_softmax([complex(v) for v in f])
    pi = [cmath.exp(v).real for v in log_pi]

    def log_probability(moved):
        return log_softmax(scores(moved, beta, x)[1])[1][action]

    return {
        "inputs": {"theta": theta, "beta": beta, "x": x, "action": action},
        "expected": {
            "h": h,
            "scores": f,
            "logZ": log_z.real,
            "pi": pi,
            "betabar": [sum(p * row[l] for p, row in zip(pi, beta)) for l in range(3)],
            "log_pi_action": log_pi[action].real,
            "entropy": -sum(p * v.real for p, v in zip(pi, log_pi)),
            "grad_log_pi": derivative(log_probability, theta),
        },
    }


def objectives(r, p, q):
    """name, parameters, value of (log pi of the logged items, all log pi rows)."""
    n = len(r)

    def mean(term):
        return lambda lp, rows: sum(term(i, cmath.exp(lp[i])) for i in range(n)) / n

    def snips(lp, rows):
        w = [cmath.exp(lp[i]) / p[i] for i in range(n)]
        return sum(a * b for a, b in zip(w, r)) / sum(w)

    def poem(lp, rows):
        u = []
        for i in range(n):
            w = cmath.exp(lp[i]) / p[i]
            u.append((w if w.real < 3 else 3) * r[i])
        m = sum(u) / n
        return m - .7 * cmath.sqrt(sum((v - m) ** 2 for v in u) / (n - 1) / n)

    def dr(tau):
        def value(lp, rows):
            total = 0
            for i in range(n):
                total += sum(cmath.exp(v) * b for v, b in zip(rows[i], q[i][0]))
                total += cmath.exp(lp[i]) / max(p[i], tau) * (r[i] - q[i][1])
            return total / n
        return value

    log_mean = lambda g: lambda lp, rows: sum(g(i) * lp[i] for i in range(n)) / n
    return [
        ("IPS", {}, mean(lambda i, pi: pi / p[i] * r[i])),
        ("CIPS_FLOOR", {"tau": .15}, mean(lambda i, pi: pi * r[i] / max(p[i], .15))),
        ("CIPS_CAP", {"M": 1.5},
         mean(lambda i, pi: (pi / p[i] if pi.real / p[i] < 1.5 else 1.5) * r[i])),
        ("SNIPS", {}, snips),
        ("BANDITNET", {"baseline": .4}, mean(lambda i, pi: pi / p[i] * (r[i] - .4))),
        ("DR", {"tau": 0.0}, dr(0)),
        ("DR", {"tau": .15}, dr(.15)),
        ("POEM", {"lam": .7, "M": 3.0}, poem),
        ("LS", {"lam": .2}, mean(lambda i, pi: cmath.log(1 + .2 * pi / p[i] * r[i]) / .2)),
        ("LS_LIN", {"lam": .2},
         mean(lambda i, pi: pi * cmath.log(1 + .2 * r[i] / p[i]) / .2)),
        ("IX", {"gamma": .1}, mean(lambda i, pi: pi * r[i] / (p[i] + .1))),
        ("ES", {"alpha": .7}, mean(lambda i, pi: pi * r[i] / p[i] ** .7)),
        ("LPI", {}, log_mean(lambda i: r[i])),
        ("CLPI", {"tau": .15}, log_mean(lambda i: r[i] / max(p[i], .15))),
        ("REGKL", {"kl_beta": .5}, log_mean(lambda i: cmath.exp(r[i] / .5).real)),
    ]


def gradient_case(rng):
    n, d, latent, items, l2 = 12, 3, 4, 6, .05
    theta, beta, x = matrix(rng, d, latent, .6), matrix(rng, items, latent), matrix(rng, n, d)
    action = [rng.randrange(items) for _ in range(n)]
    r = [round(max(0, rng.uniform(-.4, 1)), 6) for _ in range(n)]
    p = [round(rng.uniform(.03, .8), 6) for _ in range(n)]
    q_all = [[round(rng.random(), 6) for _ in range(items)] for _ in range(n)]
    q = [(q_all[i], q_all[i][action[i]]) for i in range(n)]

    def rows(moved):
        return [log_softmax(list(map(complex, scores(moved, beta, row)[1])))[1] for row in x]

    def logged(all_rows):
        return [all_rows[i][action[i]] for i in range(n)]

    expected = []
    for name, parameters, value in objectives(r, p, q):
        def at(moved, value=value):
            all_rows = rows(moved)
            return value(logged(all_rows), all_rows)

        gradient = derivative(at, theta)
        expected.append({
            "objective": name,
            "params": parameters,
            "value": at(theta).real,
            "gradient": gradient,
            "value_l2": at(theta).real - l2 / 2 * sum(v * v for row in theta for v in row),
            "gradient_l2": [[g - l2 * v for g, v in zip(a, b)] for a, b in zip(gradient, theta)],
        })
    return {
        "inputs": {"theta": theta, "beta": beta, "x": x, "action": action, "r": r, "p": p,
                   "q_all": q_all, "uips_phi": [1.0] * n, "l2": l2},
        "pi_logged": [cmath.exp(v).real for v in logged(rows(theta))],
        "expected": expected,
    }


def save(name, description, cases):
    body = {"name": name, "description": description, "tolerance": TOLERANCE, "cases": cases}
    (OUT / f"{name}.json").write_text(json.dumps(body, indent=1) + "\n")


if __name__ == "__main__":
    generator = random.Random(20)
    save("01_policy", "Linear softmax; the second case has huge scores.",
         [policy_case(generator, .7), policy_case(generator, 300)])
    save("05_gradients", "Values and gradients of objectives.",
         [gradient_case(generator), gradient_case(generator)])
