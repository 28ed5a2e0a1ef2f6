#!/usr/bin/env python3
"""The FOPO paper's training step and its baselines in PyTorch and faiss, timed on one thread.

Started by `hindcast bench gradient --peer`; by hand: python3 benchmarks/peer.py FOLDER. The folder holds what the
benchmark wrote: items.npy (P x L), contexts.npy (M B x d), exact-STAGE.npy (M x d L) and theta-STAGE.npy (d x L) for each
stage, peer.json (rewarded items of every context, settings). Results go to results.json in the same folder.

Gradients are of mean_i E_pi[1(a in Y_i)] in theta, by automatic differentiation:
  EXACT      the sum over the catalogue
  REINFORCE  S draws of the softmax, reward times log probability
  MIXTURE    Algorithm 1 of the paper: top K of an HNSW index, S draws of eps / P + (1 - eps) kappa, covariance of
             self-normalised weights

Needs python3-numpy, python3-torch, python3-faiss and libopenblas0-pthread (Debian's packages). OpenBLAS is told the
processor through OPENBLAS_CORETYPE: every candidate is measured first, and the fastest is used.
"""

import json
import os
import subprocess
import sys
import time

CORE_TYPES = ["", "Haswell", "Zen", "SkylakeX", "Cooperlake"]
PROBE_ITEMS = 100_000


def probe():
    """Milliseconds of the product every method spends its time on."""
    import torch

    torch.set_num_threads(1)
    contexts, items = torch.randn(32, 64), torch.randn(PROBE_ITEMS, 64)
    times = []
    for _ in range(12):
        start = time.thread_time()
        contexts @ items.T
        times.append(time.thread_time() - start)
    print(1e3 * sorted(times[4:])[3])


