"""Writes ../resources/golden: reference numbers of our own, in the format of HINDCAST_GOLDEN.

The formulas are written out once more, in another language and with 60 digits, so that the tests
compare two programs. Run: python3 make_golden.py [folder] (numpy and mpmath; under a minute).
"""
import json
import pathlib
import re
import sys

import numpy as np

import criteria
import estimates
import inputs
import lists
import objectives
import propensities
import sampling
import sequences
import two_stage
from reference_numbers import plain

OUT = pathlib.Path(__file__).parent.parent / "resources" / "golden"
TOLERANCE = {"rel": 1e-9, "abs": 1e-11}

OPE = {"IPS": {}, "CIPS_CAP": {"M": 1.2}, "CIPS_FLOOR": {"tau": 0.2}, "IX": {"gamma": 0.15},
       "ES": {"alpha": 0.6}, "HARMONIC": {"lam": 0.25}, "SHRINK": {"lam": 3.0}, "LS": {"lam": 0.3},
       "LS_LIN": {"lam": 0.3}, "UIPS": {}, "DM": {}, "DR": {}, "DR_FLOOR": {"tau": 0.2},
       "SWITCH_DR": {"tau": 1.1}, "DROS": {"lam": 3.0}, "UIPS_DR": {}}
GRADIENTS = [("IPS", {}), ("CIPS_FLOOR", {"tau": 0.15}), ("CIPS_CAP", {"M": 1.5}), ("SNIPS", {}),
             ("BANDITNET", {"baseline": 0.4}), ("DR", {"tau": 0.0}), ("DR", {"tau": 0.15}),
             ("POEM", {"lam": 0.7, "M": 3.0}), ("LS", {"lam": 0.2}), ("LS_LIN", {"lam": 0.2}),
             ("IX", {"gamma": 0.1}), ("ES", {"alpha": 0.7}), ("LPI", {}), ("CLPI", {"tau": 0.15}),
             ("REGKL", {"kl_beta": 0.5}), ("UIPS", {})]
LIKELIHOODS = [("LPI", {}), ("CLPI", {"tau": 0.12}), ("REGKL", {"kl_beta": 0.6})]


def baselines(q_item):
    return [("CE", {}), ("BIPS_CAP", {"M": 1.4}), ("MINVAR", {}), ("STABLEVAR", {}),
            ("MINVAR_FULL", {}), ("STABLEVAR_FULL", {}), ("MINVAR_CTX", {}), ("STABLEVAR_CTX", {}),
            ("POXM_PRUNE", {"lam": 0.2}), ("POXM_SIS", {"lam": 0.2}),
            ("ADAPTIVE", {"g": 0.04, "ent": 0.03, "q_item": q_item}), ("UIPS_P", {"gamma": 0.7}),
            ("UIPS_O", {"gamma": 0.7}), ("IPS_UN", {"alpha": 0.4}), ("DICE_S", {"M": 0.5}),
            ("DR", {}), ("MINVAR_DR", {}), ("SHRINK_DR", {"lam": 1.5}),
            ("UIPS_DR", {"lam": 4.0, "eta1": 0.9, "gamma": 0.6, "eta2": 50.0}),
            ("TOPK", {"K": 3}), ("TOPK_CAP", {"K": 3, "M": 1.4}), ("MIPS", {}), ("OFFCEM", {}),
            ("MIPS_EMB", {})]


BASELINE_OPE = {"SHRINK_DR": {"lam": 1.5},
                "UIPS_DR": {"lam": 4.0, "eta1": 0.9, "gamma": 0.6, "eta2": 50.0},
                "UIPS_P": {"gamma": 0.7}, "UIPS_O": {"gamma": 0.7}, "IPS_UN": {"alpha": 0.4},
                "DICE_S": {"cap": 1.5}}
CRITERIA = [("mean", {}), ("threshold", {"b": 31.5}), ("log_threshold", {"b": 80.0}),
            ("cara", {"eta": 0.03}), ("mean_variance", {"eta": 0.05}), ("cvar", {"alpha": 0.2}),
            ("log_delta", {}), ("power_delta", {"g": 0.5}), ("log_quad", {"c": 2.0})]


