/**
 * Finds out the shapes and data types of an operation's outputs without running the operation. The
 * rules are those of TensorFlow's kernels, for the operations that most models use.
 */
import type { OperationAttribute } from "../../native/native_backend.ts";
import { dataTypes } from "../graph_def.ts";
import {
  broadcastShapes,
  completeShape,
  isSameShape,
  normalizeAxes,
  normalizeAxis,
  sizeOf,
  slideWindow,
  type TensorShape,
} from "./shapes.ts";

export interface TensorType {
  readonly shape: TensorShape;
  /** TensorFlow's code for the data type. */
  readonly dtype: number;
}

/** An input of an operation. */
export interface KnownInput extends TensorType {
  /** The values of the tensor, if it is a small constant. */
  readonly values?: readonly number[] | undefined;
}

/** An operation that tfjs-node is about to run. */
export interface Operation {
  readonly name: string;
  readonly attributes: readonly OperationAttribute[];
  readonly inputs: readonly KnownInput[];
  /** The number of outputs. */
  readonly outputs: number;
}

/** Returns the types of the outputs, or undefined if the rule does not cover the case. */
type Rule = (operation: Operation) => readonly TensorType[] | undefined;

const { float32, int32, bool } = dataTypes;

/**
 * Returns the types of an operation's outputs. Returns undefined if no rule covers the operation.
 * No rule covers a case that TensorFlow refuses, because only TensorFlow can say why it does.
 */
export function inferOutputs(operation: Operation): readonly TensorType[] | undefined {
  const types = rules.get(operation.name)?.(operation);
  return types?.length === operation.outputs ? types : undefined;
}

/** The only output is like the inputs, which are all alike. */
const alike: Rule = ({ inputs: [first, ...others] }) =>
  others.every((other) => isSameType(first, other)) ? [first] : undefined;

const alikeFloats: Rule = (operation) => areAll(operation, float32) ? alike(operation) : undefined;

const rowwise: Rule = (operation) =>
  operation.inputs[0].shape.length > 0 ? alikeFloats(operation) : undefined;

const broadcast: Rule = ({ inputs }) => {
  const shape = broadcastShapes(inputs.map(({ shape }) => shape));
  return shape && [{ shape, dtype: inputs[0].dtype }];
};

const ofFloats: Rule = (operation) => areAll(operation, float32) ? broadcast(operation) : undefined;

const ofNumbers: Rule = (operation) =>
  areAll(operation, float32) || areAll(operation, int32) ? broadcast(operation) : undefined;

const ofTruths: Rule = (operation) => areAll(operation, bool) ? broadcast(operation) : undefined;

const comparison: Rule = (operation) =>
  ofNumbers(operation)?.map(({ shape }) => ({ shape, dtype: bool }));

const floatTest: Rule = (operation) =>
  alikeFloats(operation)?.map(({ shape }) => ({ shape, dtype: bool }));

const reduction: Rule = ({ attributes, inputs: [input, axes] }) => {
  const reduced = axes.values && normalizeAxes(axes.values, input.shape.length);
  if (input.dtype !== float32 || !reduced) return undefined;
  const shape = get(attributes, "keep_dims")
    ? input.shape.map((size, axis) => reduced.includes(axis) ? 1 : size)
    : input.shape.filter((_, axis) => !reduced.includes(axis));
  return [{ shape, dtype: float32 }];
};

const matrixProduct: Rule = (operation) => {
  const { attributes, inputs } = operation;
  const shapes = inputs.map(({ shape }) => shape);
  if (!areAll(operation, float32) || shapes.some(({ length }) => length < 2)) return undefined;
  const [[rows, inner], [otherInner, columns]] = ["adj_x", "adj_y"].map((turned, i) => {
    const matrix = shapes[i].slice(-2);
    return get(attributes, turned) ? matrix.toReversed() : matrix;
  });
  const batch = broadcastShapes(shapes.map((shape) => shape.slice(0, -2)));
  if (!batch || inner !== otherInner) return undefined;
  return [{ shape: [...batch, rows, columns], dtype: float32 }];
};

const convolution: Rule = (operation) => {
  const [input, filter] = operation.inputs;
  return floatOf(operation, convolve(operation, input.shape, filter.shape));
};

/** The first input is the shape of the gradient. */
const inputGradient: Rule = (operation) => {
  const [{ values: shape }, filter, gradient] = operation.inputs;
  const made = shape && convolve(operation, shape, filter.shape);
  return made && isSameShape(made, gradient.shape) ? [{ shape, dtype: float32 }] : undefined;
};

