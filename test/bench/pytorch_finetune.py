"""Full fine-tuning in plain PyTorch: the same photos, model, crops, schedule and evaluations as the paper's mode.

Argument: one JSON object (see `PyTorchRun` in pytorch-finetune.ts). Prints one JSON line per evaluation:
{"step", "seconds", "accuracy"}, then {"type": "done"}. Seconds count from the moment the libraries are imported, as a
person would wait: opening the photos, compiling where asked for, steps and evaluations.
Modes: float32; bf16 (autocast to bfloat16); bf16-compile (the same, compiled).
"""
import json
import math
import random
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import torch
from PIL import Image
from safetensors.torch import load_file
from torch import nn
from torch.nn import functional as F

start = time.perf_counter()
spec = json.loads(sys.argv[1])
side, batch, steps = spec["resolution"], spec["batch"], spec["steps"]
torch.set_num_threads(spec["threads"])
torch.manual_seed(spec["seed"])
random.seed(spec["seed"])


class Block(nn.Module):
    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.norm1, self.norm2 = nn.LayerNorm(width, eps=spec["epsilon"]), nn.LayerNorm(width, eps=spec["epsilon"])
        self.qkv, self.out = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.fc1, self.fc2 = nn.Linear(width, 4 * width), nn.Linear(4 * width, width)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        b, n, d = x.shape
        q, k, v = self.qkv(self.norm1(x)).reshape(b, n, 3, self.heads, d // self.heads).permute(2, 0, 3, 1, 4)
        mixed = F.scaled_dot_product_attention(q, k, v).transpose(1, 2).reshape(b, n, d)
        x = x + self.out(mixed)
        return x + self.fc2(F.gelu(self.fc1(self.norm2(x))))


class Vit(nn.Module):
    def __init__(self, width: int, depth: int, heads: int, classes: int) -> None:
        super().__init__()
        self.embed = nn.Conv2d(3, width, 16, 16)
        self.token = nn.Parameter(torch.zeros(1, 1, width))
        self.positions = nn.Parameter(torch.zeros(1, (side // 16) ** 2 + 1, width))
        self.blocks = nn.Sequential(*[Block(width, heads) for _ in range(depth)])
        self.norm, self.head = nn.LayerNorm(width, eps=spec["epsilon"]), nn.Linear(width, classes)
        nn.init.zeros_(self.head.weight)
        nn.init.zeros_(self.head.bias)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = self.embed(x).flatten(2).transpose(1, 2)
        x = torch.cat([self.token.expand(len(x), -1, -1), x], dim=1) + self.positions
        return self.head(self.norm(self.blocks(x)[:, 0]))


def timm_weights(w: dict) -> dict:
    """timm's names, as they are in DeiT's files, as this file's."""
    names = {"patch_embed.proj": "embed", "cls_token": "token", "pos_embed": "positions", "attn.qkv": "qkv",
             "attn.proj": "out", "mlp.fc": "fc"}
    found = {}
    for name, value in w.items():
        for theirs, ours in names.items():
            name = name.replace(theirs, ours)
        if not name.startswith("head"):
            found[name] = value.float()
    return found


def huggingface_weights(w: dict) -> dict:
    """transformers' names, as in the starter, as this file's."""
    w = {name.removeprefix("vit."): value.float() for name, value in w.items()}
    found = {"token": w["embeddings.cls_token"], "positions": w["embeddings.position_embeddings"],
             "embed.weight": w["embeddings.patch_embeddings.projection.weight"],
             "embed.bias": w["embeddings.patch_embeddings.projection.bias"],
             "norm.weight": w["layernorm.weight"], "norm.bias": w["layernorm.bias"]}
    names = {"attention.output.dense": "out", "intermediate.dense": "fc1", "output.dense": "fc2",
             "layernorm_before": "norm1", "layernorm_after": "norm2"}
    depth = 1 + max(int(name.split(".")[2]) for name in w if name.startswith("encoder.layer."))
    for i in range(depth):
        for kind in ("weight", "bias"):
            layer = f"encoder.layer.{i}."
            parts = [w[f"{layer}attention.attention.{part}.{kind}"] for part in ("query", "key", "value")]
            found[f"blocks.{i}.qkv.{kind}"] = torch.cat(parts)
            for theirs, ours in names.items():
                found[f"blocks.{i}.{ours}.{kind}"] = w[f"{layer}{theirs}.{kind}"]
    return found


def opened(path: str) -> Image.Image:
    """The photo, shrunk once to twice the resolution: what a careful person keeps in memory."""
    with Image.open(path) as image:
        image = image.convert("RGBA") if "transparency" in image.info or image.mode in ("RGBA", "LA") else image
        if image.mode == "RGBA":
            white = Image.new("RGBA", image.size, "white")
            image = Image.alpha_composite(white, image)
        image = image.convert("RGB")
    scale = 2 * side / min(image.size)
    return image if scale >= 1 else image.resize([round(x * scale) for x in image.size], Image.BILINEAR)


def inception_crop(image: Image.Image) -> np.ndarray:
    """5 to 100 % of the area, aspect 3/4 to 4/3, mirrored half the time."""
    width, height = image.size
    box = (0, 0, width, height)
    for _ in range(100):
        area = random.uniform(0.05, 1) * width * height
        aspect = random.uniform(3 / 4, 4 / 3)
        w, h = round(math.sqrt(area * aspect)), round(math.sqrt(area / aspect))
        if 0 < w <= width and 0 < h <= height:
            left, top = random.randint(0, width - w), random.randint(0, height - h)
            box = (left, top, left + w, top + h)
            break
    crop = image.resize((side, side), Image.BILINEAR, box=box)
    return np.asarray(crop.transpose(Image.FLIP_LEFT_RIGHT) if random.random() < 0.5 else crop)


def pixels_of(images: list) -> torch.Tensor:
    x = torch.from_numpy(np.stack(images)).permute(0, 3, 1, 2).float() / 255
    return (x - torch.tensor(spec["mean"]).view(3, 1, 1)) / torch.tensor(spec["std"]).view(3, 1, 1)


def training_batch() -> tuple:
    rows = []
    while len(rows) < batch:
        if not order:
            order.extend(random.sample(range(len(photos)), len(photos)))
        rows.append(order.pop())
    return pixels_of([inception_crop(photos[i]) for i in rows]), torch.tensor([labels[i] for i in rows])


def learning_rate(step: int) -> float:
    warmup = spec["warmup"]
    progress = min(max((step - warmup) / (steps - warmup), 0), 1)
    return spec["peak"] * 0.5 * (1 + math.cos(math.pi * progress)) * (min(1, step / warmup) if warmup else 1)


def accuracy() -> float:
    right = 0
    with torch.no_grad(), autocast():
        for first in range(0, len(held), 25):
            right += int((forward(held[first:first + 25]).argmax(1) == truth[first:first + 25]).sum())
    return right / len(held)


def autocast() -> torch.autocast:
    return torch.autocast("cpu", torch.bfloat16, enabled=spec["mode"] != "float32")


weights = load_file(spec["model"])
weights = huggingface_weights(weights) if any(".layer." in name for name in weights) else timm_weights(weights)
width = weights["norm.weight"].numel()
depth = 1 + max(int(name.split(".")[1]) for name in weights if name.startswith("blocks."))
model = Vit(width, depth, spec["heads"], spec["classes"])
missing = model.load_state_dict(weights, strict=False)
assert not missing.unexpected_keys and all(name.startswith("head") for name in missing.missing_keys), missing
forward = torch.compile(model) if spec["mode"] == "bf16-compile" else model
optimiser = torch.optim.SGD(model.parameters(), lr=0, momentum=0.9)

with ThreadPoolExecutor(spec["threads"]) as pool:
    photos = list(pool.map(opened, [path for path, _ in spec["training"]]))
    squashed = pool.map(lambda one: np.asarray(opened(one[0]).resize((side, side), Image.BILINEAR)), spec["validation"])
    held = pixels_of(list(squashed))
labels, truth = [label for _, label in spec["training"]], torch.tensor([label for _, label in spec["validation"]])
order: list = []

with ThreadPoolExecutor(1) as ahead:
    pending = ahead.submit(training_batch)
    for step in range(steps):
        x, y = pending.result()
        pending = ahead.submit(training_batch)
        optimiser.param_groups[0]["lr"] = learning_rate(step)
        optimiser.zero_grad(set_to_none=True)
        with autocast():
            loss = F.cross_entropy(forward(x).float(), y)
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        if (step + 1) % spec["evaluateEvery"] == 0 or step + 1 == steps:
            found = {"step": step + 1, "accuracy": accuracy()}
            print(json.dumps({**found, "seconds": time.perf_counter() - start}), flush=True)
print(json.dumps({"type": "done"}), flush=True)