def save(folder, name, description, **content):
    body = plain({"name": name, "description": description, "tolerance": TOLERANCE, **content})
    text = json.dumps(body, indent=1)
    # one line for each list of numbers
    text = re.sub(r"\[[^\[\]{}\"]*\]", lambda m: "[" + ", ".join(m[0][1:-1].split()).replace(
        ",,", ",") + "]", text)
    (folder / f"{name}.json").write_text(text + "\n")


def each(cases, reference):
    return [{"inputs": given, "expected": reference(given)} for given in cases]


def ope_case(given, uips, estimators=OPE, cressie=(0.0, 12.0), cap=1.2, alpha=0.05, lam=0.3,
             gamma=0.15, delta=0.05, ranges=None):
    given = {**given, "uips": uips}
    n = len(given["p"])
    expected, parts = estimates.ope(
        given, estimators, dict(zip(("wmin", "wmax"), cressie)), {"M": cap, "alpha": alpha},
        {"lam": lam, "delta": delta}, {"gamma": gamma, "delta": delta},
        ranges or [[0, n // 4], [n // 4, n // 2], [n // 2, n]])
    return {"inputs": given, "expected": expected, "merge_parts_DR": parts}


def gradient_case(given, chosen=GRADIENTS):
    expected, pi = objectives.gradients(given, chosen)
    return {"inputs": given, "pi_logged": pi, "expected": expected}


def baseline_case(given, chosen):
    return {"inputs": given, "expected": objectives.baselines(given, chosen)}


def baseline_ope_case(given, par, ranges):
    return {"inputs": given, "expected": estimates.baselines(given, par, ranges)}


def paper_forms(cases):
    return [{**c, **propensities.paper_form(c)} for c in cases]


def interval_forms(cases):
    return [{**c, **propensities.interval_form(c)} for c in cases]


def closed_forms(cases):
    return [{"criterion": name, "params": par, "mu": mu, "sigma2": s2,
             **criteria.closed_form(name, par, mu, s2)} for name, par, mu, s2 in cases]


def alert_case(given, points):
    return {"inputs": given, "expected": {"true_delta": 0.0,
                                          **sequences.alerts(given, points)}}


JOIN = {"window": 60, "events": [
    {"kind": "reward", "id": "x", "rid": "k1", "t": 105, "value": 0.25},
    {"kind": "impression", "id": "y", "t": 100},
    {"kind": "impression", "id": "x", "t": 101},
    {"kind": "reward", "id": "x", "rid": "k1", "t": 110, "value": 0.9},
    {"kind": "reward", "id": "x", "rid": "k2", "t": 150, "value": 0.5},
    {"kind": "reward", "id": "y", "rid": "k3", "t": 160, "value": 1.0},
    {"kind": "impression", "id": "y", "t": 90},
    {"kind": "reward", "id": "z", "rid": "k4", "t": 120, "value": 1.0},
    {"kind": "reward", "id": "v", "rid": "k5", "t": 111, "value": 1.0},
    {"kind": "impression", "id": "v", "t": 112}]}


def policies(out):
    rng = np.random.default_rng(20)

    def policy(scale):
        return {"theta": inputs.matrix(rng, 2, 3, scale), "beta": inputs.matrix(rng, 6, 3),
                "x": inputs.matrix(rng, 1, 2)[0], "action": int(rng.integers(6))}

    save(out, "01_policy", "Linear softmax; the second case has huge scores.",
         cases=each([policy(0.7), policy(300)], objectives.policy))
    save(out, "05_gradients", "Values and gradients of objectives.",
         cases=[gradient_case(inputs.gradient_batch(rng, 10, 3, 4, 6, 0.05)),
                gradient_case(inputs.gradient_batch(rng, 5, 2, 2, 9, 0.2))])
    given = inputs.baseline_batch(rng, 10, 2, 3, 7)
    save(out, "b01_objectives", "Values, coefficients and gradients of the compared systems.",
         cases=[baseline_case(given, baselines(inputs.vector(rng, 7)))])


def optima(out):
    rng = np.random.default_rng(10)
    p = [0.5, 0.3, 0.2]
    action = [0, 1, 2] + inputs.actions(rng, 12, 3)
    tabular = {"action": action, "p": [p[a] for a in action],
               "r": [0.5, 0.7, 0.4] + inputs.rewards(rng, 12)}
    pwll = {"beta": inputs.matrix(rng, 5, 2), "x": inputs.matrix(rng, 16, 2),
            "action": inputs.actions(rng, 16, 5), "r": inputs.rewards(rng, 16),
            "p": inputs.vector(rng, 16, 0.06, 0.4)}
    line = {"beta": [[-1.0], [0.0], [1.0]], "x": [[1.0]] * 4, "action": [0, 2, 1, 1],
            "r": [0.7, 0.35, 0.1, 0.1], "p": [0.2, 0.2, 0.6, 0.6], "l2": 0.002}
    save(out, "10_optimum", "Optima of weighted likelihoods, stationary points of IPS.",
         tabular={"inputs": tabular, "expected": objectives.tabular_optimum(tabular, LIKELIHOODS)},
         pwll={"inputs": pwll, "expected": objectives.likelihood_optimum(
             pwll, [(name, par, 0.08) for name, par in LIKELIHOODS])},
         ips_1d={"inputs": line, "expected": objectives.stationary_points(line)})


def values(out):
    rng = np.random.default_rng(2)
    uips = {"lam": 3.0, "eta1": 0.8, "eta2": 50.0, "gamma": 1.2}
    save(out, "02_ope", "Point estimates, sums, bounds and merges.",
         cases=[ope_case(inputs.ope(rng, 14, pi_high=0.3), uips), ope_case(inputs.ope(rng, 25), uips)])
    given = inputs.decay(rng, 12, 40.0, 150.0, 160.0)
    save(out, "03_decay", "Decayed sums, their merge and the estimates.", inputs=given,
         expected=estimates.decay(given, {"at_T": 160.0, "part_a": 152.0, "part_b": 155.0}))
    cluster = [0, 1, 1, 0, 2, 2]
    given = {"pi": inputs.simplex(rng, 14, 6), "pi0": inputs.simplex(rng, 14, 6),
             "action": inputs.actions(rng, 14, 6), "r": inputs.rewards(rng, 14),
             "cluster_of_action": cluster, "q_all": [inputs.vector(rng, 6) for _ in range(14)]}
    save(out, "11_mips", "Estimators over clusters.", inputs=given,
         expected=estimates.clusters(given))
    save(out, "b02_ope", "Estimators of the compared systems.",
         cases=[baseline_ope_case(inputs.baseline_rows(rng, 12, 6), BASELINE_OPE,
                                  [[0, 5], [5, 12]])])


def streams(out):
    rng = np.random.default_rng(3)
    act = rng.choice(3, 120, p=[0.3, 0.3, 0.4])
    given = {"w": [[0.5, 1.5, 1.0][a] for a in act],
             "r": [float(rng.random() < [0.3, 0.8, 0.5][a]) for a in act], "alpha": 0.05}
    save(out, "04_confidence_sequences", "Lower sequences; the mixture by quadrature over bets.",
         inputs=given, expected={**sequences.sequences(given, [1, 10, 120], [1, 10, 120]),
                                 "true_value": 0.0, "true_delta": 0.0})
    cases = []
    for drop, means in ((0.0, [0.6, 0.5, 0.1]), (0.1, [0.2, 0.3, 0.7])):
        act = rng.choice(3, 150, p=[0.3, 0.3, 0.4])
        cases.append(alert_case(
            {"w": [[0.2, 0.3, 2.125][a] for a in act],
             "r": [float(rng.random() < means[a]) for a in act], "tolerated_drop": drop,
             "alpha": 0.05}, (1, 2, 10, 100, 150)))
    save(out, "12_alerts", "Bets, e-values and first alarms.", cases=cases)
    save(out, "13_join", "Window 60.", inputs=JOIN,
         expected=lists.join(JOIN, [159, 160, 161]))


def samples(out):
    rng = np.random.default_rng(6)
    save(out, "06_snis", "Sampled gradients for given draws; the head may be the whole catalogue.",
         cases=each([inputs.mixture(rng, 20, 2, 3, 4, 8, 0.7),
                     inputs.mixture(rng, 5, 2, 2, 5, 6, 0.4, logged_in_top=True)],
                    sampling.mixture))
    save(out, "b05_reinforce", "Exact samplers and the forms of Reinforce.",
         cases=each([inputs.reinforce(rng, 8, 3, 5), inputs.reinforce(rng, 4, 2, 2, 60.0)],
                    sampling.reinforce))
    save(out, "b06_ranking", "Ranking quality; the second list is shorter than K.",
         cases=[{"inputs": g, "expected": lists.ranking(g, k)} for g, k in
                ((inputs.ranking(rng, 12, 4, 3), (3, 5)), (inputs.ranking(rng, 6, 2, 2), (5,)))])


def propensity(out):
    rng = np.random.default_rng(7)
    choice = [0.5, 1.0, 2.0, 20.0]
    paper = [dict(zip(("w", "U", "gamma", "pi0_hat", "lam", "eta1", "eta2"),
                      [round(float(rng.lognormal(0, 1.5)), 6), *inputs.vector(rng, 1),
                       *inputs.vector(rng, 1, 0, 3), *inputs.vector(rng, 1, 0.01, 1),
                       *map(float, rng.choice(choice, 3))])) for _ in range(12)]
    interval = []
    for _ in range(6):
        w, lo, lam, gap = inputs.vector(rng, 4, 0.2, 3)
        interval.append({"w": w, "rho_lo": lo, "rho_hi": round(lo + gap, 6), "lam": lam})
    save(out, "07_uips", "phi* of the paper and for any interval.",
         paper_form=paper_forms(paper), interval_form=interval_forms(interval))
    times = [round(float(t), 3) for t in np.cumsum(rng.exponential(4, 20))]
    save(out, "08_logging_policy", "Estimates of the logging policy, read before each update.",
         dirichlet=propensities.dirichlet(
             {"half_life": 30.0, "prior_strength": 1.5, "m0": [0.4, 0.3, 0.2, 0.1]}, times,
             inputs.actions(rng, 20, 3)),
         softmax_regression=propensities.softmax_regression(
             {"d": 2, "P": 3, "lr": 0.25}, inputs.matrix(rng, 10, 2), inputs.actions(rng, 10, 3)))
    save(out, "b04_logging_head", "Two-tower head, read before each step.",
         cases=each([inputs.two_tower(rng, 5, 3, 6, 0.2), inputs.two_tower(rng, 3, 1, 3, 0.5)],
                    propensities.two_tower))


def aggregates(out):
    rng = np.random.default_rng(9)
    forms = [(name, par, mu, s2) for mu, s2 in ((30.0, 12.5), (41.25, 60.0))
             for name, par in CRITERIA]
    given = inputs.batch(rng, 10, 2, 3, 5)
    cases = [{"criterion": name, "params": par, "count": count, "cbase": base, "N": n}
             for name, par in (("threshold", {"b": 4.0}), ("log_threshold", {"b": 6.0}),
                               ("cara", {"eta": 0.1}), ("cvar", {"alpha": 0.3}))
             for count in ("poisson", "fixed") for base, n in ((0.0, 10), (1.02, 40))]
    save(out, "09_aggregate", "Criteria, their derivatives, and batch gradients.",
         gauss_hermite={"nodes": criteria.NODES, "weights": criteria.WEIGHTS},
         closed_forms=closed_forms(forms),
         batch={"inputs": given, "cases": criteria.batches(given, cases)})


def two_stages(out):
    rng = np.random.default_rng(13)
    first, second = (inputs.first_stage(rng, 8, 2, 3, 6, 3),
                     inputs.two_step(rng, 10, 3, 2, 3, 6, 2, 0.1, 0.01))
    save(out, "b03_potec", "POTEC: first stage and two-step regression.",
         cases=[{"inputs": first, "expected": two_stage.first_stage(first)},
                {"inputs": second, "expected": two_stage.two_step(second)}])


if __name__ == "__main__":
    target = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else OUT
    target.mkdir(parents=True, exist_ok=True)
    for write in (policies, optima, values, streams, samples, propensity, aggregates, two_stages):
        write(target)
