/**
 * Compares the inferred outputs of operations with those that TensorFlow makes. The operations are
 * random, and many of them are invalid.
 */
import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { inferOutputs, type KnownInput } from "../../../lib/compile/deferred/infer_outputs.ts";
import {
  type Binding,
  nativeBackend,
  type OperationAttribute,
} from "../../../lib/native/native_backend.ts";
import { useNative } from "../../support/engine.ts";

const [float32, int32, bool] = [1, 3, 10];

/** The value of an attribute, and the type that tfjs-node gives it. */
type AttributeValue = readonly [
  type: "TYPE" | "INT" | "BOOL" | "STRING" | "FLOAT",
  value: unknown,
];

interface RandomOperation {
  readonly attributes: Readonly<Record<string, AttributeValue>>;
  readonly inputs: readonly KnownInput[];
  readonly outputs?: number;
}

const size = fc.nat({ max: 3 });
const shape = fc.array(size, { maxLength: 4 });
const axis = fc.integer({ min: -4, max: 4 });
const dtype = fc.constantFrom(float32, int32, bool);
const tensor = (shapes: fc.Arbitrary<number[]>, dtypes: fc.Arbitrary<number> = dtype) =>
  fc.record({ shape: shapes, dtype: dtypes });
const float = (shapes: fc.Arbitrary<number[]>) => tensor(shapes, fc.constant(float32));

/** Returns a constant that holds whole numbers, such as axes. */
const whole = (values: readonly number[]): KnownInput => ({
  shape: [values.length],
  dtype: int32,
  values,
});
const scalar = (value: number): KnownInput => ({ shape: [], dtype: int32, values: [value] });
const wholes = (numbers: fc.Arbitrary<number>) => fc.array(numbers, { maxLength: 4 }).map(whole);

/** Returns tensors of which most have the same shape and type. */
const similar = (count: number): fc.Arbitrary<KnownInput[]> => {
  const other = fc.oneof({ weight: 7, arbitrary: fc.constant(undefined) }, tensor(shape));
  return fc.tuple(tensor(shape), fc.array(other, { minLength: count - 1, maxLength: count - 1 }))
    .map(([first, others]) => [first, ...others.map((one) => one ?? first)]);
};

/** Returns tensors that can often be broadcast against each other. */
const broadcastable = (count: number): fc.Arbitrary<KnownInput[]> =>
  fc.tuple(
    shape,
    dtype,
    fc.array(fc.record({ from: size, ones: fc.nat(15) }), { minLength: count }),
  )
    .map(([whole, dtype, cuts]) =>
      cuts.slice(0, count).map(({ from, ones }) => ({
        shape: whole.map((one, axis) => ones >> axis & 1 ? 1 : one).slice(from),
        dtype,
      }))
    );

const typed = (inputs: readonly KnownInput[]): RandomOperation => ({
  attributes: { T: ["TYPE", inputs[0].dtype] },
  inputs,
});

const unary = similar(1).map(typed);
const gradient = similar(2).map(typed);
const binary = broadcastable(2).map(typed);
const logical = (count: number) =>
  broadcastable(count).map((inputs) => ({ attributes: {}, inputs }));

const reduction: fc.Arbitrary<RandomOperation> = fc
  .tuple(tensor(shape), wholes(axis), fc.boolean())
  .map(([input, axes, keeps]) => ({
    attributes: {
      keep_dims: ["BOOL", keeps],
      T: ["TYPE", input.dtype],
      Tidx: ["TYPE", int32],
    },
    inputs: [input, axes],
  }));

/** Sizes of an image or a volume, of a window, and how the window moves. */
const sliding = (rank: number) =>
  fc.record({
    images: fc.integer({ min: 1, max: 2 }),
    sizes: fc.array(fc.integer({ min: 1, max: 6 }), { minLength: rank, maxLength: rank }),
    window: fc.array(fc.integer({ min: 1, max: 3 }), { minLength: rank, maxLength: rank }),
    strides: fc.array(fc.integer({ min: 1, max: 3 }), { minLength: rank, maxLength: rank }),
    dilation: fc.constantFrom(1, 1, 1, 2),
    channels: fc.integer({ min: 1, max: 2 }),
    made: fc.integer({ min: 1, max: 2 }),
    padding: fc.constantFrom("SAME", "VALID"),
    error: fc.constantFrom(0, 0, 0, 1),
  });

