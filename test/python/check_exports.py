"""Opens exports with other people's software and compares their predictions with ViT Studio's.

Usage: check_exports.py EXPORTS PREDICTIONS.jsonl
EXPORTS holds hf/, timm/, npz/ and onnx/ as `studio export --format all` writes them, those that the model's family
has; PREDICTIONS.jsonl is what `studio predict --json` printed. What is not installed is skipped, saying so. Exit code
1 where a top-1 differs, or its probability by more than 0.001.
"""
import importlib.util
import json
import sys
from pathlib import Path

import numpy as np
from PIL import Image, ImageOps


def has(package: str) -> bool:
    found = importlib.util.find_spec(package) is not None
    if not found:
        print(f"{package}: not installed, skipped")
    return found


# The class names and their probabilities, image by image.
Answers = list[tuple[str, float]]


def answers(logits, labels: list[str]) -> Answers:
    import torch

    rows = torch.as_tensor(np.asarray(logits)).softmax(-1)
    return [(labels[int(row.argmax())], float(row.max())) for row in rows]


def with_transformers(folder: Path, images: list[Image.Image]) -> Answers:
    import torch
    from transformers import AutoImageProcessor, AutoModel, AutoModelForImageClassification

    architecture = json.loads((folder / "config.json").read_text())["architectures"][0]
    is_tower = architecture.endswith("VisionModel")
    model = (AutoModel if is_tower else AutoModelForImageClassification).from_pretrained(folder).eval()
    processor = AutoImageProcessor.from_pretrained(folder)
    inputs = [processor(image, return_tensors="pt") for image in images]
    with torch.no_grad():
        if is_tower:
            classify = classifier_beside(folder)
            logits = torch.cat([classify(model(**each).pooler_output) for each in inputs])
        else:
            logits = torch.cat([model(**each).logits for each in inputs])
    return answers(logits, [model.config.id2label[i] for i in range(logits.shape[1])])


def classifier_beside(folder: Path):
    """CLIP and SigLIP are exported as feature extractors with a linear layer beside them."""
    import torch
    from safetensors.torch import load_file

    tensors = load_file(folder / "model.safetensors")
    return lambda features: torch.nn.functional.linear(features, tensors["classifier.weight"], tensors["classifier.bias"])


def with_timm(folder: Path, images: list[Image.Image]) -> Answers:
    import timm

    model = timm.create_model(f"local-dir:{folder}", pretrained=True).eval()
    transform = timm.data.create_transform(**timm.data.resolve_model_data_config(model), is_training=False)
    return timm_answers(model, transform, json.loads((folder / "config.json").read_text())["label_names"], images)


def timm_answers(model, transform, labels: list[str], images: list[Image.Image]) -> Answers:
    import torch

    with torch.no_grad():
        return answers(torch.cat([model(transform(image)[None]) for image in images]), labels)


def npz_with_timm(folder: Path, images: list[Image.Image]) -> Answers:
    """timm reads npz into a model that somebody built; its numbers are in the file and in the JSON beside it."""
    import timm
    from timm.models.vision_transformer import VisionTransformer

    arrays = np.load(folder / "model.npz")
    facts = json.loads((folder / "model.npz.json").read_text())
    big_vision = "pos_embedding" in arrays
    attention = f"Transformer/encoderblock_0/MultiHeadDotProductAttention_{0 if big_vision else 1}/query/kernel"
    mlp = f"Transformer/encoderblock_0/MlpBlock_{0 if big_vision else 3}/Dense_0/kernel"
    width, heads, _ = arrays[attention].shape
    pool = "map" if "MAPHead_0/probe" in arrays else "token" if "cls" in arrays else "avg"
    size = (facts["image"]["height"], facts["image"]["width"])
    model = VisionTransformer(
        img_size=size, patch_size=arrays["embedding/kernel"].shape[0], embed_dim=width, num_heads=heads,
        depth=sum(name.endswith("/LayerNorm_0/scale") and "encoderblock" in name for name in arrays),
        mlp_ratio=arrays[mlp].shape[1] / width, num_classes=len(facts["labels"]), global_pool=pool, fc_norm=False,
        class_token="cls" in arrays, no_embed_class=big_vision, act_layer={"erf": "gelu", "tanh": "gelu_tanh", "quick": "quick_gelu"}[facts["gelu"]],
    )
    model.load_pretrained(str(folder / "model.npz"))
    how = facts["normalisation"]
    transform = timm.data.create_transform(input_size=(3, *size), is_training=False, interpolation="bilinear", crop_pct=1, crop_mode="squash", mean=how["mean"], std=how["std"])
    return timm_answers(model.eval(), transform, facts["labels"], images)


def with_onnxruntime(folder: Path, images: list[Image.Image]) -> Answers:
    import onnxruntime

    session = onnxruntime.InferenceSession(str(folder / "model.onnx"), providers=["CPUExecutionProvider"])
    metadata = session.get_modelmeta().custom_metadata_map
    labels, how = json.loads(metadata["labels"]), json.loads(metadata["preprocessing"])
    size = (how["resolution"]["width"], how["resolution"]["height"])

    def planes(image: Image.Image) -> np.ndarray:
        pixels = np.asarray(image.resize(size, Image.Resampling.BILINEAR), dtype=np.float32) / 255
        return ((pixels - how["mean"]) / how["std"]).astype(np.float32).transpose(2, 0, 1)[None]

    return answers(np.concatenate([session.run(None, {"pixel_values": planes(image)})[0] for image in images]), labels)


def main(exports: Path, predictions: Path) -> int:
    lines = [json.loads(line) for line in predictions.read_text().splitlines()]
    expected = {line["file"]: line["top"][0] for line in lines if line["type"] == "prediction"}
    images = [ImageOps.exif_transpose(Image.open(file)).convert("RGB") for file in expected]
    checks = {
        "hf": ("transformers", with_transformers),
        "timm": ("timm", with_timm),
        "npz": ("timm", npz_with_timm),
        "onnx": ("onnxruntime", with_onnxruntime),
    }
    wrong = 0
    for name, (package, predict) in checks.items():
        if not (exports / name).exists() or not has(package):
            continue
        actual = predict(exports / name, images)
        furthest = max(abs(top["probability"] - probability) for top, (_, probability) in zip(expected.values(), actual))
        different = [(file, top, got) for (file, top), (got, _) in zip(expected.items(), actual) if top["label"] != got]
        print(f"{name} in {package}: {len(images) - len(different)} of {len(images)} with the same top-1, probabilities within {furthest:.1e}")
        for file, top, got in different:
            print(f"  {file}: {top['label']} ({top['probability']:.3f}) here, {got} there")
        wrong += len(different) + (furthest > 0.001)
    return 1 if wrong > 0 else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
