"""Makes small random checkpoints of every family that ViT Studio opens, as they lie on a disk, and what the reference
implementations compute with them: features and logits for fixed pixels, the same at a second resolution after the
implementation's own interpolation of position embeddings, and for some the loss and the length of its gradient.

Usage: make-families.py [FOLDER]        (default: the folder of this script)
Made with torch 2.15, timm 1.0.31, transformers 5.23. Weights are rounded to half precision; everything is computed in
double precision. Files of other programs (vit_jax, big_vision, DeiT-3, DINO, DINOv2, MAE, OpenAI) are timm's models
with their tensors renamed; where timm has a loader for such files, it must give back the same features.
"""
import json
import re
import shutil
import sys
from pathlib import Path

import numpy as np
import timm
import torch
import transformers
from safetensors.torch import save_file
from timm.models._hub import save_for_hf
from timm.models.deit import VisionTransformerDistilled
from timm.models.vision_transformer import VisionTransformer, checkpoint_filter_fn
from torch.nn.functional import cross_entropy, interpolate, layer_norm

here = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent
width, depth, heads, mlp, classes = 24, 2, 2, 48, 5
half, imagenet = ([0.5] * 3, [0.5] * 3), ([0.485, 0.456, 0.406], [0.229, 0.224, 0.225])
clip = ([0.48145466, 0.4578275, 0.40821073], [0.26862954, 0.26130258, 0.27577711])
plain = dict(embed_dim=width, depth=depth, num_heads=heads, mlp_ratio=mlp / width, num_classes=classes)
golden: dict = {}


def pixels(side: int, norm: tuple) -> torch.Tensor:
    """Two pictures, made by a formula that the tests repeat: [2, 3, side, side]."""
    index = np.arange(2 * side * side * 3, dtype=np.int64)
    values = (index * 7919 + (index * index) % 251 * 31) % 256
    image = torch.tensor(values.reshape(2, side, side, 3) / 255.0).permute(0, 3, 1, 2)
    mean, std = (torch.tensor(part, dtype=torch.float64).view(1, 3, 1, 1) for part in norm)
    return (image - mean) / std


def randomise(model: torch.nn.Module, seed: int) -> torch.nn.Module:
    """Weights in which every tensor matters, exact in half precision."""
    generator = torch.Generator().manual_seed(seed)
    for name, value in sorted(model.state_dict().items()):
        if not value.is_floating_point():
            continue
        centre = 1.0 if re.search(r"(norm|ln_|gamma|lambda).*|\.(norm\d)\.", name) and not name.endswith("bias") else 0.0
        spread = 0.3 if value.dim() < 2 or "token" in name or "pos" in name or "probe" in name or "latent" in name else 0.2
        value.copy_((centre + spread * torch.randn(value.shape, generator=generator)).half())
    return model.double().eval()


def numbers(value: torch.Tensor) -> list:
    return [float(f"{x:.9g}") for x in value.detach().flatten().tolist()]


def record(name: str, path: str, norm: tuple, side: int, features, logits=None, second=None, overrides=None, gradient=None) -> None:
    golden[name] = {
        "path": path,
        "mean": norm[0],
        "std": norm[1],
        "resolution": side,
        "overrides": overrides or {},
        "features": numbers(features),
        "logits": None if logits is None else numbers(logits),
        "second": None if second is None else {"resolution": second[0], "features": numbers(second[1])},
        "gradient": gradient,
    }


def halved(tensors: dict) -> dict:
    return {name: value.half().contiguous() if value.is_floating_point() else value for name, value in tensors.items()}


def save_torch(value: dict, name: str) -> str:
    torch.save(value, here / name)
    return name


def gradient_of(model: torch.nn.Module, logits: torch.Tensor) -> dict:
    labels = [1, 3]
    loss = cross_entropy(logits, torch.tensor(labels))
    model.zero_grad()
    loss.backward()
    norm = torch.sqrt(sum((p.grad**2).sum() for p in model.parameters() if p.grad is not None))
    return {"labels": labels, "loss": float(loss), "norm": float(norm)}


# timm


def timm_features(model: VisionTransformer, x: torch.Tensor) -> torch.Tensor:
    return model.forward_head(model.forward_features(x), pre_logits=True)


