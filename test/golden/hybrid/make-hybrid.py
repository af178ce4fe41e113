"""Makes small random hybrids and what their reference implementations compute with them.

Two stems: two stages with a projection, a stride and an identity shortcut; and the root alone. Weights are multiples of
1/16, so that the files are small and exact in float16.

    pip install torch timm==1.0.31 "jax[cpu]" flax scipy
    PYTHONPATH=<checkout of google-research/vision_transformer> python make-hybrid.py
"""

import json
from functools import partial
from pathlib import Path

import jax
import ml_collections
import numpy as np
import scipy.ndimage
import torch
from flax.training.checkpoints import convert_pre_linen
from flax.traverse_util import unflatten_dict
from safetensors.torch import save_file
from timm.layers import HybridEmbed, StdConv2dSame
from timm.layers.pos_embed import resample_abs_pos_embed
from timm.models.resnetv2 import ResNetV2, create_resnetv2_stem
from timm.models.vision_transformer import VisionTransformer, _load_weights
from vit_jax.models_vit import VisionTransformer as FlaxTransformer

jax.config.update("jax_enable_x64", True)
folder = Path(__file__).parent
width, depth, heads, mlp, classes, native, larger = 16, 1, 2, 32, 5, 32, 48

# Name, channels of the root, units of each stage, side of the patch kernel.
models = [("staged", 32, (2, 1), 1), ("root", 32, (), 2)]


def build(channels, units, side, size, state=None):
    """The model as timm builds vit_small_r26_s32 and vit_tiny_r_s16_p8, only smaller."""
    conv = partial(StdConv2dSame, eps=1e-8)
    if units:
        outer = [channels * 4 * 2**i for i in range(len(units))]
        backbone = ResNetV2(
            layers=units, channels=outer, stem_chs=channels, num_classes=0, global_pool="",
            preact=False, stem_type="same", conv_layer=conv,
        )  # fmt: skip
    else:
        backbone = create_resnetv2_stem(3, channels, stem_type="same", preact=False, conv_layer=conv)
    model = VisionTransformer(
        img_size=size, patch_size=side, embed_layer=partial(HybridEmbed, backbone=backbone), embed_dim=width,
        depth=depth, num_heads=heads, mlp_ratio=mlp / width, num_classes=classes,
    )  # fmt: skip
    if state is not None:
        resized = resample_abs_pos_embed(state["pos_embed"], model.patch_embed.grid_size)
        model.load_state_dict({**state, "pos_embed": resized})
    return model.double().eval()


def randomise(model, generator):
    for name, value in model.named_parameters():
        one = name.endswith("weight") and value.ndim == 1
        spread = 0.25 if value.ndim < 4 else 0.125
        drawn = torch.randn(value.shape, generator=generator) * spread + (1 if one else 0)
        value.data = torch.round(drawn * 16) / 16


