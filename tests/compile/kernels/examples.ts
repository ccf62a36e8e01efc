/** Lists example calls for each kernel of tfjs-node. */
import * as tf from "@tensorflow/tfjs";

/** An example call: a function that uses a kernel, and the tensors that are its arguments. */
export interface Example {
  readonly f: (...inputs: tf.Tensor[]) => tf.Tensor | tf.Tensor[];
  readonly inputs: () => tf.Tensor[];
  /** Indices of the inputs whose gradients are tested; default: only the first input. */
  readonly differentiable?: readonly number[];
}

// deno-lint-ignore no-explicit-any -- tfjs' functions require tensors of one rank.
type Any = any;

/** Returns different numbers from −1.5 to 1.5, none of which is 0. */
const a = (shape: number[] = [2, 3], scale = 1) =>
  tf.tidy(() => {
    const size = shape.reduce((product, n) => product * n, 1);
    const numbers = Array.from(
      { length: size },
      (_, i) => Math.sin(1 + 2.4 * i) * 1.5 * scale + 0.01,
    );
    return tf.tensor(numbers, shape);
  });
const positive = (shape?: number[]) => tf.tidy(() => a(shape).abs().add(0.1));
const within = (shape?: number[]) => a(shape, 0.6);
const ints = (...values: number[]) => tf.tensor1d(values, "int32");
const bools = () => tf.tensor2d([[1, 0, 1], [0, 1, 1]], [2, 3], "bool");
const others = () => tf.tensor2d([[0, 0, 1], [1, 0, 1]], [2, 3], "bool");

const one = (
  f: (x: Any) => tf.Tensor | tf.Tensor[],
  inputs: () => tf.Tensor = a,
): Example => ({ f, inputs: () => [inputs()] });

const two = (
  f: (x: Any, y: Any) => tf.Tensor | tf.Tensor[],
  x: () => tf.Tensor = a,
  y: () => tf.Tensor = () => a([2, 3], -0.7),
): Example => ({ f, inputs: () => [x(), y()], differentiable: [0, 1] });

const images = (channels = 2) => () => a([1, 4, 4, channels]);
const volumes = () => a([1, 4, 4, 4, 1]);
const square = (x: tf.Tensor) => x.square();

/** Returns the gradient of a function, because some kernels occur only in gradients. */
const slope = (f: (x: Any) => tf.Tensor) => (x: Any) => tf.grad(f)(x);

const boxes = () => tf.tensor2d([[0, 0, 1, 1], [0, 0, 0.9, 1], [0.5, 0.5, 2, 2]]);
const scores = () => tf.tensor1d([0.9, 0.75, 0.6]);

const resized = (x: Any) => tf.image.resizeBilinear(x, [6, 5]);
const nearest = (x: Any) => tf.image.resizeNearestNeighbor(x, [6, 5]);
const complex = (x: Any) => tf.complex(x, x.mul(2));
const parts = (x: tf.Tensor) => [tf.real(x), tf.imag(x)];