/** The second input is the shape of the gradient. */
const filterGradient: Rule = (operation) => {
  const [input, { values: shape }, gradient] = operation.inputs;
  const made = shape && convolve(operation, input.shape, shape);
  return made && isSameShape(made, gradient.shape) ? [{ shape, dtype: float32 }] : undefined;
};

const pooling: Rule = (operation) => floatOf(operation, pool(operation, operation.inputs[0].shape));

const maximumGradient: Rule = (operation) => {
  const [input, output, gradient] = operation.inputs;
  const made = areAll(operation, float32) && pool(operation, input.shape);
  return made && isSameShape(made, output.shape) && isSameShape(made, gradient.shape)
    ? [input]
    : undefined;
};

/** The first input is the shape of the gradient. */
const averageGradient: Rule = (operation) => {
  const [{ values: shape }, gradient] = operation.inputs;
  const made = shape && pool(operation, shape);
  return made && gradient.dtype === float32 && isSameShape(made, gradient.shape)
    ? [{ shape, dtype: float32 }]
    : undefined;
};

const randomFloats: Rule = ({ inputs: [sizes] }) =>
  sizes.values?.every((size) => size >= 0) ? [{ shape: sizes.values, dtype: float32 }] : undefined;

const rules: ReadonlyMap<string, Rule> = new Map(Object.entries<Rule>({
  ...forEach(alike, ["Identity", "ZerosLike", "OnesLike"]),
  ...forEach(alikeFloats, [
    ...["Neg", "Square", "Abs", "Sqrt", "Rsqrt", "Exp", "Log", "Log1p", "Expm1", "Tanh", "Sigmoid"],
    ...["Relu", "Relu6", "Elu", "Selu", "LeakyRelu", "Softplus", "Sign", "Floor", "Sin", "Cos"],
    ...["ReluGrad", "Relu6Grad", "EluGrad", "SeluGrad", "LeakyReluGrad", "TanhGrad", "SigmoidGrad"],
  ]),
  ...forEach(floatTest, ["IsNan", "IsInf", "IsFinite"]),
  ...forEach(rowwise, ["Softmax", "LogSoftmax"]),
  ...forEach(ofNumbers, ["Add", "AddV2", "Sub", "Mul", "Maximum", "Minimum"]),
  ...forEach(ofFloats, ["RealDiv", "SquaredDifference", "Pow"]),
  ...forEach(comparison, ["Equal", "NotEqual", "Greater", "GreaterEqual", "Less", "LessEqual"]),
  ...forEach(ofTruths, ["LogicalAnd", "LogicalOr", "LogicalNot"]),
  ...forEach(reduction, ["Sum", "Mean", "Max", "Min", "Prod"]),
  BatchMatMulV2: matrixProduct,
  ...forEach(convolution, ["Conv2D", "DepthwiseConv2dNative", "Conv3D"]),
  ...forEach(inputGradient, [
    ...["Conv2DBackpropInput", "DepthwiseConv2dNativeBackpropInput", "Conv3DBackpropInputV2"],
  ]),
  ...forEach(filterGradient, [
    ...["Conv2DBackpropFilter", "DepthwiseConv2dNativeBackpropFilter", "Conv3DBackpropFilterV2"],
  ]),
  ...forEach(pooling, ["MaxPool", "AvgPool", "MaxPool3D", "AvgPool3D"]),
  ...forEach(maximumGradient, ["MaxPoolGrad", "MaxPool3DGrad"]),
  ...forEach(averageGradient, ["AvgPoolGrad", "AvgPool3DGrad"]),
  ...forEach(randomFloats, ["StatelessRandomUniform", "StatelessRandomNormal"]),

  FusedBatchNormV3(operation) {
    const { attributes, inputs: [input, ...channelwise] } = operation;
    const channels = input.shape.slice(-1);
    const estimates = get(attributes, "is_training") ? [0] : channels;
    const fits = isOfImages(operation, input) &&
      [channels, channels, estimates, estimates].every((shape, i) =>
        isSameShape(shape, channelwise[i].shape)
      );
    const statistics = Array.from({ length: 4 }, () => ({ shape: channels, dtype: float32 }));
    return fits ? [input, ...statistics, { shape: [], dtype: float32 }] : undefined;
  },

  FusedBatchNormGradV3(operation) {
    const [gradient, input, ...channelwise] = operation.inputs;
    const channels = input.shape.slice(-1);
    const fits = isOfImages(operation, input) && isSameType(input, gradient) &&
      channelwise.slice(0, 3).every(({ shape }) => isSameShape(shape, channels));
    const [parameters, nothing] = [channels, [0]].map((shape) => ({ shape, dtype: float32 }));
    return fits ? [input, parameters, parameters, nothing, nothing] : undefined;
  },

  Cast({ attributes, inputs: [{ shape, dtype }] }) {
    const made = get(attributes, "DstT") as number;
    return isPlain(dtype) && isPlain(made) ? [{ shape, dtype: made }] : undefined;
  },

  Select: ({ inputs: [condition, ...values] }) =>
    condition.dtype === bool && isSameType(values[0], values[1]) &&
      isSameShape(condition.shape, values[0].shape)
      ? [values[0]]
      : undefined,

  SelectV2({ inputs: [condition, a, b] }) {
    const shape = broadcastShapes([condition.shape, a.shape, b.shape]);
    if (condition.dtype !== bool || a.dtype !== b.dtype || !shape) return undefined;
    return [{ shape, dtype: a.dtype }];
  },

  Fill: ({ inputs: [sizes, { shape, dtype }] }) =>
    sizes.values?.every((size) => size >= 0) && shape.length === 0 && isPlain(dtype)
      ? [{ shape: sizes.values, dtype }]
      : undefined,

  Reshape({ inputs: [input, sizes] }) {
    const shape = sizes.values && completeShape(sizes.values, sizeOf(input.shape));
    return shape && [{ shape, dtype: input.dtype }];
  },

  ExpandDims({ inputs: [input, axis] }) {
    const at = axisIn(axis, input.shape.length + 1);
    return at === undefined ? undefined : [insertAxis(input, at, 1)];
  },

  Transpose({ inputs: [input, order] }) {
    const axes = order.values && normalizeAxes(order.values, input.shape.length);
    if (axes?.length !== input.shape.length || order.values!.some((axis) => axis < 0)) {
      return undefined;
    }
    return [{ shape: axes.map((axis) => input.shape[axis]), dtype: input.dtype }];
  },

  ReverseV2: ({ inputs: [input, axes] }) =>
    isPlain(input.dtype) && axes.values && normalizeAxes(axes.values, input.shape.length)
      ? [input]
      : undefined,

  ConcatV2({ inputs }) {
    const parts = inputs.slice(0, -1);
    const at = axisIn(inputs[parts.length], parts[0].shape.length);
    const { length: rank } = parts[0].shape;
    if (at === undefined || parts.some(({ shape }) => shape.length !== rank)) return undefined;
    const [rest, ...others] = parts.map((part) => resize(part, at, 0));
    if (!others.every((other) => isSameType(rest, other))) return undefined;
    return [resize(rest, at, parts.reduce((sum, { shape }) => sum + shape[at], 0))];
  },

  SplitV({ inputs: [input, { values: sizes }, axis] }) {
    const at = axisIn(axis, input.shape.length);
    if (at === undefined || !sizes?.every((size) => size >= 0)) return undefined;
    if (sizes.reduce((sum, size) => sum + size, 0) !== input.shape[at]) return undefined;
    return sizes.map((size) => resize(input, at, size));
  },

  Slice({ inputs: [input, { values: starts }, { values: sizes }] }) {
    const rank = input.shape.length;
    if (starts?.length !== rank || sizes?.length !== rank) return undefined;
    const shape = sizes.map((size, i) => size === -1 ? input.shape[i] - starts[i] : size);
    const fits = shape.every((size, i) =>
      starts[i] >= 0 && size >= 0 && starts[i] + size <= input.shape[i]
    );
    return fits ? [{ shape, dtype: input.dtype }] : undefined;
  },

  Tile: ({ inputs: [{ shape, dtype }, { values: times }] }) =>
    times?.length === shape.length && times.every((one) => one >= 0)
      ? [{ shape: shape.map((size, axis) => size * times[axis]), dtype }]
      : undefined,

  Pack(operation) {
    const [first] = operation.inputs;
    const at = normalizeAxis(get(operation.attributes, "axis") as number, first.shape.length + 1);
    if (at === undefined || !alike(operation)) return undefined;
    return [insertAxis(first, at, operation.inputs.length)];
  },

  Unpack({ attributes, inputs: [{ shape, dtype }], outputs }) {
    const at = normalizeAxis(get(attributes, "axis") as number, shape.length);
    if (at === undefined || shape[at] !== outputs) return undefined;
    return Array.from({ length: outputs }, () => ({ shape: shape.toSpliced(at, 1), dtype }));
  },

  ArgMax({ attributes, inputs: [{ shape, dtype }, axis] }) {
    const at = axisIn(axis, shape.length);
    if (at === undefined || shape[at] === 0 || dtype !== float32) return undefined;
    if (get(attributes, "output_type") !== int32) return undefined;
    return [{ shape: shape.toSpliced(at, 1), dtype: int32 }];
  },

  OneHot({ attributes, inputs: [indices, { values: depth }, on] }) {
    if (get(attributes, "axis") !== -1 || indices.dtype !== int32 || !depth) return undefined;
    return depth[0] >= 0 ? [{ shape: [...indices.shape, depth[0]], dtype: on.dtype }] : undefined;
  },

  GatherV2({ attributes, inputs: [{ shape, dtype }, indices, axis] }) {
    const at = axisIn(axis, shape.length);
    if (at === undefined || get(attributes, "batch_dims") !== 0) return undefined;
    if (indices.dtype !== int32 || sizeOf(shape) === 0) return undefined;
    return [{ shape: shape.toSpliced(at, 1, ...indices.shape), dtype }];
  },

  UnsortedSegmentSum({ inputs: [{ shape, dtype }, segments, { values: count }] }) {
    const rank = segments.shape.length;
    const isPrefix = isSameShape(segments.shape, shape.slice(0, rank));
    if (dtype !== float32 || segments.dtype !== int32 || !isPrefix || !count) return undefined;
    return count[0] >= 0 ? [{ shape: [count[0], ...shape.slice(rank)], dtype }] : undefined;
  },
}));