def at_size(model: VisionTransformer, make, side: int, positions=None) -> VisionTransformer:
    """The same model for another image size, its positions interpolated by timm or given."""
    other = make(side).double().eval()
    tensors = dict(model.state_dict())
    if positions is None:
        tensors = checkpoint_filter_fn(tensors, other)
    else:
        tensors["pos_embed"] = positions
    other.load_state_dict(tensors)
    return other


def make_timm(cls=VisionTransformer, **arguments):
    return lambda side: cls(img_size=side, **{**plain, **arguments})


def save_timm(model: VisionTransformer, name: str, architecture: str, arguments: dict, norm: tuple, **config) -> str:
    """A folder as timm's push_to_hub makes it."""
    folder = here / name
    # What cannot be written down belongs to the architecture.
    known = timm.create_model(architecture, **{key: value for key, value in arguments.items() if not callable(value)})
    known.load_state_dict(model.state_dict())
    known.pretrained_cfg.update(mean=norm[0], std=norm[1], **config)
    written = {key: value for key, value in arguments.items() if key != "num_classes" and not callable(value)}
    save_for_hf(known.half(), folder, model_args=written, safe_serialization=True)
    return name


def grid_of(positions: torch.Tensor, prefix: int) -> torch.Tensor:
    patches = positions[:, prefix:]
    side = int(patches.shape[1] ** 0.5)
    return patches.reshape(1, side, side, -1).permute(0, 3, 1, 2)


def ungrid(grid: torch.Tensor, positions: torch.Tensor, prefix: int) -> torch.Tensor:
    return torch.cat([positions[:, :prefix], grid.permute(0, 2, 3, 1).flatten(1, 2)], dim=1)


def zoomed(positions: torch.Tensor, prefix: int, side: int) -> torch.Tensor:
    """vit_jax and big_vision: scipy.ndimage.zoom(order=1), which is bilinear with aligned corners."""
    grid = interpolate(grid_of(positions, prefix), size=(side, side), mode="bilinear", align_corners=True)
    return ungrid(grid, positions, prefix)


def scaled(positions: torch.Tensor, side: int) -> torch.Tensor:
    """DINO's vision_transformer.py: bicubic by a scale factor with an offset of 0.1."""
    grid = grid_of(positions, 1)
    factor = (side + 0.1) / grid.shape[-1]
    return ungrid(interpolate(grid, scale_factor=(factor, factor), mode="bicubic"), positions, 1)


def resized(positions: torch.Tensor, side: int, prefix: int = 1, antialias: bool = False) -> torch.Tensor:
    """MAE's util/pos_embed.py; with antialiasing DINOv2's with registers."""
    grid = interpolate(grid_of(positions, prefix), size=(side, side), mode="bicubic", antialias=antialias)
    return ungrid(grid, positions, prefix)


def timm_family(name: str, seed: int, architecture: str, norm: tuple, sides: tuple, with_gradient=False, cls=VisionTransformer, config=None, **arguments) -> None:
    make = make_timm(cls, **arguments)
    model = randomise(make(sides[0]), seed)
    full = {"img_size": sides[0], **plain, **arguments}
    path = save_timm(model, name, architecture, full, norm, **(config or {}))
    x = pixels(sides[0], norm)
    logits = model(x) if model.num_classes > 0 else None
    gradient = gradient_of(model, logits) if with_gradient else None
    other = at_size(model, make, sides[1])
    record(name, path, norm, sides[0], timm_features(model, x), logits, (sides[1], timm_features(other, pixels(sides[1], norm))), gradient=gradient)


def make_timm_families() -> None:
    timm_family("timm-vit", 1, "vit_tiny_patch16_224", half, (32, 48), patch_size=8, config={"tag": "augreg"})
    timm_family("timm-deit-distilled", 2, "deit_tiny_distilled_patch16_224", imagenet, (32, 24), cls=VisionTransformerDistilled, patch_size=8)
    timm_family("timm-deit3", 3, "deit3_small_patch16_224", imagenet, (32, 48), patch_size=8, no_embed_class=True, init_values=1e-6)
    timm_family("timm-dinov2-registers", 4, "vit_small_patch14_reg4_dinov2", imagenet, (56, 42), patch_size=14, init_values=1e-5, reg_tokens=4, no_embed_class=True)
    timm_family("timm-clip", 5, "vit_base_patch16_clip_quickgelu_224", clip, (32, 48), patch_size=8, pre_norm=True, act_layer="quick_gelu", norm_layer=torch_norm)
    timm_family("timm-siglip", 6, "vit_so400m_patch16_siglip_256", half, (32, 48), True, patch_size=8, class_token=False, global_pool="map", act_layer="gelu_tanh")


