import { PROJECTION_GROUPS, projectionSize, type DecoderConfiguration } from '../../transformer/configuration.ts';
import { randomNumbers } from '../../transformer/testing/tiny-decoder.ts';
import { tensorName, type AdapterMatrices, type AdapterTensor } from '../pack-adapter.ts';

/** Matrices for every linear layer of a model, as an adapter's file has them. */
export function randomMatrices(configuration: DecoderConfiguration, seed: number, rank: number): AdapterMatrices {
  const random = randomNumbers(seed);
  const matrix = (rows: number, columns: number): AdapterTensor => ({ shape: [rows, columns], data: Float32Array.from({ length: rows * columns }, () => 0.2 * random()) });
  const tensors = new Map<string, AdapterTensor>();
  for (let layer = 0; layer < configuration.layers; layer++) {
    for (const name of Object.values(PROJECTION_GROUPS).flat()) {
      const { input, output } = projectionSize(configuration, name);
      tensors.set(tensorName(layer, name, 'A'), matrix(rank, input));
      tensors.set(tensorName(layer, name, 'B'), matrix(output, rank));
    }
  }
  return { rank, alpha: 2 * rank, tensors };
}