export const examples: Readonly<Record<string, Example>> = {
  Abs: one(tf.abs),
  Acos: one(tf.acos, within),
  Acosh: one(tf.acosh, () => positive().add(1)),
  Add: two(tf.add),
  AddN: two((x, y) => tf.addN([x, y, x])),
  All: one((x) => tf.all(x, 1), bools),
  Any: one((x) => tf.any(x, 1), bools),
  ArgMax: one((x) => tf.argMax(x, 1)),
  ArgMin: one((x) => tf.argMin(x, 1)),
  Asin: one(tf.asin, within),
  Asinh: one(tf.asinh),
  Atan: one(tf.atan),
  Atan2: two(tf.atan2),
  Atanh: one(tf.atanh, within),
  AvgPool: one((x) => tf.avgPool(x, 2, 2, "valid"), images()),
  AvgPool3D: one((x) => tf.avgPool3d(x, 2, 2, "valid"), volumes),
  AvgPool3DGrad: one(
    slope((x) => tf.avgPool3d(x, 2, 2, "valid").square()),
    volumes,
  ),
  AvgPoolGrad: one(
    slope((x) => tf.avgPool(x, 2, 2, "valid").square()),
    images(),
  ),
  BatchMatMul: two(
    (x, y) => tf.matMul(x, y, false, true),
    () => a([2, 2, 3]),
    () => a([2, 4, 3]),
  ),
  BatchToSpaceND: one(
    (x) => tf.batchToSpaceND(x, [2, 2], [[0, 0], [0, 0]]),
    () => a([4, 2, 2, 1]),
  ),
  Bincount: {
    f: (x, w) => tf.bincount(x as Any, w as Any, 4),
    inputs: () => [ints(0, 2, 2, 3), a([4])],
  },
  BroadcastArgs: {
    f: (x, y) => tf.broadcastArgs(x, y),
    inputs: () => [ints(2, 3), ints(1)],
  },
  Cast: one((x) => tf.cast(tf.cast(x, "int32"), "float32").add(x)),
  Ceil: one(tf.ceil),
  ClipByValue: one((x) => tf.clipByValue(x, -0.5, 0.5)),
  Complex: two((x, y) => parts(tf.complex(x, y))),
  ComplexAbs: one((x) => tf.abs(complex(x))),
  Concat: two((x, y) => tf.concat([x, y], 1)),
  Conv2D: two(
    (x, w) => tf.conv2d(x, w, 1, "same"),
    images(),
    () => a([3, 3, 2, 3]),
  ),
  Conv2DBackpropFilter: two(
    (x, w) => tf.grad((w: Any) => tf.conv2d(x, w, 1, "same").square())(w),
    images(),
    () => a([3, 3, 2, 3]),
  ),
  Conv2DBackpropInput: two(
    (x, w) => tf.conv2dTranspose(x, w, [1, 8, 8, 3], 2, "same"),
    images(),
    () => a([3, 3, 3, 2]),
  ),
  Conv3D: two(
    (x, w) => tf.conv3d(x, w, 1, "same"),
    volumes,
    () => a([2, 2, 2, 1, 2]),
  ),
  Conv3DBackpropFilterV2: two(
    (x, w) => tf.grad((w: Any) => tf.conv3d(x, w, 1, "same").square())(w),
    volumes,
    () => a([2, 2, 2, 1, 2]),
  ),
  Conv3DBackpropInputV2: two(
    (x, w) => tf.conv3dTranspose(x, w, [1, 8, 8, 8, 2], 2, "same"),
    volumes,
    () => a([2, 2, 2, 2, 1]),
  ),
  Cos: one(tf.cos),
  Cosh: one(tf.cosh),
  CropAndResize: {
    f: (x, b, i) => tf.image.cropAndResize(x as Any, b as Any, i as Any, [2, 2]),
    inputs: () => [images()(), tf.tensor2d([[0, 0, 0.7, 0.8]]), ints(0)],
  },
  Cumprod: one((x) => tf.cumprod(x, 1)),
  Cumsum: one((x) => tf.cumsum(x, 1)),
  DepthToSpace: one((x) => tf.depthToSpace(x, 2), () => a([1, 2, 2, 4])),
  DepthwiseConv2dNative: two(
    (x, w) => tf.depthwiseConv2d(x, w, 1, "same"),
    images(),
    () => a([2, 2, 2, 2]),
  ),
  DepthwiseConv2dNativeBackpropFilter: two(
    (x, w) => tf.grad((w: Any) => tf.depthwiseConv2d(x, w, 1, "same").square())(w),
    images(),
    () => a([2, 2, 2, 2]),
  ),
  DepthwiseConv2dNativeBackpropInput: two(
    (x, w) => tf.grad((x: Any) => tf.depthwiseConv2d(x, w, 1, "same").square())(x),
    images(),
    () => a([2, 2, 2, 2]),
  ),
  Diag: one((x) => tf.diag(x)),
  Dilation2D: two(
    (x, w) => tf.dilation2d(x, w, 1, "same"),
    images(),
    () => a([2, 2, 2]),
  ),
  Dilation2DBackpropFilter: two(
    (x, w) => tf.grad((w: Any) => tf.dilation2d(x, w, 1, "same").square())(w),
    images(),
    () => a([2, 2, 2]),
  ),
  Dilation2DBackpropInput: two(
    (x, w) => tf.grad((x: Any) => tf.dilation2d(x, w, 1, "same").square())(x),
    images(),
    () => a([2, 2, 2]),
  ),
  Einsum: two(
    (x, y) => tf.einsum("ij,kj->ik", x, y),
    () => a(),
    () => a([4, 3]),
  ),
  Elu: one(tf.elu),
  EluGrad: one(slope((x) => tf.elu(x).square())),
  Equal: two(tf.equal, () => ints(1, 2, 3), () => ints(1, 3, 3)),
  Erf: one(tf.erf),
  Exp: one(tf.exp),
  ExpandDims: one((x) => tf.expandDims(x, 1)),
  Expm1: one(tf.expm1),
  FFT: one((x) => parts(tf.fft(complex(x)))),
  Fill: one((x) => tf.fill([2, 3], 0.7).mul(x)),
  FlipLeftRight: one((x) => tf.image.flipLeftRight(x), images()),
  Floor: one(tf.floor),
  FloorDiv: two(tf.floorDiv, () => ints(7, -7, 5), () => ints(2, 2, -3)),
  FusedBatchNorm: {
    f: (x, mean, variance, offset, scale) =>
      tf.batchNorm(
        x,
        mean as Any,
        variance as Any,
        offset as Any,
        scale as Any,
      ),
    inputs: () => [images()(), a([2]), positive([2]), a([2]), positive([2])],
    differentiable: [0, 1, 2, 3, 4],
  },
  FusedConv2D: {
    f: (x, filter, bias) =>
      tf.fused.conv2d({
        x: x as tf.Tensor4D,
        filter: filter as tf.Tensor4D,
        strides: 1,
        pad: "same",
        bias,
        activation: "relu",
      }),
    inputs: () => [images()(), a([3, 3, 2, 3]), a([3])],
    differentiable: [0, 1, 2],
  },
  FusedDepthwiseConv2D: {
    f: (x, filter, bias) =>
      tf.fused.depthwiseConv2d({
        x: x as tf.Tensor4D,
        filter: filter as tf.Tensor4D,
        strides: 1,
        pad: "same",
        bias,
        activation: "relu",
      }),
    inputs: () => [images()(), a([2, 2, 2, 1]), a([2])],
    differentiable: [0, 1, 2],
  },
  GatherNd: {
    f: (x, i) => tf.gatherND(x, i),
    inputs: () => [a(), tf.tensor2d([[0, 1], [1, 2]], [2, 2], "int32")],
  },
  GatherV2: {
    f: (x, i) => tf.gather(x, i as Any, 1),
    inputs: () => [a(), ints(2, 0, 2)],
  },
  Greater: two(tf.greater),
  GreaterEqual: two(tf.greaterEqual),
  IFFT: one((x) => parts(tf.ifft(complex(x)))),
  Identity: one((x) => tf.clone(x).mul(2)),
  Imag: one((x) => tf.imag(complex(x))),
  IsFinite: one((x) => tf.isFinite(tf.log(x))),
  IsInf: one((x) => tf.isInf(tf.div(x, tf.sub(x, x)))),
  IsNan: one((x) => tf.isNaN(tf.log(x))),
  LRN: one((x) => tf.localResponseNormalization(x, 1), images(4)),
  LRNGrad: one(
    slope((x) => tf.localResponseNormalization(x, 1).square()),
    images(4),
  ),
  LeakyRelu: one((x) => tf.leakyRelu(x, 0.3)),
  Less: two(tf.less),
  LessEqual: two(tf.lessEqual),
  LinSpace: one((x) => tf.linspace(0, 1, 3).mul(x)),
  Log: one(tf.log, positive),
  Log1p: one(tf.log1p, positive),
  LogicalAnd: two(tf.logicalAnd, bools, others),
  LogicalNot: one(tf.logicalNot, bools),
  LogicalOr: two(tf.logicalOr, bools, others),
  Max: one((x) => tf.max(x, 1)),
  MaxPool: one((x) => tf.maxPool(x, 2, 2, "valid"), images()),
  MaxPool3D: one((x) => tf.maxPool3d(x, 2, 2, "valid"), volumes),
  MaxPool3DGrad: one(
    slope((x) => tf.maxPool3d(x, 2, 2, "valid").square()),
    volumes,
  ),
  MaxPoolGrad: one(
    slope((x) => tf.maxPool(x, 2, 2, "valid").square()),
    images(),
  ),
  Maximum: two(tf.maximum),
  Mean: one((x) => tf.mean(x, 1)),
  Min: one((x) => tf.min(x, 1)),
  Minimum: two(tf.minimum),
  MirrorPad: one((x) => tf.mirrorPad(x, [[1, 0], [0, 1]], "reflect")),
  Mod: two(tf.mod),
  // In each row, one outcome is practically certain, so the result of the draws is known.
  Multinomial: one((x) => tf.multinomial(tf.eye(3).mul(1e9).add(x.sum()).as2D(3, 3), 4, 3)),
  Multiply: two(tf.mul),
  Neg: one(tf.neg),
  NonMaxSuppressionV3: two(
    (b, s) => tf.image.nonMaxSuppression(b, s, 3),
    boxes,
    scores,
  ),
  NonMaxSuppressionV4: two(
    (b, s) =>
      tf.image.nonMaxSuppressionPadded(b, s, 3, 0.5, 0, true)
        .selectedIndices,
    boxes,
    scores,
  ),
  NonMaxSuppressionV5: two(
    (b, s) =>
      tf.image.nonMaxSuppressionWithScore(b, s, 3, 0.5, 0, 0.5)
        .selectedScores,
    boxes,
    scores,
  ),
  NotEqual: two(tf.notEqual, () => ints(1, 2, 3), () => ints(1, 3, 3)),
  OneHot: one((x) => tf.oneHot(x, 4), () => ints(0, 3, 1)),
  OnesLike: one((x) => tf.onesLike(x).mul(x)),
  Pack: two((x, y) => tf.stack([x, y], 1)),
  PadV2: one((x) => tf.pad(x, [[1, 0], [0, 1]], 0.5)),
  Pow: two(tf.pow, positive),
  Prelu: two(tf.prelu),
  Prod: one((x) => tf.prod(x, 1)),
  Range: one((x) => tf.range(0, 3).mul(x)),
  Real: one((x) => tf.real(complex(x))),
  RealDiv: two(tf.div, a, positive),
  Reciprocal: one(tf.reciprocal),
  Relu: one(tf.relu),
  Relu6: one((x) => tf.relu6(tf.mul(x, 5))),
  Reshape: one((x) => tf.reshape(x, [3, 2])),
  ResizeBilinear: one(resized, images()),
  ResizeBilinearGrad: one(slope((x) => square(resized(x))), images()),
  ResizeNearestNeighbor: one(nearest, images()),
  ResizeNearestNeighborGrad: one(slope((x) => square(nearest(x))), images()),
  Reverse: one((x) => tf.reverse(x, 1)),
  Round: one(tf.round),
  Rsqrt: one(tf.rsqrt, positive),
  ScatterNd: {
    f: (x, i) => tf.scatterND(i, x, [4]),
    inputs: () => [a([2]), tf.tensor2d([[1], [3]], [2, 1], "int32")],
  },
  Select: {
    f: (x, y, condition) => tf.where(condition, x, y),
    inputs: () => [a(), a([2, 3], -0.7), bools()],
    differentiable: [0, 1],
  },
  Selu: one(tf.selu),
  Sigmoid: one(tf.sigmoid),
  Sign: one(tf.sign),
  Sin: one(tf.sin),
  Sinh: one(tf.sinh),
  Slice: one((x) => tf.slice(x, [0, 1], [2, 2])),
  Softmax: one((x) => tf.softmax(x)),
  Softplus: one(tf.softplus),
  SpaceToBatchND: one(
    (x) => tf.spaceToBatchND(x, [2, 2], [[0, 0], [0, 0]]),
    images(1),
  ),
  SparseToDense: {
    f: (x, i) => tf.sparseToDense(i, x, [4]),
    inputs: () => [a([2]), tf.tensor2d([[1], [3]], [2, 1], "int32")],
  },
  SplitV: one((x) => tf.split(x, [1, 2], 1)),
  Sqrt: one(tf.sqrt, positive),
  Square: one(tf.square),
  SquaredDifference: two(tf.squaredDifference),
  StaticRegexReplace: one(
    (x) => tf.string.staticRegexReplace(x, "a", "b"),
    () => tf.tensor1d(["banana"], "string"),
  ),
  Step: one((x) => tf.step(x, 0.5)),
  StridedSlice: one((x) => tf.stridedSlice(x, [0, 0], [2, 3], [1, 2])),
  Sub: two(tf.sub),
  Sum: one((x) => tf.sum(x, 1)),
  Tan: one(tf.tan),
  Tanh: one(tf.tanh),
  TensorScatterUpdate: {
    f: (x, i, u) => tf.tensorScatterUpdate(x, i as Any, u),
    inputs: () => [
      a([4]),
      tf.tensor2d([[1], [3]], [2, 1], "int32"),
      a([2]),
    ],
  },
  Tile: one((x) => tf.tile(x, [2, 1])),
  TopK: one((x) => tf.topk(x, 2).values),
  Transpose: one((x) => tf.transpose(x)),
  Unique: one((x) => tf.unique(x).values, () => ints(3, 1, 3)),
  Unpack: one((x) => tf.unstack(x, 1)),
  UnsortedSegmentSum: {
    f: (x, i) => tf.unsortedSegmentSum(x, i as Any, 2),
    inputs: () => [a([3, 2]), ints(0, 1, 0)],
  },
  ZerosLike: one((x) => tf.zerosLike(x).add(x)),
  _FusedMatMul: {
    f: (x, y, bias) => tf.fused.matMul({ a: x, b: y, bias, activation: "relu" }),
    inputs: () => [a(), a([3, 4]), a([4])],
    differentiable: [0, 1, 2],
  },
};
