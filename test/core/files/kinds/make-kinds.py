"""Writes kinds.json: names and shapes of the tensors of models of many kinds, and the config.json beside them, as timm,
transformers and torchvision make them. No values are kept.

Run by hand: python make-kinds.py (torch 2.15, timm 1.0.31, transformers 5.24, torchvision 0.29).
"""

import json
import pathlib
import warnings

import timm
import torch
import torchvision
import transformers as T

warnings.filterwarnings("ignore")
T.logging.set_verbosity_error()
here = pathlib.Path(__file__).parent
kinds = {}


def add(name, tensors, config=None):
    shapes = {key: list(value.shape) for key, value in tensors.items()}
    kinds[name] = {"tensors": shapes} if config is None else {"tensors": shapes, "config": config}


def timm_model(architecture, **arguments):
    small = dict(embed_dim=64, depth=1, num_heads=1, num_classes=3)
    with torch.device("meta"):
        model = timm.create_model(architecture, **{**small, **arguments})
    add(architecture, model.state_dict(), {"architecture": architecture, "model_args": {"num_heads": 1}})


def timm_network(architecture, **arguments):
    with torch.device("meta"):
        model = timm.create_model(architecture, num_classes=3, **arguments)
    add(architecture, model.state_dict(), {"architecture": architecture})


def hf_model(model_class, config):
    with torch.device("meta"):
        model = model_class(config)
    add(model_class.__name__, model.state_dict(), {"model_type": config.model_type, "architectures": [model_class.__name__]})


for architecture in [
    "vit_small_patch16_dinov3",
    "vit_small_patch16_dinov3_qkvb",
    "vit_small_plus_patch16_dinov3",
    "eva02_tiny_patch14_224",
    "eva02_base_patch14_224",
    "eva_giant_patch14_224",
    "vit_pe_core_tiny_patch16_384",
    "vit_base_patch16_rope_224",
    "vit_base_patch16_rope_mixed_ape_224",
    "vit_relpos_small_patch16_224",
    "vit_small_patch16_18x2_224",
    "vit_base_patch16_xp_224",
    "vit_intern300m_patch14_448",
    "vit_so400m_patch16_radio_v4",
    "naflexvit_base_patch16_gap",
    "aimv2_large_patch14_224",
    "beit3_base_patch16_224",
    "beitv2_base_patch16_224",
    "cait_xxs24_224",
    "vit_base_patch16_rpn_224",
]:
    # Class attention has a number of layers of its own.
    timm_model(architecture, **({"depth_token_only": 1} if architecture.startswith("cait") else {}))
timm_network("swin_tiny_patch4_window7_224", embed_dim=24, depths=(1, 1), num_heads=(1, 2))
timm_network("swinv2_tiny_window8_256", embed_dim=24, depths=(1, 1), num_heads=(1, 2))
timm_network("hiera_tiny_224", embed_dim=32, stages=(1, 1, 1, 1))
timm_network("convnext_atto", depths=(1, 1, 1, 1))
timm_network("gmixer_12_224")
timm_network("resnet10t")
timm_network("pit_ti_224", base_dims=(32, 32, 32), depth=(1, 1, 1))
small = dict(hidden_size=64, num_hidden_layers=1, num_attention_heads=1, intermediate_size=128, image_size=64, patch_size=16)
hf_model(T.DINOv3ViTModel, T.DINOv3ViTConfig(**small))
hf_model(T.Dinov2ForImageClassification, T.Dinov2Config(hidden_size=64, num_hidden_layers=1, num_attention_heads=1))
hf_model(T.BeitForImageClassification, T.BeitConfig(**small))
hf_model(T.SwinForImageClassification, T.SwinConfig(embed_dim=24, depths=[1, 1], num_heads=[1, 2]))
hf_model(T.VideoMAEModel, T.VideoMAEConfig(**small))
hf_model(T.YolosForObjectDetection, T.YolosConfig(**{**small, "image_size": [64, 64]}))
hf_model(T.LlamaForCausalLM, T.LlamaConfig(hidden_size=64, intermediate_size=128, num_hidden_layers=1, num_attention_heads=1, vocab_size=99))
hf_model(T.ViTMSNForImageClassification, T.ViTMSNConfig(**small))
hf_model(T.ASTForAudioClassification, T.ASTConfig(hidden_size=64, num_hidden_layers=1, num_attention_heads=1, intermediate_size=128))
with torch.device("meta"):
    vit = torchvision.models.VisionTransformer(64, 16, 1, 1, 64, 128, num_classes=3)
    add("torchvision.VisionTransformer", vit.state_dict())
    add("torchvision.mobilenet_v3_small", torchvision.models.mobilenet_v3_small().state_dict())
lora = "base_model.model.vit.encoder.layer.0.attention.attention.query.lora_"
add("lora", {lora + "A.weight": torch.zeros(8, 64), lora + "B.weight": torch.zeros(64, 8)})
quantised = "model.encoder.layers.0.self_attn.q_proj."
add("gptq", {quantised + name: torch.zeros(8, 8) for name in ("qweight", "qzeros", "scales", "g_idx")})
(here / "kinds.json").write_text(
    "{\n" + ",\n".join(f"{json.dumps(name)}: {json.dumps(kind)}" for name, kind in kinds.items()) + "\n}\n"
)
print(len(kinds))