def pixels(count, size):
    """Bytes that a test can make too."""
    index = np.arange(count * size * size * 3, dtype=np.int64)
    return ((index * index * 31 + index * 17 + index // 97 * 53) % 251).reshape(count, size, size, 3)


def images(count, size):
    scaled = (pixels(count, size) / 255 - 0.5) / 0.5
    return torch.from_numpy(scaled).permute(0, 3, 1, 2)


def to_flax(state, units):
    """The same weights by the names and axes of vit_jax's files, GroupNorm as [1, 1, 1, C]."""
    array = {name: value.numpy() for name, value in state.items()}
    weights = {}

    def conv(name, source):
        weights[f"{name}/kernel"] = array[f"{source}.weight"].transpose(2, 3, 1, 0)

    def group_norm(name, source):
        weights[f"{name}/scale"] = array[f"{source}.weight"].reshape(1, 1, 1, -1)
        weights[f"{name}/bias"] = array[f"{source}.bias"].reshape(1, 1, 1, -1)

    def norm(name, source):
        weights[f"{name}/scale"] = array[f"{source}.weight"]
        weights[f"{name}/bias"] = array[f"{source}.bias"]

    def dense(name, source):
        weights[f"{name}/kernel"] = array[f"{source}.weight"].T
        weights[f"{name}/bias"] = array[f"{source}.bias"]

    backbone = "patch_embed.backbone."
    root = f"{backbone}stem." if units else backbone
    conv("conv_root", f"{root}conv")
    group_norm("gn_root", f"{root}norm")
    for stage, count in enumerate(units):
        for unit in range(count):
            name = f"block{stage + 1}/unit{unit + 1}"
            source = f"{backbone}stages.{stage}.blocks.{unit}"
            for part in (1, 2, 3):
                conv(f"{name}/conv{part}", f"{source}.conv{part}")
                group_norm(f"{name}/gn{part}", f"{source}.norm{part}")
            if unit == 0:
                conv(f"{name}/conv_proj", f"{source}.downsample.conv")
                group_norm(f"{name}/gn_proj", f"{source}.downsample.norm")
    conv("embedding", "patch_embed.proj")
    weights["embedding/bias"] = array["patch_embed.proj.bias"]
    weights["cls"] = array["cls_token"]
    weights["Transformer/posembed_input/pos_embedding"] = array["pos_embed"]
    for index in range(depth):
        block, source = f"Transformer/encoderblock_{index}", f"blocks.{index}"
        attention = f"{block}/MultiHeadDotProductAttention_1"
        kernels = array[f"{source}.attn.qkv.weight"].reshape(3, heads, width // heads, width)
        biases = array[f"{source}.attn.qkv.bias"].reshape(3, heads, width // heads)
        for row, role in enumerate(("query", "key", "value")):
            weights[f"{attention}/{role}/kernel"] = kernels[row].transpose(2, 0, 1)
            weights[f"{attention}/{role}/bias"] = biases[row]
        out = array[f"{source}.attn.proj.weight"].reshape(width, heads, width // heads)
        weights[f"{attention}/out/kernel"] = out.transpose(1, 2, 0)
        weights[f"{attention}/out/bias"] = array[f"{source}.attn.proj.bias"]
        norm(f"{block}/LayerNorm_0", f"{source}.norm1")
        norm(f"{block}/LayerNorm_2", f"{source}.norm2")
        dense(f"{block}/MlpBlock_3/Dense_0", f"{source}.mlp.fc1")
        dense(f"{block}/MlpBlock_3/Dense_1", f"{source}.mlp.fc2")
    norm("Transformer/encoder_norm", "norm")
    dense("head", "head")
    return weights


def flax_logits(weights, channels, units, side, size):
    model = FlaxTransformer(
        num_classes=classes,
        patches=ml_collections.ConfigDict({"size": (side, side)}),
        transformer={"mlp_dim": mlp, "num_heads": heads, "num_layers": depth, "dropout_rate": 0.0},
        hidden_size=width,
        resnet=ml_collections.ConfigDict({"num_layers": units, "width_factor": channels / 64}),
    )
    positions = "Transformer/posembed_input/pos_embedding"
    table = np.float64(weights[positions])
    grid = int(np.sqrt(table.shape[1] - 1))
    zoom = (size / native, size / native, 1)
    patches = scipy.ndimage.zoom(table[0, 1:].reshape(grid, grid, -1), zoom, order=1)
    resized = np.concatenate([table[:, :1], patches.reshape(1, -1, width)], axis=1)
    squeezed = {
        tuple(name.split("/")): np.float64(value.squeeze() if "/gn" in f"/{name}" else value)
        for name, value in {**weights, positions: resized}.items()
    }
    inputs = images(2, size).permute(0, 2, 3, 1).numpy()
    return model.apply({"params": convert_pre_linen(unflatten_dict(squeezed))}, inputs, train=False)


def gradient_norms(model):
    logits = model(images(3, native))
    loss = torch.nn.functional.cross_entropy(logits, torch.tensor([0, 3, 1]))
    model.zero_grad()
    loss.backward()
    norms = {name: value.grad.norm().item() for name, value in model.named_parameters()}
    return {"loss": loss.item(), "norms": norms}


def timm_config(units, side):
    return {
        "architecture": "vit_small_r26_s32_224" if units else "vit_tiny_r_s16_p8_224",
        "num_classes": classes,
        "num_features": width,
        "global_pool": "token",
        "model_args": {"img_size": native, "patch_size": side, "embed_dim": width, "depth": depth,
                       "num_heads": heads, "mlp_ratio": mlp / width},
        "pretrained_cfg": {"input_size": [3, native, native], "mean": [0.5] * 3, "std": [0.5] * 3},
    }  # fmt: skip


def rounded(array):
    return np.asarray(array).round(9).tolist()


def make(name, channels, units, side, generator):
    model = build(channels, units, side, native)
    randomise(model, generator)
    model.double()
    state = {key: value.clone() for key, value in model.state_dict().items()}
    half = {key: value.half() for key, value in state.items()}
    assert all(torch.equal(half[key].double(), value) for key, value in state.items())
    target = folder / name
    target.mkdir(exist_ok=True)
    save_file(half, target / "model.safetensors")
    (target / "config.json").write_text(json.dumps(timm_config(units, side), indent=2) + "\n")
    weights = to_flax(half, units)
    np.savez_compressed(folder / f"{name}.npz", **weights)

    # The file says to timm what it says to us.
    again = build(channels, units, side, native)
    with torch.no_grad():
        _load_weights(again.float(), str(folder / f"{name}.npz"))
    assert all(torch.equal(value.double(), state[key]) for key, value in again.state_dict().items())

    with torch.no_grad():
        timm = {size: rounded(build(channels, units, side, size, state)(images(2, size))) for size in (native, larger)}
    flax = {size: rounded(flax_logits(weights, channels, units, side, size)) for size in (native, larger)}
    return {"timm": timm, "jax": flax, "gradients": gradient_norms(model)}


generator = torch.Generator().manual_seed(4)
results = {name: make(name, channels, units, side, generator) for name, channels, units, side in models}
(folder / "hybrid.json").write_text(json.dumps(results, indent=1) + "\n")
