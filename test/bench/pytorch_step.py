"""The same training step in PyTorch: started by pytorch.ts, told to step by a line on stdin, answers with milliseconds.

Arguments: width depth heads classes batch resolution threads mode. Plain modules and fused attention. Modes: float32; bf16
(autocast to bfloat16); bf16-compile (the same, compiled).
"""
import sys
import time

import torch
from torch import nn
from torch.nn import functional as F

width, depth, heads, classes, batch, resolution, threads = map(int, sys.argv[1:8])
mode = sys.argv[8]
patch = 16
torch.set_num_threads(threads)
torch.manual_seed(0)


class Block(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.norm1, self.norm2 = nn.LayerNorm(width, eps=1e-6), nn.LayerNorm(width, eps=1e-6)
        self.qkv, self.out = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.mlp = nn.Sequential(nn.Linear(width, 4 * width), nn.GELU(), nn.Linear(4 * width, width))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        b, n, _ = x.shape
        q, k, v = self.qkv(self.norm1(x)).reshape(b, n, 3, heads, width // heads).permute(2, 0, 3, 1, 4)
        mixed = attention(q, k, v)
        x = x + self.out(mixed.transpose(1, 2).reshape(b, n, width))
        return x + self.mlp(self.norm2(x))


def attention(q: torch.Tensor, k: torch.Tensor, v: torch.Tensor) -> torch.Tensor:
    if hasattr(F, "scaled_dot_product_attention"):
        return F.scaled_dot_product_attention(q, k, v)
    return torch.softmax(q @ k.transpose(-2, -1) * q.shape[-1] ** -0.5, dim=-1) @ v


class Vit(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        tokens = (resolution // patch) ** 2 + 1
        self.embed = nn.Conv2d(3, width, patch, patch)
        self.token = nn.Parameter(torch.zeros(1, 1, width))
        self.positions = nn.Parameter(torch.randn(1, tokens, width) * 0.02)
        self.blocks = nn.Sequential(*[Block() for _ in range(depth)])
        self.norm, self.head = nn.LayerNorm(width, eps=1e-6), nn.Linear(width, classes)

    def forward(self, pixels: torch.Tensor) -> torch.Tensor:
        x = ((pixels.float() / 255 - 0.5) / 0.5).permute(0, 3, 1, 2)
        x = self.embed(x).flatten(2).transpose(1, 2)
        x = torch.cat([self.token.expand(len(x), -1, -1), x], dim=1) + self.positions
        return self.head(self.norm(self.blocks(x))[:, 0])


model = Vit()
forward = torch.compile(model) if mode == "bf16-compile" else model
optimiser = torch.optim.SGD(model.parameters(), lr=0.001, momentum=0.9)
pixels = torch.randint(0, 256, (batch, resolution, resolution, 3), dtype=torch.uint8)
labels = torch.arange(batch) % classes


def step() -> None:
    optimiser.zero_grad(set_to_none=True)
    with torch.autocast("cpu", torch.bfloat16, enabled=mode != "float32"):
        loss = F.cross_entropy(forward(pixels).float(), labels)
    loss.backward()
    nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    optimiser.step()


print(torch.__version__, flush=True)
for _ in sys.stdin:
    start = time.perf_counter()
    step()
    print((time.perf_counter() - start) * 1000, flush=True)
