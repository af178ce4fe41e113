"""Writes golden.json: steps of torch.optim.AdamW in float64 with clip_grad_norm_, on gradients that are given.

Needs torch. Run it in this folder: python make-adamw.py
"""

import json

import torch

torch.manual_seed(7)
shapes = {"matrix.weight": (3, 4), "norm.bias": (5,)}
settings = {"beta1": 0.9, "beta2": 0.98, "epsilon": 1e-8, "weightDecay": 0.1}
clip = 1.5
rates = [0.0, 0.01, 0.05, 0.03, 0.02, 0.004]

# Values of float32, so that both sides begin with the same numbers.
start = {name: torch.randn(shape).double() for name, shape in shapes.items()}
gradients = [
    {name: (scale * torch.randn(shape)).double() for name, shape in shapes.items()}
    for scale in [1.0, 0.1, 2.0, 0.01, 1.0, 0.5]
]

weights = {name: torch.nn.Parameter(value.clone()) for name, value in start.items()}
optimiser = torch.optim.AdamW(
    [
        {"params": [weights["matrix.weight"]], "weight_decay": settings["weightDecay"]},
        {"params": [weights["norm.bias"]], "weight_decay": 0.0},
    ],
    betas=(settings["beta1"], settings["beta2"]),
    eps=settings["epsilon"],
)

steps = []
for rate, given in zip(rates, gradients):
    for group in optimiser.param_groups:
        group["lr"] = rate
    for name, weight in weights.items():
        weight.grad = given[name].clone()
    norm = torch.nn.utils.clip_grad_norm_(list(weights.values()), clip)
    optimiser.step()
    kept = {name: optimiser.state[weight] for name, weight in weights.items()}
    steps.append(
        {
            "rate": rate,
            "norm": norm.item(),
            "gradients": {name: value.flatten().tolist() for name, value in given.items()},
            "weights": {name: value.detach().flatten().tolist() for name, value in weights.items()},
            "first": {name: one["exp_avg"].flatten().tolist() for name, one in kept.items()},
            "second": {name: one["exp_avg_sq"].flatten().tolist() for name, one in kept.items()},
        }
    )

golden = {
    "torch": torch.__version__,
    "settings": settings,
    "clip": clip,
    "shapes": shapes,
    "start": {name: value.flatten().tolist() for name, value in start.items()},
    "steps": steps,
}
with open("golden.json", "w") as file:
    json.dump(golden, file, indent=1)
    file.write("\n")