def fastest_core_type():
    """The core type with the fastest product, and every measurement."""
    measured = {}
    for core in CORE_TYPES:
        environment = dict(os.environ, OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1", OPENBLAS_CORETYPE=core)
        if not core:
            del environment["OPENBLAS_CORETYPE"]
        done = subprocess.run(
            [sys.executable, __file__, "--probe"], env=environment, capture_output=True, text=True, check=False
        )
        if done.returncode == 0:
            measured[core] = float(done.stdout.split()[-1])
    if not measured:
        sys.exit("peer: no core type of OpenBLAS runs here: " + done.stderr.strip().splitlines()[-1])
    return min(measured, key=measured.get), measured


def run_with(core, measured, folder):
    """Runs the benchmark in a process whose BLAS knows the processor; it names the core it uses on standard error."""
    environment = dict(
        os.environ, OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1", OPENBLAS_VERBOSE="2", OPENBLAS_CORETYPE=core
    )
    if not core:
        del environment["OPENBLAS_CORETYPE"]
    environment["HINDCAST_PEER_PROBES"] = json.dumps(measured)
    done = subprocess.run([sys.executable, __file__, "--run", folder], env=environment, check=False)
    sys.exit(done.returncode)


class Peer:
    def __init__(self, folder):
        import faiss
        import numpy
        import torch

        self.faiss, self.numpy, self.torch = faiss, numpy, torch
        torch.set_num_threads(1)
        torch.manual_seed(1)
        self.folder = folder
        with open(os.path.join(folder, "peer.json"), encoding="utf-8") as file:
            self.settings = json.load(file)
        self.items = torch.from_numpy(self.load("items"))
        contexts = torch.from_numpy(self.load("contexts"))
        batch = self.settings["batch"]
        rewarded = self.settings["rewarded"]
        width = max(len(items) for items in rewarded)
        padded = torch.full((len(rewarded), width), -1, dtype=torch.long)
        for row, items in enumerate(rewarded):
            padded[row, : len(items)] = torch.tensor(items)
        self.batches = list(zip(contexts.split(batch), padded.split(batch)))

    def load(self, name):
        return self.numpy.load(os.path.join(self.folder, name + ".npy"))

    def index(self):
        """An HNSW index as faiss makes it; kept in the cache folder if there is one."""
        faiss, settings = self.faiss, self.settings
        cached = settings.get("index")
        if cached and os.path.exists(cached):
            index = faiss.read_index(cached)
            seconds, cpu = 0.0, 0.0
        else:
            faiss.omp_set_num_threads(os.cpu_count())
            start, start_cpu = time.time(), time.process_time()
            index = faiss.IndexHNSWFlat(self.items.shape[1], 16, faiss.METRIC_INNER_PRODUCT)
            index.hnsw.efConstruction = 100
            index.add(self.items.numpy())
            seconds, cpu = time.time() - start, time.process_time() - start_cpu
            if cached:
                faiss.write_index(index, cached)
        index.hnsw.efSearch = settings["topK"]
        faiss.omp_set_num_threads(1)
        return index, seconds, cpu

    def exact(self, theta, contexts, rewarded):
        torch = self.torch
        probabilities = torch.softmax((contexts @ theta) @ self.items.T, dim=1)
        hits = probabilities.gather(1, rewarded.clamp(min=0)) * (rewarded >= 0)
        return hits.sum(1).mean()

    def reinforce(self, theta, contexts, rewarded):
        torch = self.torch
        log_probabilities = torch.log_softmax((contexts @ theta) @ self.items.T, dim=1)
        with torch.no_grad():
            drawn = torch.multinomial(log_probabilities.exp(), self.settings["samples"], replacement=True)
            rewards = self.rewards(drawn, rewarded)
        return (rewards * log_probabilities.gather(1, drawn)).mean()

    def mixture(self, theta, contexts, rewarded):
        torch, settings = self.torch, self.settings
        size, samples, top_k = self.items.shape[0], settings["samples"], settings["topK"]
        uniform = round(settings["epsilon"] * samples)
        epsilon = uniform / samples
        users = contexts @ theta
        with torch.no_grad():
            _, found = self.hnsw.search(users.detach().numpy(), top_k)
            found = torch.from_numpy(found)
            there = found >= 0
            found = found.clamp(min=0)
            top = torch.einsum("bl,bkl->bk", users, self.items[found]).masked_fill(~there, -float("inf"))
            kappa = torch.softmax(top, dim=1)
            from_top = found.gather(1, torch.multinomial(kappa, samples - uniform, replacement=True))
            drawn = torch.cat([torch.randint(size, (len(users), uniform)), from_top], dim=1)
            ordered, places = torch.where(there, found, size).sort(dim=1)
            at = torch.searchsorted(ordered, drawn).clamp(max=top_k - 1)
            in_top = ordered.gather(1, at) == drawn
            mass = torch.where(in_top, kappa.gather(1, places.gather(1, at)), torch.zeros(()))
            proposal = epsilon / size + (1 - epsilon) * mass
            rewards = self.rewards(drawn, rewarded)
        scores = torch.einsum("bl,bsl->bs", users, self.items[drawn])
        with torch.no_grad():
            weights = torch.softmax(scores - proposal.log(), dim=1)
            mean = (weights * rewards).sum(1, keepdim=True)
            coefficients = weights * (rewards - mean)
        return (coefficients * scores).sum(1).mean()

    def rewards(self, drawn, rewarded):
        return (drawn[:, :, None] == rewarded[:, None, :]).any(-1).float()

    def gradient(self, method, theta, minibatch):
        theta = theta.clone().requires_grad_(True)
        start = time.thread_time()
        method(theta, *self.batches[minibatch]).backward()
        return theta.grad.double().flatten().numpy(), 1e3 * (time.thread_time() - start)

    def run(self):
        methods = {"EXACT": self.exact, "REINFORCE": self.reinforce, "MIXTURE": self.mixture}
        wanted = self.settings.get("estimators", list(methods))
        methods = {name: method for name, method in methods.items() if name in wanted}
        build = build_cpu = 0.0
        if "MIXTURE" in methods:
            say("building the HNSW index")
            self.hnsw, build, build_cpu = self.index()
        results = []
        for stage in self.settings["stages"]:
            say("stage " + stage)
            results += self.stage(stage, methods)
        versions = f"torch {self.torch.__version__}, faiss {self.faiss.__version__}"
        core = os.environ.get("OPENBLAS_CORETYPE", "detected")
        with open(os.path.join(self.folder, "results.json"), "w", encoding="utf-8") as file:
            json.dump(
                {
                    "versions": versions,
                    "coreType": core,
                    "coreTypesMs": json.loads(os.environ.get("HINDCAST_PEER_PROBES", "{}")),
                    "indexSeconds": build,
                    "indexCpuSeconds": build_cpu,
                    "results": results,
                },
                file,
                indent=1,
            )

    def stage(self, stage, methods):
        numpy = self.numpy
        theta = self.torch.from_numpy(self.load("theta-" + stage)).float()
        exact = self.load("exact-" + stage)
        times = {name: [] for name in methods}
        errors = {name: [] for name in methods}
        cosines = {name: [] for name in methods}
        for name, method in methods.items():
            self.gradient(method, theta, 0)
        for turn in range(max(self.settings["rounds"], len(self.batches))):
            minibatch = turn % len(self.batches)
            for name, method in methods.items():
                estimate, millis = self.gradient(method, theta, minibatch)
                times[name].append(millis)
                truth = exact[minibatch]
                errors[name].append((float(numpy.sum((estimate - truth) ** 2)), float(numpy.sum(truth**2))))
                norm = float(numpy.linalg.norm(estimate) * numpy.linalg.norm(truth))
                cosines[name].append(float(estimate @ truth) / norm if norm > 0 else 0.0)
        return [
            {
                "estimator": name,
                "stage": stage,
                "cpuMsPerMinibatch": float(numpy.median(times[name])),
                "cpuMsPerMinibatchP10": float(numpy.quantile(times[name], 0.1)),
                "relativeMse": sum(error for error, _ in errors[name]) / sum(norm for _, norm in errors[name]),
                "cosine": float(numpy.mean(cosines[name])),
            }
            for name in methods
        ]


def say(line):
    print("peer: " + line, file=sys.stderr, flush=True)


def main(arguments):
    if arguments == ["--probe"]:
        probe()
    elif len(arguments) == 2 and arguments[0] == "--run":
        Peer(arguments[1]).run()
    elif len(arguments) == 1 and os.path.isdir(arguments[0]):
        core, measured = fastest_core_type()
        say(f"OPENBLAS_CORETYPE={core or '(detected)'}; ms of a product by core type: {measured}")
        run_with(core, measured, arguments[0])
    else:
        sys.exit("usage: peer.py FOLDER")


if __name__ == "__main__":
    main(sys.argv[1:])