type Sliding = ReturnType<typeof sliding> extends fc.Arbitrary<infer Drawn> ? Drawn : never;

const slidingAttributes = ({ strides, padding, sizes }: Sliding) => ({
  T: ["TYPE", float32],
  strides: ["INT", [1, ...strides, 1]],
  padding: ["STRING", padding],
  data_format: ["STRING", sizes.length === 2 ? "NHWC" : "NDHWC"],
} as const);

/** Returns the size of the output along each axis, as TensorFlow's documentation gives it. */
const outputSizes = ({ sizes, window, strides, dilation, padding }: Sliding) =>
  sizes.map((size, i) =>
    padding === "SAME"
      ? Math.ceil(size / strides[i])
      : Math.ceil((size - (window[i] - 1) * dilation) / strides[i])
  );

const floats = (shape: readonly number[]): KnownInput => ({ shape, dtype: float32 });

/** A convolution, or one of its gradients: `of` is the position of the shape that is an input. */
const convolution = (rank: number, of?: 0 | 1, isDepthwise = false) =>
  sliding(rank).map((drawn): RandomOperation => {
    const { images, sizes, window, dilation, channels, made, error } = drawn;
    const input = [images, ...sizes, channels];
    const filter = [...window, channels + error, made];
    const output = [images, ...outputSizes(drawn), isDepthwise ? channels * made : made];
    const dilations = ["INT", [1, ...window.map(() => dilation), 1]] as const;
    const inputs = [input, filter].map((shape, i) => i === of ? whole(shape) : floats(shape));
    return {
      attributes: { ...slidingAttributes(drawn), dilations },
      inputs: of === undefined
        ? inputs
        : [...inputs, floats(output.map((one) => Math.max(one, 0)))],
    };
  });

const pooling = (rank: number, inputs: (input: number[], output: number[]) => KnownInput[]) =>
  sliding(rank).map((drawn): RandomOperation => {
    const { images, sizes, window, channels, error } = drawn;
    const output = outputSizes({ ...drawn, dilation: 1 }).map((one) => Math.max(one + error, 0));
    return {
      attributes: { ...slidingAttributes(drawn), ksize: ["INT", [1, ...window, 1]] },
      inputs: inputs([images, ...sizes, channels], [images, ...output, channels]),
    };
  });

const maximumGradient = (rank: number) =>
  pooling(rank, (input, output) => [floats(input), floats(output), floats(output)]);

const averageGradient = (rank: number) =>
  pooling(rank, (input, output) => [whole(input), floats(output)]);

const batchNormalization = fc
  .record({ image: float(fc.array(size, { minLength: 3, maxLength: 4 })), trains: fc.boolean() })
  .map(({ image, trains }) => ({
    image,
    channels: floats(image.shape.slice(-1)),
    estimates: floats(trains ? [0] : image.shape.slice(-1)),
    attributes: {
      T: ["TYPE", float32],
      U: ["TYPE", float32],
      epsilon: ["FLOAT", 0.001],
      is_training: ["BOOL", trains],
    },
  } as const));

const random: fc.Arbitrary<RandomOperation> = wholes(fc.integer({ min: -1, max: 3 })).map(
  (sizes) => ({
    attributes: { dtype: ["TYPE", float32], T: ["TYPE", int32], Tseed: ["TYPE", int32] },
    inputs: [sizes, whole([1, 2])],
  }),
);

const all = (
  names: readonly string[],
  operation: fc.Arbitrary<RandomOperation>,
): Record<string, fc.Arbitrary<RandomOperation>> =>
  Object.fromEntries(names.map((name) => [name, operation]));

