/** Defines types for the internals of tfjs-node that the compiler needs. */
import * as tf from "@tensorflow/tfjs";

/** An entry in the table of tensors that the backend keeps. */
export interface TensorEntry {
  shape: number[];
  /** TensorFlow's code for the data type. */
  dtype: number;
  /** The id of the native tensor. The id has no meaning while `values` is set. */
  id: number;
  /** Data that has not been written to a native tensor yet, or null if there is no such data. */
  values: tf.backend_util.BackendValues | null;
  refCount: number;
}

export interface OutputMetadata {
  readonly id: number;
  readonly shape: number[];
  readonly dtype: number;
}

export interface OperationAttribute {
  readonly name: string;
  readonly type: number;
  readonly value: unknown;
}

/** The native addon of tfjs-node, which calls TensorFlow. */
export interface Binding {
  createTensor(
    shape: number[],
    dataType: number,
    values: tf.backend_util.BackendValues,
  ): number;
  deleteTensor(id: number): void;
  tensorDataSync(id: number): Float32Array | Int32Array | Uint8Array;
  executeOp(
    name: string,
    attributes: OperationAttribute[],
    inputs: number[],
    outputs: number,
  ): OutputMetadata[];
  loadSavedModel(folder: string, tags: string): number;
  deleteSavedModel(session: number): void;
  runSavedModel(
    session: number,
    inputs: number[],
    inputNames: string,
    outputNames: string,
  ): OutputMetadata[];
  getNumOfTensors(): number;
  getNumOfSavedModels(): number;
  readonly TF_ATTR_STRING: number;
  readonly TF_ATTR_INT: number;
  readonly TF_ATTR_FLOAT: number;
  readonly TF_ATTR_BOOL: number;
  readonly TF_ATTR_TYPE: number;
  readonly TF_ATTR_SHAPE: number;
}

export interface NativeBackend {
  binding: Binding;
  readonly tensorMap: tf.DataStorage<TensorEntry>;
  getInputTensorIds(tensors: readonly tf.TensorInfo[]): number[];
  createOutputTensor(metadata: OutputMetadata): tf.Tensor;
  readSync(dataId: tf.DataId): tf.backend_util.BackendValues;
  write(
    values: tf.backend_util.BackendValues,
    shape: number[],
    dtype: tf.DataType,
  ): tf.DataId;
  incRef(dataId: tf.DataId): void;
  disposeData(dataId: tf.DataId, force?: boolean): boolean;
}

/** Returns whether tfjs computes with native TensorFlow. */
export function isNative(): boolean {
  return tf.getBackend() === "tensorflow";
}

/** Returns the backend of tfjs-node. */
export function nativeBackend(): NativeBackend {
  return tf.backend() as unknown as NativeBackend;
}

/** Returns all variables that have not been disposed of. */
export function registeredVariables(): tf.Variable[] {
  return Object.values(tf.engine().registeredVariables);
}
