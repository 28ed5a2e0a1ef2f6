"""Arithmetic of the reference programs: 60 digits, exact conversion of float64 inputs."""
import mpmath as mp

mp.mp.dps = 60
Z95 = 1.959963984540054
STEP = mp.mpf(10) ** -40


def exact(x):
    """The float64 numbers of a nested list as they are, with 60 digits."""
    if isinstance(x, dict):
        return {k: exact(v) for k, v in x.items()}
    if isinstance(x, (list, tuple)):
        return [exact(v) for v in x]
    return mp.mpf(x) if isinstance(x, float) else x


def plain(x):
    """What goes into a file: nested lists of float64 numbers."""
    if isinstance(x, dict):
        return {str(k): plain(v) for k, v in x.items()}
    if isinstance(x, (list, tuple)):
        return [plain(v) for v in x]
    return float(x) if isinstance(x, mp.mpf) else x


def total(terms):
    return mp.fsum(terms)


def mean(terms):
    terms = list(terms)
    return mp.fsum(terms) / len(terms)


def dot(a, b):
    return mp.fsum(x * y for x, y in zip(a, b))


def moments(y):
    m = mean(y)
    return len(y), m, total((v - m) ** 2 for v in y)


def interval(value, se):
    return [value - Z95 * se, value + Z95 * se]


def softmax(f):
    """(ln sum e^f, log probabilities); also for complex scores."""
    top = max(mp.re(v) for v in f)
    log_z = top + mp.log(mp.fsum(mp.exp(v - top) for v in f))
    return log_z, [v - log_z for v in f]


def scores(theta, vectors, x):
    h = [mp.fsum(x[i] * theta[i][l] for i in range(len(x))) for l in range(len(theta[0]))]
    return h, [dot(h, v) for v in vectors]


def positions(theta):
    return [(i, l) for i in range(len(theta)) for l in range(len(theta[0]))]


def moved(theta, at):
    """theta with a small imaginary part in one place."""
    return [[v + (STEP * 1j if (i, l) == at else 0) for l, v in enumerate(row)]
            for i, row in enumerate(theta)]


def matrix_of(theta, entry):
    return [[entry((i, l)) for l in range(len(theta[0]))] for i in range(len(theta))]


def derivative(values):
    """Complex-step derivative: exact to working precision."""
    return mp.im(values) / STEP


def uips_phi(w, u, lam, eta1, eta2, gamma):
    """phi* with separate scale constants in its two terms."""
    lo, hi = mp.exp(-gamma * u), mp.exp(gamma * u)
    return min(lam / (lam / eta1 * lo + eta1 * w * w / lo), 2 * eta2 / (lo + hi))