const operations: Readonly<Record<string, fc.Arbitrary<RandomOperation>>> = {
  ...all(["Identity", "ZerosLike", "OnesLike", "Neg", "Square", "Abs", "Sqrt", "Rsqrt"], unary),
  ...all(["Exp", "Log", "Log1p", "Expm1", "Tanh", "Sigmoid", "Relu", "Relu6", "Elu"], unary),
  ...all(["Selu", "LeakyRelu", "Softplus", "Sign", "Floor", "Sin", "Cos"], unary),
  ...all(["IsNan", "IsInf", "IsFinite", "Softmax", "LogSoftmax"], unary),
  ...all(["ReluGrad", "Relu6Grad", "EluGrad", "SeluGrad", "LeakyReluGrad"], gradient),
  ...all(["TanhGrad", "SigmoidGrad"], gradient),
  ...all(["Add", "AddV2", "Sub", "Mul", "Maximum", "Minimum", "RealDiv"], binary),
  ...all(["SquaredDifference", "Pow", "Equal", "NotEqual", "Greater", "GreaterEqual"], binary),
  ...all(["Less", "LessEqual"], binary),
  ...all(["LogicalAnd", "LogicalOr"], logical(2)),
  LogicalNot: logical(1),
  ...all(["Sum", "Mean", "Max", "Min", "Prod"], reduction),
  BatchMatMulV2: fc
    .record({
      batches: broadcastable(2),
      sizes: fc.tuple(size, size, size),
      turns: fc.tuple(fc.boolean(), fc.boolean()),
      isWrong: fc.constantFrom(false, false, true),
    })
    .map(({ batches: [a, b], sizes: [rows, inner, columns], turns, isWrong }) => {
      const matrices = [[rows, inner], [isWrong ? inner + 1 : inner, columns]];
      const [x, y] = matrices.map((matrix, i) => turns[i] ? matrix.toReversed() : matrix);
      return {
        attributes: {
          T: ["TYPE", a.dtype],
          adj_x: ["BOOL", turns[0]],
          adj_y: ["BOOL", turns[1]],
        },
        inputs: [{ ...a, shape: [...a.shape, ...x] }, { ...b, shape: [...b.shape, ...y] }],
      };
    }),
  Conv2D: convolution(2),
  Conv2DBackpropInput: convolution(2, 0),
  Conv2DBackpropFilter: convolution(2, 1),
  Conv3D: convolution(3),
  Conv3DBackpropInputV2: convolution(3, 0),
  Conv3DBackpropFilterV2: convolution(3, 1),
  DepthwiseConv2dNative: convolution(2, undefined, true),
  DepthwiseConv2dNativeBackpropInput: convolution(2, 0, true),
  DepthwiseConv2dNativeBackpropFilter: convolution(2, 1, true),
  ...all(["MaxPool", "AvgPool"], pooling(2, (input) => [floats(input)])),
  ...all(["MaxPool3D", "AvgPool3D"], pooling(3, (input) => [floats(input)])),
  MaxPoolGrad: maximumGradient(2),
  MaxPool3DGrad: maximumGradient(3),
  AvgPoolGrad: averageGradient(2),
  AvgPool3DGrad: averageGradient(3),
  ...all(["StatelessRandomUniform", "StatelessRandomNormal"], random),
  FusedBatchNormV3: batchNormalization.map(({ image, channels, estimates, attributes }) => ({
    attributes,
    inputs: [image, channels, channels, estimates, estimates],
    outputs: 6,
  })),
  FusedBatchNormGradV3: batchNormalization.map(({ image, channels, attributes }) => ({
    attributes,
    inputs: [image, image, channels, channels, channels, floats([])],
    outputs: 5,
  })),
  Cast: fc.tuple(tensor(shape), dtype).map(([input, made]) => ({
    attributes: { SrcT: ["TYPE", input.dtype], DstT: ["TYPE", made], Truncate: ["BOOL", false] },
    inputs: [input],
  })),
  Select: fc.tuple(similar(2), fc.option(shape)).map(([values, other]) => ({
    ...typed(values),
    inputs: [{ shape: other ?? values[0].shape, dtype: bool }, ...values],
  })),
  SelectV2: broadcastable(3).map(([condition, a, b]) => ({
    ...typed([a]),
    inputs: [{ ...condition, dtype: bool }, a, b],
  })),
  Fill: fc.tuple(wholes(fc.integer({ min: -1, max: 3 })), tensor(fc.constant([])))
    .map(([sizes, value]) => ({
      attributes: { T: ["TYPE", value.dtype], index_type: ["TYPE", int32] },
      inputs: [sizes, value],
    })),
  Reshape: fc.tuple(tensor(shape), wholes(fc.integer({ min: -1, max: 6 })), fc.boolean())
    .map(([input, sizes, isRight]) => ({
      attributes: { T: ["TYPE", input.dtype], Tshape: ["TYPE", int32] },
      inputs: [input, isRight ? whole([...input.shape.toReversed(), 1]) : sizes],
    })),
  ExpandDims: fc.tuple(tensor(shape), axis).map(([input, at]) => ({
    attributes: { T: ["TYPE", input.dtype], Tdim: ["TYPE", int32] },
    inputs: [input, scalar(at)],
  })),
  Transpose: fc
    .tuple(tensor(shape), wholes(axis), fc.nat(3))
    .map(([input, axes, turns]) => {
      const order = [...input.shape.keys()];
      const turned = [...order.slice(turns), ...order.slice(0, turns)];
      return {
        attributes: { T: ["TYPE", input.dtype], Tperm: ["TYPE", int32] },
        inputs: [input, turns === 3 ? axes : whole(turned)],
      };
    }),
  ReverseV2: fc.tuple(tensor(shape), wholes(axis)).map(([input, axes]) => ({
    attributes: { T: ["TYPE", input.dtype], Tidx: ["TYPE", int32] },
    inputs: [input, axes],
  })),
  ConcatV2: fc.tuple(similar(3), axis, size).map(([parts, at, other]) => {
    const [first, ...rest] = parts;
    const changed = at in first.shape ? { ...first, shape: first.shape.with(at, other) } : first;
    return {
      attributes: { N: ["INT", 3], Tidx: ["TYPE", int32], T: ["TYPE", first.dtype] },
      inputs: [changed, ...rest, scalar(at)],
    };
  }),
  SplitV: fc.tuple(tensor(shape), fc.tuple(size, size, size), axis, fc.boolean())
    .map(([input, sizes, at, isRight]) => {
      const sum = sizes.reduce((all, one) => all + one);
      const split = isRight && at in input.shape
        ? { ...input, shape: input.shape.with(at, sum) }
        : input;
      return {
        attributes: {
          num_split: ["INT", 3],
          T: ["TYPE", input.dtype],
          Tlen: ["TYPE", int32],
        },
        inputs: [split, whole(sizes), scalar(at)],
        outputs: 3,
      };
    }),
  Slice: fc.tuple(tensor(shape), wholes(size), wholes(fc.integer({ min: -1, max: 2 })))
    .map(([input, begin, sizes]) => {
      const cut = ({ values }: KnownInput) =>
        whole([...values!, 0, 0, 0].slice(0, input.shape.length));
      return {
        attributes: { T: ["TYPE", input.dtype], Index: ["TYPE", int32] },
        inputs: [input, cut(begin), cut(sizes)],
      };
    }),
  Tile: fc.tuple(tensor(shape), wholes(fc.integer({ min: -1, max: 2 })), fc.boolean())
    .map(([input, times, isRight]) => ({
      attributes: { T: ["TYPE", input.dtype], Tmultiples: ["TYPE", int32] },
      inputs: [input, isRight ? whole(input.shape.map((_, axis) => axis)) : times],
    })),
  Pack: fc.tuple(similar(3), axis).map(([inputs, at]) => ({
    attributes: { N: ["INT", 3], T: ["TYPE", inputs[0].dtype], axis: ["INT", at] },
    inputs,
  })),
  Unpack: fc.tuple(tensor(shape), axis).map(([input, at]) => ({
    attributes: {
      num: ["INT", input.shape.at(at) ?? 1],
      T: ["TYPE", input.dtype],
      axis: ["INT", at],
    },
    inputs: [input],
    outputs: input.shape.at(at) ?? 1,
  })),
  ArgMax: fc.tuple(tensor(shape), axis).map(([input, at]) => ({
    attributes: {
      T: ["TYPE", input.dtype],
      Tidx: ["TYPE", int32],
      output_type: ["TYPE", int32],
    },
    inputs: [input, scalar(at)],
  })),
  OneHot: fc.tuple(shape, fc.integer({ min: -1, max: 3 }), dtype).map(([indices, depth, made]) => ({
    attributes: { axis: ["INT", -1], T: ["TYPE", made], TI: ["TYPE", int32] },
    inputs: [
      { shape: indices, dtype: int32 },
      scalar(depth),
      { shape: [], dtype: made },
      { shape: [], dtype: made },
    ],
  })),
  GatherV2: fc.tuple(tensor(shape), shape, axis).map(([input, indices, at]) => ({
    attributes: {
      batch_dims: ["INT", 0],
      Tparams: ["TYPE", input.dtype],
      Tindices: ["TYPE", int32],
      Taxis: ["TYPE", int32],
    },
    inputs: [input, { shape: indices, dtype: int32 }, scalar(at)],
  })),
  UnsortedSegmentSum: fc
    .tuple(tensor(shape), fc.option(shape), fc.integer({ min: -1, max: 3 }), size)
    .map(([input, other, count, rank]) => ({
      attributes: {
        T: ["TYPE", input.dtype],
        Tindices: ["TYPE", int32],
        Tnumsegments: ["TYPE", int32],
      },
      inputs: [
        input,
        // TensorFlow ignores the rows of negative segments.
        { shape: other ?? input.shape.slice(0, rank), dtype: int32, values: [-1] },
        scalar(count),
      ],
    })),
};

