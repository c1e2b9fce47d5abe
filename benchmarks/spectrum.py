"""Speed of `verifier spectrum`, beside numpy on the same network in one run: a Markdown table.

    python benchmarks/spectrum.py

Each number is the median of fresh processes, start-up included.  The numpy script finds the nonzero
eigenvalues at a minimum as those of J J^T, where J is the Jacobian of M by all weights, written out
layer after layer; jax and torch, where installed, find the largest one by the power method on their
own Hessian-vector products.
"""

import importlib.util
import sys

from run import VERIFIER, seconds

SETTING = """
import numpy as np
d, H, L = {d}, {H}, {L}
shares = np.arange(d, 0, -1) / H
layer = np.diag(shares ** (1 / L))
"""
NUMPY = """
power = [np.linalg.matrix_power(layer, l) for l in range(L)]
gram = np.zeros((d * d, d * d))
for h in range(H):
    for l in range(L):
        block = np.kron(power[L - 1 - l], power[l].T)
        gram += block @ block.T
print(np.linalg.eigvalsh(gram)[-1])
"""
POWER = """
v = np.random.default_rng(0).standard_normal((H, L, d, d)).astype(np.float64)
for _ in range(50):
    v = product(v)
    size = np.linalg.norm(v)
    v = v / size
print(size)
"""
JAX = """
import jax, jax.numpy as jnp
jax.config.update("jax_enable_x64", True)
target = jnp.diag(jnp.arange(d, 0, -1.0))
def loss(w):
    omega = w[:, 0]
    for l in range(1, L):
        omega = w[:, l] @ omega
    return ((omega.sum(0) - target) ** 2).sum() / 2
w = jnp.broadcast_to(jnp.asarray(layer), (H, L, d, d))
turn = jax.jit(lambda v: jax.jvp(jax.grad(loss), (w,), (v,))[1])
product = lambda v: np.asarray(turn(v))
"""
TORCH = """
import torch
target = torch.diag(torch.arange(d, 0, -1, dtype=torch.float64))
def loss(w):
    omega = w[:, 0]
    for l in range(1, L):
        omega = w[:, l] @ omega
    return ((omega.sum(0) - target) ** 2).sum() / 2
w = torch.tensor(layer).expand(H, L, d, d).contiguous()
product = lambda v: torch.autograd.functional.hvp(loss, w, torch.tensor(v))[1].numpy()
"""
SCRIPTS = {"numpy": NUMPY, "jax": JAX + POWER, "torch": TORCH + POWER}


def main() -> None:
    """Measure both sizes and print the table."""
    others = [name for name in SCRIPTS if importlib.util.find_spec(name)]
    print(f"| what | verifier | {' | '.join(others)} |")
    print("|---|---:|" + "---:|" * len(others))
    for d, paths, depth, check in ((16, 8, 12, False), (16, 33, 12, True)):
        size = paths * depth * d * d
        targets = [part for mode in range(d, 0, -1) for part in ("--target", str(mode))]
        network = ["--paths", str(paths), "--depth", str(depth), *targets]
        command = [*VERIFIER, "spectrum", *network, "--allocation", "balanced"]
        times = [seconds([*command, *["--check"] * check], 5)]
        for name in others:
            script = SETTING.format(d=d, H=paths, L=depth) + SCRIPTS[name]
            times.append(seconds([sys.executable, "-c", script], 5))
        what = f"d = {d}, H = {paths}, L = {depth}: {size:,} parameters"
        what += ", float64 `--check`" if check else ", closed form"
        print(f"| {what} | {' | '.join(f'{t:.2f} s' for t in times)} |", flush=True)


if __name__ == "__main__":
    main()