function forEach(rule: Rule, names: readonly string[]): Record<string, Rule> {
  return Object.fromEntries(names.map((name) => [name, rule]));
}

function get(attributes: readonly OperationAttribute[], name: string): unknown {
  return attributes.find((one) => one.name === name)?.value;
}

/** Returns whether a data type is that of ordinary tensors. */
function isPlain(dtype: number): boolean {
  return dtype === float32 || dtype === int32 || dtype === bool;
}

function areAll({ inputs }: Operation, dtype: number): boolean {
  return inputs.every((input) => input.dtype === dtype);
}

function isSameType(a: TensorType, b: TensorType): boolean {
  return a.dtype === b.dtype && isSameShape(a.shape, b.shape);
}

/** Returns whether an operation on floats has images as this input, channels last. */
function isOfImages(operation: Operation, { shape }: TensorType): boolean {
  return areAll(operation, float32) && hasChannelsLast(operation) && shape.length === 4 &&
    sizeOf(shape) > 0;
}

function hasChannelsLast({ attributes }: Operation): boolean {
  return ["NHWC", "NDHWC", undefined].includes(
    get(attributes, "data_format") as string | undefined,
  );
}

/** Returns the axis that a constant names. */
function axisIn({ shape, values }: KnownInput, rank: number): number | undefined {
  return shape.length === 0 && values ? normalizeAxis(values[0], rank) : undefined;
}

