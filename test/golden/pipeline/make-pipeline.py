"""Makes small random classifiers as transformers and timm save them, and what transformers' image-classification pipeline says of
one picture with each: a single output, labels that may hold beside one another, preprocessing of the model's own.

Run by hand: python make-pipeline.py (torch 2.15, transformers 5.24, timm 1.0.31).
"""

import json
import pathlib
import shutil
import warnings

import numpy as np
import timm
import torch
import transformers as T
from PIL import Image
from timm.models._hub import save_for_hf

warnings.filterwarnings("ignore")
T.logging.set_verbosity_error()
here = pathlib.Path(__file__).parent
x, y = np.meshgrid(np.arange(150) / 150, np.arange(60) / 60)
waves = [128 + 100 * np.sin(2 * np.pi * (a * x + b * y)) for a, b in ((2, 1), (1, 2), (3, -1))]
picture = here / "picture.png"
Image.fromarray(np.stack(waves, -1).round().astype(np.uint8)).save(picture)
golden = {}


def randomise(model, seed):
    generator = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for parameter in model.parameters():
            if parameter.dim() > 1:
                parameter.copy_(torch.randn(parameter.shape, generator=generator) * 0.2)
    return model.half().float().eval()


def record(name):
    pipeline = T.pipeline("image-classification", model=str(here / name), dtype=torch.float32)
    golden[name] = {one["label"]: round(one["score"], 5) for one in pipeline(str(picture), top_k=9)}


def hf(name, seed, processor, **labels):
    sizes = dict(hidden_size=24, num_hidden_layers=1, num_attention_heads=2, intermediate_size=32, image_size=32, patch_size=8)
    model = randomise(T.ViTForImageClassification(T.ViTConfig(**sizes, **labels)), seed)
    folder = here / name
    shutil.rmtree(folder, ignore_errors=True)
    model.half().save_pretrained(folder)
    processor.save_pretrained(folder)
    record(name)


def three(problem=None):
    names = dict(id2label={0: "ant", 1: "bee", 2: "cat"}, label2id={"ant": 0, "bee": 1, "cat": 2})
    return names if problem is None else {**names, "problem_type": problem}


plain = T.ViTImageProcessor(size={"height": 32, "width": 32})
hf("hf-one-output", 1, plain, num_labels=1)
hf("hf-several-labels", 2, plain, **three("multi_label_classification"))
hf("hf-single-label", 3, plain, **three("single_label_classification"))
crop = {"height": 32, "width": 32}
hf("hf-clip-crop", 4, T.CLIPImageProcessor(size={"shortest_edge": 40}, crop_size=crop), **three())
hf("hf-deit-crop", 5, T.DeiTImageProcessor(size={"height": 40, "width": 40}, crop_size=crop, image_mean=0.4, image_std=0.3), **three())
sizes = dict(img_size=32, patch_size=8, embed_dim=24, depth=1, num_heads=2, mlp_ratio=2)
for name, mode, share in (("timm-center", "center", 0.8), ("timm-border", "border", 1.0)):
    model = randomise(timm.create_model("vit_tiny_patch16_224", num_classes=3, **sizes), 6)
    model.pretrained_cfg.update(
        input_size=(3, 32, 32), crop_pct=share, crop_mode=mode, interpolation="bicubic", mean=(0.31, 0.42, 0.5), std=(0.2, 0.2, 0.2)
    )
    shutil.rmtree(here / name, ignore_errors=True)
    save_for_hf(model.half(), here / name, model_args=sizes, safe_serialization=True, model_config={"num_classes": 3, "label_names": ["ant", "bee", "cat"]})
    # transformers 5.24 takes num_classes from the top and stumbles over a second one.
    config = json.loads((here / name / "config.json").read_text())
    del config["model_args"]["num_classes"]
    (here / name / "config.json").write_text(json.dumps(config, indent=1) + "\n")
    record(name)
(here / "golden.json").write_text(json.dumps(golden, indent=1) + "\n")
print(golden)