def torch_norm(size: int, **options) -> torch.nn.Module:
    return timm.layers.LayerNorm(size, eps=1e-5, **options)


# npz of vit_jax and big_vision


def npz_tensors(model: VisionTransformer, big_vision: bool) -> dict:
    attention, norm2, mlp_name = ("0", "1", "0") if big_vision else ("1", "2", "3")
    state = model.state_dict()
    out = {
        "embedding/kernel": state["patch_embed.proj.weight"].permute(2, 3, 1, 0),
        "embedding/bias": state["patch_embed.proj.bias"],
        ("pos_embedding" if big_vision else "Transformer/posembed_input/pos_embedding"): state["pos_embed"],
        "Transformer/encoder_norm/scale": state["norm.weight"],
        "Transformer/encoder_norm/bias": state["norm.bias"],
    }
    if "cls_token" in state:
        out["cls"] = state["cls_token"]
    if "head.weight" in state:
        out.update({"head/kernel": state["head.weight"].T, "head/bias": state["head.bias"]})

    def attend(weights: list, biases: list, proj: tuple, prefix: str) -> None:
        for role, weight, bias in zip(("query", "key", "value"), weights, biases):
            out[f"{prefix}/{role}/kernel"] = weight.T.reshape(width, heads, -1)
            out[f"{prefix}/{role}/bias"] = bias.reshape(heads, -1)
        out[f"{prefix}/out/kernel"] = proj[0].T.reshape(heads, -1, width)
        out[f"{prefix}/out/bias"] = proj[1]

    def perceive(name: str, prefix: str) -> None:
        for i in (0, 1):
            out[f"{prefix}/Dense_{i}/kernel"] = state[f"{name}.fc{i + 1}.weight"].T
            out[f"{prefix}/Dense_{i}/bias"] = state[f"{name}.fc{i + 1}.bias"]

    for i in range(depth):
        block, here_ = f"blocks.{i}", f"Transformer/encoderblock_{i}"
        for number, ours in (("0", "norm1"), (norm2, "norm2")):
            out[f"{here_}/LayerNorm_{number}/scale"] = state[f"{block}.{ours}.weight"]
            out[f"{here_}/LayerNorm_{number}/bias"] = state[f"{block}.{ours}.bias"]
        qkv = state[f"{block}.attn.qkv.weight"].chunk(3), state[f"{block}.attn.qkv.bias"].chunk(3)
        proj = state[f"{block}.attn.proj.weight"], state[f"{block}.attn.proj.bias"]
        attend(*qkv, proj, f"{here_}/MultiHeadDotProductAttention_{attention}")
        perceive(f"{block}.mlp", f"{here_}/MlpBlock_{mlp_name}")
    if "attn_pool.latent" in state:
        out["MAPHead_0/probe"] = state["attn_pool.latent"]
        out["MAPHead_0/LayerNorm_0/scale"] = state["attn_pool.norm.weight"]
        out["MAPHead_0/LayerNorm_0/bias"] = state["attn_pool.norm.bias"]
        weights = [state["attn_pool.q.weight"], *state["attn_pool.kv.weight"].chunk(2)]
        biases = [state["attn_pool.q.bias"], *state["attn_pool.kv.bias"].chunk(2)]
        attend(weights, biases, (state["attn_pool.proj.weight"], state["attn_pool.proj.bias"]), "MAPHead_0/MultiHeadDotProductAttention_0")
        perceive("attn_pool.mlp", "MAPHead_0/MlpBlock_0")
    return out


def stacked(tensors: dict) -> dict:
    out = {name: value for name, value in tensors.items() if "encoderblock_" not in name}
    for name in [name for name in tensors if "encoderblock_0/" in name]:
        parts = [tensors[name.replace("encoderblock_0/", f"encoderblock_{i}/")] for i in range(depth)]
        out[name.replace("encoderblock_0/", "encoderblock/")] = torch.stack(parts)
    return out


