/** The embedding model and how it is run: the one place that knows its files. */
export const EMBEDDER_MODEL = {
  /** Folder below models/. */
  name: 'multilingual-e5-small',
  /** Which of the folder's ONNX files transformers.js loads: `q8` is onnx/model_quantized.onnx. */
  dtype: 'q8',
  file: 'onnx/model_quantized.onnx',
  dimensions: 384,
  /** What the model was trained to see before a text. */
  prefixes: { query: 'query: ', passage: 'passage: ' },
  /** Texts per run. More gain nothing on two cores, and a question waits for the run before it. */
  batchSize: 16,
} as const;