function insertAxis({ shape, dtype }: TensorType, axis: number, size: number): TensorType {
  return { shape: shape.toSpliced(axis, 0, size), dtype };
}

function resize({ shape, dtype }: TensorType, axis: number, size: number): TensorType {
  return { shape: shape.with(axis, size), dtype };
}

function floatOf(operation: Operation, shape: TensorShape | undefined): TensorType[] | undefined {
  return shape && areAll(operation, float32) ? [{ shape, dtype: float32 }] : undefined;
}

/** Returns the shape of the output of a convolution. */
function convolve(
  operation: Operation,
  input: TensorShape,
  filter: TensorShape,
): TensorShape | undefined {
  const { name, attributes } = operation;
  const isDepthwise = name.startsWith("Depthwise");
  const rank = filter.length;
  const [channels, made] = filter.slice(-2);
  if (!hasChannelsLast(operation) || channels !== input.at(-1)) return undefined;
  const strides = get(attributes, "strides") as TensorShape;
  const dilations = get(attributes, "dilations") as TensorShape;
  // The kernels for processors refuse these cases, except for dilations in a Conv2D.
  if (name !== "Conv2D" && dilations.some((dilation) => dilation !== 1)) return undefined;
  if (isDepthwise && strides[1] !== strides[2]) return undefined;
  const padding = get(attributes, "padding");
  const sizes = slideWindow(input, filter.slice(0, rank - 2), { padding, strides, dilations });
  return sizes && made > 0 ? [input[0], ...sizes, isDepthwise ? channels * made : made] : undefined;
}

/** Returns the shape of the output of a pooling. */
function pool(operation: Operation, input: TensorShape): TensorShape | undefined {
  const { attributes } = operation;
  const [images, ...window] = get(attributes, "ksize") as TensorShape;
  const channels = window.pop();
  if (!hasChannelsLast(operation) || images !== 1 || channels !== 1) return undefined;
  const sliding = {
    padding: get(attributes, "padding"),
    strides: get(attributes, "strides") as TensorShape,
    dilations: input.map(() => 1),
  };
  const sizes = slideWindow(input, window, sliding);
  return sizes && [input[0], ...sizes, input[input.length - 1]];
}
