import path from 'node:path';
import { AutoTokenizer, env, type PreTrainedTokenizer } from '@xenova/transformers';
import { beforeAll, describe, expect, it } from 'vitest';
import { modelsDirectory } from '../system/paths.ts';
import { openWeights } from '../weights/directory.ts';

describe('gemma-3-270m', () => {
  let tokenizer: PreTrainedTokenizer;
  beforeAll(async () => {
    Object.assign(env, { localModelPath: modelsDirectory(), allowRemoteModels: false, useFSCache: false });
    tokenizer = await AutoTokenizer.from_pretrained('gemma-3-270m');
  });

  it.each([
    'Rp1.000.000,00 (11%)', 'Halo 😀👩‍👩‍👧‍👦 dunia', 'ꦲꦏ꧀ꦱꦫꦗꦮ', 'a\r\nb\r\n\r\nc', '\t\tx\t y', '   banyak     spasi  ', ' ', '\n\n\n\n', '漢字かな한글 العربية ไทย',
    '<b>x</b> <html>', '\u0000\u0007\u200b\ufeff', 'e\u0301 Å ﬁ', 'x\n \n  y', '<0x41>', '𝔘𝔫𝔦', 'a'.repeat(300), ' '.repeat(100),
  ])('gives %j back exactly', (text) => {
    const tokens = tokenizer.encode(text, { add_special_tokens: false });
    expect(tokenizer.decode(tokens, { skip_special_tokens: false, clean_up_tokenization_spaces: false })).toBe(text);
  });

  it('puts <bos> in front, with the number it always had', () => {
    expect(tokenizer.encode('Apa itu PPN?').slice(0, 2)).toEqual([2, tokenizer.encode('Apa', { add_special_tokens: false })[0]]);
  });

  it('has a row of the embedding for every token, and matrices of the sizes in config.json', () => {
    const weights = openWeights(path.join(modelsDirectory(), 'gemma-3-270m'));
    const [rows, blocks, blockSize] = weights.tensor('embed_tokens.weight.quantized').shape;
    expect([rows, blocks * blockSize]).toEqual([tokenizer.get_vocab().size, 640]);
    expect(weights.tensor('layers.17.self_attn.q_proj.weight.quantized').shape[0]).toBe(1024);
    expect(weights.tensor('layers.17.mlp.gate_up_proj.weight.scales').shape).toEqual([4096, 10]);
  });
});
