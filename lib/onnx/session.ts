/** Opens graphs with onnxruntime-node. `run()` blocks its thread, so callers live in a worker or a command. */
import type { InferenceSession } from 'onnxruntime-node';
import type { Graph } from './graph.ts';
import { writeModel } from './write.ts';

export interface SessionSettings {
  /** Threads of one operator. Default: 2, all cores of the machines this is made for. */
  readonly threads?: number;
  /**
   * Keep weights mapped from their file instead of repacked into private memory. Saves the memory of a second copy;
   * costs up to half the speed at middle batch sizes. Default false.
   */
  readonly shareWeights?: boolean;
  /** Plan memory anew for every combination of input sizes and keep the plans. Pays where sizes repeat; default true. */
  readonly planMemory?: boolean;
  /** Between two operators of a run its threads wait in a loop instead of sleeping; when the run ends they sleep. Default false: they always do. */
  readonly spin?: boolean;
}

/**
 * Opens a graph. `weightFolder` is the folder in which the files named by the graph's weights lie; ONNX Runtime maps
 * them itself. Rejects with ONNX Runtime's message when the graph or a file does not fit.
 */
export async function openSession(graph: Graph | Uint8Array, weightFolder?: string, settings: SessionSettings = {}): Promise<InferenceSession> {
  const { InferenceSession } = await import('onnxruntime-node');
  const model = graph instanceof Uint8Array ? graph : writeModel(graph);
  return InferenceSession.create(model, {
    intraOpNumThreads: settings.threads ?? 2,
    interOpNumThreads: 1,
    graphOptimizationLevel: 'all',
    enableMemPattern: settings.planMemory ?? true,
    extra: {
      session: {
        // Threads that went on spinning after a run would steal the cores from the web server and from the other sessions.
        intra_op: { allow_spinning: settings.spin ? '1' : '0' },
        ...(settings.spin ? { force_spinning_stop: '1' } : {}),
        ...(weightFolder ? { model_external_initializers_file_folder_path: weightFolder } : {}),
        ...(settings.shareWeights ? { disable_prepacking: '1' } : {}),
      },
    },
  });
}