for (const [name, operation] of Object.entries(operations)) {
  Deno.test(`the inferred outputs of ${name} are those that TensorFlow makes`, async () => {
    await useNative();
    let inferred = 0;
    fc.assert(
      fc.property(operation, (drawn) => {
        const { attributes, inputs, outputs = 1 } = drawn;
        const { binding } = nativeBackend();
        const listed = Object.entries(attributes).map(([name, [type, value]]) => ({
          name,
          type: binding[`TF_ATTR_${type}` as keyof Binding] as number,
          value,
        }));
        const types = inferOutputs({ name, attributes: listed, inputs, outputs });
        if (!types) return;
        inferred++;
        assertEquals(types.map(({ shape, dtype }) => ({ shape: [...shape], dtype })), [
          ...runNow(name, listed, inputs, outputs),
        ]);
      }),
      { numRuns: 200, seed: 1 },
    );
    assert(inferred >= 10, `only ${inferred} of 200 were inferred`);
  });
}

Deno.test("nothing is inferred of an unknown operation, or of an axis that is not constant", () => {
  const attributes: OperationAttribute[] = [{ name: "keep_dims", type: 0, value: false }];
  const inputs = [floats([2, 3]), { shape: [1], dtype: int32 }];
  assertEquals(inferOutputs({ name: "Sum", attributes, inputs, outputs: 1 }), undefined);
  const [input] = inputs;
  assertEquals(inferOutputs({ name: "Where", attributes, inputs: [input], outputs: 1 }), undefined);
});

/** Runs an operation on tensors of zeros, or of their constant values. */
function runNow(
  name: string,
  attributes: OperationAttribute[],
  inputs: readonly KnownInput[],
  outputs: number,
) {
  const { binding } = nativeBackend();
  const ids = inputs.map(({ shape, dtype, values = [] }) => {
    const length = shape.reduce((product, size) => product * size, 1);
    const data = Array.from({ length }, (_, i) => values[i] ?? values[0] ?? 0);
    const Data = dtype === float32 ? Float32Array : dtype === int32 ? Int32Array : Uint8Array;
    return binding.createTensor([...shape], dtype, new Data(data));
  });
  const made = binding.executeOp(name, attributes, ids, outputs);
  for (const id of [...ids, ...made.map(({ id }) => id)]) binding.deleteTensor(id);
  return made.map(({ shape, dtype }) => ({ shape, dtype }));
}
