"""References that need no arithmetic to speak of: the join (13) and ranking quality (b06)."""
import math


def ranking(inputs, cut_offs):
    """b06, one case."""
    scores, relevant, masked = (inputs[k] for k in ("scores", "relevant", "masked"))
    order = sorted((i for i in range(len(scores)) if i not in masked),
                   key=lambda i: (-scores[i], i))
    out = {}
    for k in cut_offs:
        hit = [item in relevant for item in order[:k]]
        gain = math.fsum(1 / math.log2(rank + 2) for rank, h in enumerate(hit) if h)
        ideal = math.fsum(1 / math.log2(rank + 2) for rank in range(min(k, len(relevant))))
        out[f"at_{k}"] = {"top": order[:k], "precision": sum(hit) / k,
                          "recall": sum(hit) / len(relevant), "ndcg": gain / ideal}
    return out


def join(inputs, watermarks):
    """13: decided with the whole arrival order at hand, which no stream has."""
    window, events = inputs["window"], inputs["events"]
    opened, discarded = {}, {}
    for e in events:
        if e["kind"] == "impression":
            if e["id"] in opened:
                discarded.setdefault("duplicate_impression", []).append(e["id"])
            else:
                opened[e["id"]] = e["t"]
    counted, seen = {}, set()
    for e in events:
        if e["kind"] != "reward":
            continue
        if (e["id"], e["rid"]) in seen:
            discarded.setdefault("duplicate_reward", []).append(e["rid"])
            continue
        seen.add((e["id"], e["rid"]))
        start = opened.get(e["id"])
        reason = ("never_had_impression" if start is None
                  else "before_impression_time" if e["t"] < start
                  else "at_or_after_window_end" if e["t"] >= start + window else None)
        if reason:
            discarded.setdefault(reason, []).append(e["rid"])
        else:
            counted.setdefault(e["id"], []).append(e["value"])
    outcomes = [{"id": i, "closes": t + window,
                 "r": min(1.0, max(0.0, math.fsum(counted.get(i, []))))}
                for i, t in sorted(opened.items(), key=lambda kv: kv[1])]
    assert all(len(v) == 1 for v in discarded.values()), "one record for each reason"
    return {"outcomes": outcomes, "discarded": {k: v[0] for k, v in discarded.items()},
            "outcomes_at_watermark": {
                str(m): [o["id"] for o in outcomes if o["closes"] <= m] for m in watermarks}}
