"""The peer that lib/benchmark/peer/compare.ts measures against: PyTorch with PEFT on the same stored weights.

Reads one JSON request a line from standard input and answers each with one line, as trainee.ts beside it does:
  {"type": "train", "batches": [[{"tokens": [...], "promptLength": n}]], "learningRates": [...]}
      -> {"seconds", "processorSeconds", "tokens", "loss", "peakMemoryBytes"}
  {"type": "loss", "batches": [...]} -> {"loss"}
  {"type": "save", "file": "..."} -> {}: the adapter as PEFT names its tensors
The first line it writes says that it is ready, with its versions.

Run with PYTHONPATH holding lib/transformer/fixtures:
  python pytorch_peft.py MODEL_FOLDER '{"dtype": "bfloat16", "rank": 16, "alpha": 32, "layers": 18, "threads": 2, "seed": 1, "clipNorm": 1}'
"""

import json
import os
import resource
import sys
import time

import peft
import torch
import transformers
from peft import LoraConfig, get_peft_model, get_peft_model_state_dict
from safetensors.torch import save_file

from stored_model import load

TARGETS = ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"]
answers = os.fdopen(os.dup(1), "w")
# What libraries print must not get between the answers.
os.dup2(2, 1)


def answer(message):
    answers.write(json.dumps(message) + "\n")
    answers.flush()


def collate(examples):
    length = max(len(example["tokens"]) for example in examples)
    tokens = torch.zeros(len(examples), length, dtype=torch.long)
    labels = torch.full_like(tokens, -100)
    mask = torch.zeros_like(tokens)
    for row, example in enumerate(examples):
        count = len(example["tokens"])
        tokens[row, :count] = torch.tensor(example["tokens"])
        labels[row, example["promptLength"]:count] = tokens[row, example["promptLength"]:count]
        mask[row, :count] = 1
    return {"input_ids": tokens, "labels": labels, "attention_mask": mask}


def train(batches, rates):
    started, used = time.perf_counter(), time.process_time()
    tokens = 0
    total = 0.0
    model.train()
    for batch, rate in zip(batches, rates):
        for group in optimizer.param_groups:
            group["lr"] = rate
        loss = model(**collate(batch)).loss
        loss.backward()
        torch.nn.utils.clip_grad_norm_(trained, options["clipNorm"])
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        tokens += sum(len(example["tokens"]) for example in batch)
        total += loss.item()
    seconds = time.perf_counter() - started
    return {"seconds": seconds, "processorSeconds": time.process_time() - used, "tokens": tokens, "loss": total / len(batches), "peakMemoryBytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024}


@torch.no_grad()
def mean_loss(batches):
    model.eval()
    total = count = 0
    for batch in batches:
        words = sum(len(example["tokens"]) - example["promptLength"] for example in batch)
        total += model(**collate(batch)).loss.item() * words
        count += words
    return {"loss": total / count}


def save(file):
    tensors = {name: tensor.float().contiguous() for name, tensor in get_peft_model_state_dict(model).items()}
    save_file(tensors, file)
    return {}


folder, options = sys.argv[1], json.loads(sys.argv[2])
torch.set_num_threads(options["threads"])
torch.manual_seed(options["seed"])
base = load(folder)
base.set_attn_implementation("sdpa")
base.to(getattr(torch, options["dtype"]))
layers = base.config.num_hidden_layers
model = get_peft_model(base, LoraConfig(
    r=options["rank"], lora_alpha=options["alpha"], target_modules=TARGETS, task_type="CAUSAL_LM",
    layers_to_transform=list(range(layers - options["layers"], layers)), layers_pattern="layers",
))
trained = [parameter for parameter in model.parameters() if parameter.requires_grad]
optimizer = torch.optim.AdamW(trained, lr=0, betas=(0.9, 0.999), eps=1e-8, weight_decay=0, fused=True)
answer({"ready": {"python": sys.version.split()[0], "torch": torch.__version__, "transformers": transformers.__version__, "peft": peft.__version__}})
for line in sys.stdin:
    request = json.loads(line)
    if request["type"] == "train":
        answer(train(request["batches"], request["learningRates"]))
    elif request["type"] == "loss":
        answer(mean_loss(request["batches"]))
    else:
        answer(save(request["file"]))
