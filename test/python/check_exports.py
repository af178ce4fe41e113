"""Opens exports with other people's software and compares their predictions with ViT Studio's.

Usage: check_exports.py EXPORTS PREDICTIONS.jsonl
EXPORTS holds hf/, timm/ and onnx/ as `studio export --format all` writes them; PREDICTIONS.jsonl is what
`studio predict --json` printed. What is not installed is skipped, saying so. Exit code 1 where a top-1 differs.
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


def with_transformers(folder: Path, images: list[Image.Image]) -> list[str]:
    import torch
    from transformers import AutoImageProcessor, AutoModelForImageClassification

    model = AutoModelForImageClassification.from_pretrained(folder).eval()
    processor = AutoImageProcessor.from_pretrained(folder)
    with torch.no_grad():
        logits = [model(**processor(image, return_tensors="pt")).logits[0] for image in images]
    return [model.config.id2label[int(row.argmax())] for row in logits]


def with_timm(folder: Path, images: list[Image.Image]) -> list[str]:
    import timm
    import torch

    model = timm.create_model(f"local-dir:{folder}", pretrained=True).eval()
    transform = timm.data.create_transform(**timm.data.resolve_model_data_config(model), is_training=False)
    labels = json.loads((folder / "config.json").read_text())["label_names"]
    with torch.no_grad():
        return [labels[int(model(transform(image)[None])[0].argmax())] for image in images]


def with_onnxruntime(folder: Path, images: list[Image.Image]) -> list[str]:
    import onnxruntime

    session = onnxruntime.InferenceSession(str(folder / "model.onnx"), providers=["CPUExecutionProvider"])
    metadata = session.get_modelmeta().custom_metadata_map
    labels, how = json.loads(metadata["labels"]), json.loads(metadata["preprocessing"])
    size = (how["resolution"]["width"], how["resolution"]["height"])

    def planes(image: Image.Image) -> np.ndarray:
        pixels = np.asarray(image.resize(size, Image.Resampling.BILINEAR), dtype=np.float32) / 255
        return ((pixels - how["mean"]) / how["std"]).astype(np.float32).transpose(2, 0, 1)[None]

    return [labels[int(session.run(None, {"pixel_values": planes(image)})[0][0].argmax())] for image in images]


def main(exports: Path, predictions: Path) -> int:
    lines = [json.loads(line) for line in predictions.read_text().splitlines()]
    expected = {line["file"]: line["top"][0] for line in lines if line["type"] == "prediction"}
    images = [ImageOps.exif_transpose(Image.open(file)).convert("RGB") for file in expected]
    checks = {"hf": ("transformers", with_transformers), "timm": ("timm", with_timm), "onnx": ("onnxruntime", with_onnxruntime)}
    wrong = 0
    for name, (package, predict) in checks.items():
        if not has(package):
            continue
        actual = predict(exports / name, images)
        different = [(file, top, got) for (file, top), got in zip(expected.items(), actual) if top["label"] != got]
        print(f"{package}: {len(images) - len(different)} of {len(images)} with the same top-1")
        for file, top, got in different:
            print(f"  {file}: {top['label']} ({top['probability']:.3f}) here, {got} there")
        wrong += len(different)
    return 1 if wrong > 0 else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