def npz_family(name: str, seed: int, big_vision: bool, prefix="", extra=None, scan=False, sides=(32, 48), **arguments) -> None:
    make = make_timm(patch_size=8, act_layer="gelu_tanh", **arguments)
    model = randomise(make(sides[0]), seed)
    tensors = npz_tensors(model, big_vision)
    tensors = {f"{prefix}{key}": value for key, value in (stacked(tensors) if scan else tensors).items()}
    tensors.update(extra or {})
    path = f"{name}.npz"
    np.savez(here / path, **{key: value.half().contiguous().numpy() for key, value in tensors.items()})
    x = pixels(sides[0], half)
    features, logits = timm_features(model, x), model(x) if model.num_classes > 0 else None
    reread = make(sides[0])
    reread.load_pretrained(str(here / path))
    assert torch.allclose(timm_features(reread.double().eval(), x), features), name
    prefix_rows = 1 if model.cls_token is not None and not model.no_embed_class else 0
    positions = zoomed(model.pos_embed, prefix_rows, sides[1] // 8)
    other = at_size(model, make, sides[1], positions)
    record(name, path, half, sides[0], features, logits, (sides[1], timm_features(other, pixels(sides[1], half))))


def make_npz_families() -> None:
    npz_family("vit-jax", 11, False)
    npz_family("big-vision-gap", 12, True, "params/", class_token=False, global_pool="avg", fc_norm=False, sides=(32, 24))
    text = {"params/txt/Embed_0/embedding": torch.zeros(4, 8), "params/t": torch.zeros(1)}
    npz_family("big-vision-siglip", 13, True, "params/img/", text, True, class_token=False, global_pool="map", num_classes=0)


# Files of the original repositories


def original(name: str, path: str, norm: tuple, seed: int, sides: tuple, rename, wrap, positions=None, extra=None, fresh_norm=False, **arguments) -> None:
    options = {"global_pool": "avg", "fc_norm": True} if fresh_norm else {}
    make = make_timm(num_classes=0, **arguments)
    model = randomise(make(sides[0]), seed)
    tensors = {rename(key): value for key, value in model.state_dict().items()}
    tensors.update(extra or {})
    save_torch(wrap(halved(tensors)), path)

    def features(encoder: VisionTransformer, side: int) -> torch.Tensor:
        if not fresh_norm:
            return timm_features(encoder, pixels(side, norm))
        tuned = make_timm(num_classes=0, **arguments, **options)(side).double().eval()
        missing = tuned.load_state_dict(encoder.state_dict(), strict=False)
        assert missing.missing_keys == ["fc_norm.weight", "fc_norm.bias"], missing
        return timm_features(tuned, pixels(side, norm))

    grid = sides[1] // arguments["patch_size"]
    other = at_size(model, make, sides[1], None if positions is None else positions(model.pos_embed, grid))
    record(name, path, norm, sides[0], features(model, sides[0]), None, (sides[1], features(other, sides[1])), {"heads": heads})


def make_original_families() -> None:
    same = lambda key: key
    # DeiT-3 was trained with timm, whose interpolation it shares.
    original("deit3", "deit_3_small_224_21k.pth", imagenet, 21, (32, 48), lambda key: re.sub(r"ls(\d)\.gamma", r"gamma_\1", key),
             lambda tensors: {"model": tensors}, patch_size=8, no_embed_class=True, init_values=1e-6)
    head = {"head.mlp.0.weight": torch.zeros(4, width), "head.last_layer.weight_g": torch.zeros(4, 1)}
    nested = lambda tensors: {"student": {}, "teacher": {(key if key.startswith("head.") else f"backbone.{key}"): value for key, value in tensors.items()}, "epoch": 100}
    original("dino", "dino_deitsmall8_full_checkpoint.pth", imagenet, 22, (32, 48), same, nested, scaled, halved(head), patch_size=8)
    mask = {"mask_token": torch.zeros(1, width)}
    original("dinov2", "dinov2_vits14_pretrain.pth", imagenet, 23, (56, 84), same, same, scaled, mask, patch_size=14, init_values=1e-5)
    make_dinov2_giant(mask)
    decoder = {"mask_token": torch.zeros(1, 1, 16), "decoder_pos_embed": torch.zeros(1, 17, 16), "decoder_embed.weight": torch.zeros(16, width),
               "decoder_blocks.0.norm1.weight": torch.zeros(16), "decoder_norm.bias": torch.zeros(16), "decoder_pred.weight": torch.zeros(192, 16)}
    original("mae", "mae_pretrain_vit_base_full.pth", imagenet, 25, (32, 48), same, lambda tensors: {"model": tensors}, resized, decoder, True, patch_size=8)
    make_openai_clip()


def make_dinov2_giant(mask: dict) -> None:
    """Registers and SwiGLU. DINOv2's own file has positions for the class token, which timm adds to it."""
    arguments = dict(patch_size=14, init_values=1e-5, reg_tokens=4, no_embed_class=True, num_classes=0,
                     mlp_ratio=2 * 48 / width, mlp_layer=timm.layers.SwiGLUPacked, act_layer=torch.nn.SiLU)
    make = make_timm(**arguments)
    source = randomise(make(56), 24)
    tensors = {re.sub("mlp.fc1", "mlp.w12", re.sub("mlp.fc2", "mlp.w3", key)): value for key, value in source.state_dict().items()}
    tensors["register_tokens"] = tensors.pop("reg_token")
    class_position = torch.randn(1, 1, width, generator=torch.Generator().manual_seed(24)).double().half().double()
    tensors["pos_embed"] = torch.cat([class_position, tensors["pos_embed"]], dim=1)
    path = save_torch(halved({**tensors, **mask}), "dinov2_vitg14_reg4_pretrain.pth")
    model = make(56).double().eval()
    model.load_state_dict(checkpoint_filter_fn({**tensors, **mask}, model))
    positions = resized(model.pos_embed, 3, 0, antialias=True)
    other = at_size(model, make, 42, positions)
    record("dinov2-giant-registers", path, imagenet, 56, timm_features(model, pixels(56, imagenet)), None,
           (42, timm_features(other, pixels(42, imagenet))), {"heads": heads})


def make_openai_clip() -> None:
    make = make_timm(patch_size=8, pre_norm=True, act_layer="quick_gelu", norm_layer=torch_norm, num_classes=0)
    model = randomise(make(32), 26)
    swaps = [("patch_embed.proj", "conv1"), ("pos_embed", "positional_embedding"), ("cls_token", "class_embedding"), ("norm_pre", "ln_pre"),
             (r"^norm\.", "ln_post."), (r"norm([12])", r"ln_\1"), ("blocks.", "transformer.resblocks."), (r"attn\.qkv\.", "attn.in_proj_"),
             (r"attn\.proj", "attn.out_proj"), ("mlp.fc1", "mlp.c_fc"), ("mlp.fc2", "mlp.c_proj")]
    tensors = {}
    for key, value in model.state_dict().items():
        for old, new in swaps:
            key = re.sub(old, new, key)
        tensors[f"visual.{key}"] = value.flatten() if key == "class_embedding" else value[0] if key == "positional_embedding" else value
    tensors["visual.proj"] = torch.randn(width, 16).double()
    text = {"transformer.resblocks.0.ln_1.weight": torch.ones(16), "positional_embedding": torch.zeros(7, 16), "text_projection": torch.zeros(16, 16),
            "logit_scale": torch.tensor(1.0), "input_resolution": torch.tensor(32)}
    path = save_torch(halved({**tensors, **text}), "ViT-B-8.pt")
    reread = make_timm(patch_size=8, pre_norm=True, act_layer="quick_gelu", norm_layer=torch_norm, num_classes=16)(32).double().eval()
    reread.load_state_dict(checkpoint_filter_fn(dict(tensors), reread))
    x = pixels(32, clip)
    assert torch.allclose(timm_features(reread, x), timm_features(model, x))
    other = at_size(model, make, 48)
    record("openai-clip", path, clip, 32, timm_features(model, x), None, (48, timm_features(other, pixels(48, clip))), {"heads": heads})


# transformers


def save_hf(model: torch.nn.Module, name: str, norm: tuple | None = None) -> str:
    model.half().save_pretrained(here / name)
    model.double()
    if norm is not None:
        (here / name / "preprocessor_config.json").write_text(json.dumps({"do_normalize": True, "image_mean": norm[0], "image_std": norm[1]}) + "\n")
    return name


def hf_family(name: str, seed: int, model, norm: tuple, sides: tuple, features, logits=None, with_gradient=False, preprocessor=False) -> None:
    randomise(model, seed)
    path = save_hf(model, name, norm if preprocessor else None)
    x = pixels(sides[0], norm)
    answers = None if logits is None else logits(model, x)
    gradient = gradient_of(model, answers) if with_gradient else None
    record(name, path, norm, sides[0], features(model, x), answers, (sides[1], features(model, pixels(sides[1], norm))), gradient=gradient)


def make_hf_families() -> None:
    base = dict(hidden_size=width, num_hidden_layers=depth, num_attention_heads=heads, attn_implementation="eager")
    vit = dict(**base, intermediate_size=mlp, patch_size=8, image_size=32)
    logits = lambda model, x: model(x).logits
    wide = dict(interpolate_pos_encoding=True)
    hf_family("hf-vit", 31, transformers.ViTForImageClassification(transformers.ViTConfig(**vit, num_labels=classes)), half, (32, 48),
              lambda model, x: model.vit(x, **wide).last_hidden_state[:, 0], logits)
    hf_family("hf-deit-distilled", 32, transformers.DeiTForImageClassificationWithTeacher(transformers.DeiTConfig(**vit, num_labels=classes)),
              imagenet, (32, 24), lambda model, x: model.deit(x, **wide).last_hidden_state[:, :2].mean(1), logits)
    dinov2 = dict(**base, mlp_ratio=2, patch_size=14, image_size=56)
    hf_family("hf-dinov2", 33, transformers.Dinov2Model(transformers.Dinov2Config(**dinov2)), imagenet, (56, 84), lambda model, x: model(x).pooler_output)
    config = transformers.Dinov2WithRegistersConfig(**dinov2, use_swiglu_ffn=True, num_labels=classes)

    def both(model, x):
        tokens = model.dinov2_with_registers(x).last_hidden_state
        return torch.cat([tokens[:, 0], tokens[:, 5:].mean(1)], dim=1)

    hf_family("hf-dinov2-registers", 34, transformers.Dinov2WithRegistersForImageClassification(config), imagenet, (56, 42), both, logits, True)
    text = dict(hidden_size=8, num_hidden_layers=1, num_attention_heads=1, intermediate_size=8, vocab_size=8, max_position_embeddings=4)
    tokens = dict(bos_token_id=0, eos_token_id=1, pad_token_id=2)
    tower = {key: value for key, value in vit.items() if key != "attn_implementation"}
    pooled = lambda model, x: model.vision_model(x, **wide).pooler_output
    hf_family("hf-clip", 35, transformers.CLIPModel(transformers.CLIPConfig(text_config={**text, **tokens}, vision_config=tower, projection_dim=8)), clip, (32, 48), pooled,
              preprocessor=True)
    hf_family("hf-siglip", 36, transformers.SiglipModel(transformers.SiglipConfig(text_config={**text, **tokens}, vision_config=tower)), half, (32, 48), pooled)
    mean = lambda model, x: model.vision_model(x, **wide).last_hidden_state.mean(1)
    hf_family("hf-siglip-classifier", 37, transformers.SiglipForImageClassification(transformers.SiglipConfig(text_config={**text, **tokens}, vision_config=tower, num_labels=classes)),
              half, (32, 48), mean, logits)
    make_hf_mae(vit, wide)


def make_hf_mae(vit: dict, wide: dict) -> None:
    decoder = dict(decoder_hidden_size=8, decoder_num_hidden_layers=1, decoder_num_attention_heads=1, decoder_intermediate_size=8)
    model = randomise(transformers.ViTMAEForPreTraining(transformers.ViTMAEConfig(**vit, **decoder)), 38)
    path = save_hf(model, "hf-mae")
    encoder = transformers.ViTModel(transformers.ViTConfig(**vit), add_pooling_layer=False).double().eval()
    encoder.load_state_dict(model.vit.state_dict())

    def features(side: int) -> torch.Tensor:
        seen = []
        hook = encoder.layernorm.register_forward_pre_hook(lambda _, inputs: seen.append(inputs[0]))
        encoder(pixels(side, imagenet), **wide)
        hook.remove()
        return layer_norm(seen[0][:, 1:].mean(1), [width], eps=1e-12)

    record("hf-mae", path, imagenet, 32, features(32), None, (48, features(48)))


def main() -> None:
    for kept in here.iterdir():
        if kept.is_dir():
            shutil.rmtree(kept)
        elif kept.suffix in (".npz", ".pth", ".pt"):
            kept.unlink()
    make_timm_families()
    make_npz_families()
    make_original_families()
    make_hf_families()
    for readme in here.rglob("README.md"):
        readme.unlink()
    (here / "golden.json").write_text("{\n" + ",\n".join(f"{json.dumps(name)}: {json.dumps(value)}" for name, value in golden.items()) + "\n}\n")


if __name__ == "__main__":
    torch.manual_seed(0)
    main()
