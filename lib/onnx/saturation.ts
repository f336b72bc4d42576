import { Graph } from './graph.ts';
import { openSession } from './session.ts';

const INNER = 64;

/**
 * Whether products of unsigned and signed bytes are cut off here, silently: processors without VNNI add pairs of them in 16 bits. Products of
 * unsigned bytes are exact everywhere, and there the faster ones that are. Tried out, because neither Node nor ONNX Runtime tells what the processor can do.
 */
export async function bytesSaturate(): Promise<boolean> {
  const graph = new Graph('saturation');
  const left = graph.input('left', 'uint8', [2, INNER]);
  const right = graph.constant(new Int8Array(INNER * 16).fill(127), [INNER, 16]);
  graph.output('product', graph.node('MatMulInteger', [left, right], [{ type: 'int32', shape: [2, 16] }])[0]);
  const { Tensor } = await import('onnxruntime-node');
  const session = await openSession(graph);
  try {
    const { product } = await session.run({ left: new Tensor('uint8', new Uint8Array(2 * INNER).fill(255), [2, INNER]) });
    return (product.data as Int32Array).some((sum) => sum !== INNER * 255 * 127);
  } finally {
    await session.release();
  }
}
