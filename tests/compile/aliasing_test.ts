/**
 * Tests compiled functions that use the same data in several places. Arguments, variables and
 * captured tensors may be the same tensor, or may share their data.
 */
import { assertAlmostEquals, assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import fc from "fast-check";
import { compile, type CompileOptions, type StepFunction } from "../../lib/compile/mod.ts";
import { useNative } from "../support/engine.ts";

const [X, Y, Z] = [[1, 2], [5, 3], [-4, 7]];

/**
 * A function, and the arguments for several calls to it. Each call to `make` creates new tensors.
 */
interface Case {
  readonly name: string;
  make(): { step: StepFunction; calls: (() => tf.Tensor[])[] };
}

const cases: readonly Case[] = [
  {
    name: "one tensor as both arguments, then two",
    make: () => {
      const [x, y] = [X, Y].map((values) => tf.tensor1d(values));
      return {
        step: (a: tf.Tensor, b: tf.Tensor) => a.sub(b),
        calls: [[x, x], [x, y], [y, x], [y, y]].map((args) => () => args),
      };
    },
  },
  {
    name: "two tensors as arguments, then one",
    make: () => {
      const [x, y] = [X, Y].map((values) => tf.tensor1d(values));
      return {
        step: (a: tf.Tensor, b: tf.Tensor) => tf.grad((p: tf.Tensor) => p.mul(b))(a),
        calls: [[x, y], [x, x], [y, x]].map((args) => () => args),
      };
    },
  },
  {
    name: "a tensor and its clone",
    make: () => {
      const [x, y] = [X, Y].map((values) => tf.tensor1d(values));
      return {
        step: (a: tf.Tensor, b: tf.Tensor) => a.mul(2).sub(b),
        calls: [() => [x, x.clone()], () => [x, y], () => [y.clone(), x]],
      };
    },
  },
  {
    name: "a tensor from outside as an argument",
    make: () => {
      const [x, y] = [X, Y].map((values) => tf.tensor1d(values));
      return {
        step: (a: tf.Tensor) => a.mul(2).sub(x),
        calls: [x, y, x, y].map((argument) => () => [argument]),
      };
    },
  },
  {
    name: "a gradient with respect to an argument that the function uses anyway",
    make: () => {
      const [x, y] = [X, Y].map((values) => tf.tensor1d(values));
      return {
        step: (a: tf.Tensor) => tf.grad((p: tf.Tensor) => p.mul(x))(a),
        calls: [() => [y], () => [x], () => [x.clone()], () => [y], () => [x]],
      };
    },
  },
  {
    name: "a variable over the data of an argument",
    make: () => {
      const [x, y] = [X, Y].map((values) => tf.tensor1d(values));
      const v = tf.variable(x);
      return {
        step: (a: tf.Tensor) => {
          v.assign(v.add(1));
          return a.mul(10).add(v);
        },
        calls: [() => [x], () => [y], () => [v], () => [x], () => [v.clone()]],
      };
    },
  },
  {
    name: "a variable over the data of a tensor from outside",
    make: () => {
      const [x, y] = [X, Y].map((values) => tf.tensor1d(values));
      const v = tf.variable(x);
      return {
        step: (a: tf.Tensor) => {
          v.assign(v.add(a));
          return x.mul(v);
        },
        calls: [y, y, x].map((argument) => () => [argument]),
      };
    },
  },
  {
    name: "variables as arguments",
    make: () => {
      const [v, w] = [X, Y].map((values) => tf.variable(tf.tensor1d(values)));
      return {
        step: (a: tf.Tensor) => {
          v.assign(v.add(1));
          return a.mul(2);
        },
        calls: [v, w, v].map((argument) => () => [argument]),
      };
    },
  },
  {
    name: "a variable that is given another's value between the calls",
    make: () => {
      const [v, w] = [X, Y].map((values) => tf.variable(tf.tensor1d(values)));
      return {
        step: (a: tf.Tensor) => {
          v.assign(v.add(a));
          return v.sub(w);
        },
        calls: [
          () => [tf.tensor1d(Z)],
          () => {
            w.assign(v);
            return [tf.tensor1d(Z)];
          },
          () => {
            v.assign(w);
            w.assign(tf.tensor1d(X));
            return [tf.tensor1d(Z)];
          },
        ],
      };
    },
  },
  {
    name: "a clone of a variable that is given another value",
    make: () => {
      const v = tf.variable(tf.tensor1d(X));
      let kept: tf.Tensor;
      return {
        step: (a: tf.Tensor) => {
          v.assign(v.mul(2));
          return v.add(a);
        },
        calls: [
          () => [tf.tensor1d(Z)],
          () => {
            kept = v.clone();
            v.assign(tf.tensor1d(Y));
            return [kept];
          },
          () => [kept],
        ],
      };
    },
  },
];

for (const { name, make } of cases) {
  Deno.test(`a compiled function gives the same results as an eager one, both exact and fused: ${name}`, async () => {
    await useNative();
    const run = (options?: CompileOptions) => {
      const { step, calls } = make();
      const call = options ? compile(step, options) : step;
      return calls.map((args) => [
        ...(call(...args()) as tf.Tensor).dataSync(),
      ]);
    };
    const expected = run();
    assertEquals(run({ exact: true }), expected);
    assertEquals(run({}), expected);
  });
}

/**
 * The names of the tensors in random programs: two tensors, a clone of each tensor, and two
 * variables. The first variable starts with the value of the first tensor.
 */
const NAMES = ["x", "y", "cloneOfX", "cloneOfY", "v", "w"] as const;

type Names = typeof NAMES[number];

/**
 * A statement of a random program. The numbers `a` and `b` select the operands among the arguments,
 * the captured tensors and the results of earlier statements.
 */
type Statement =
  | { readonly kind: "combine"; readonly by: number; a: number; b: number }
  | { readonly kind: "gradient"; readonly by: number; a: number; b: number }
  | { readonly kind: "assign"; readonly to: "v" | "w"; readonly a: number };

const combine: readonly ((a: tf.Tensor, b: tf.Tensor) => tf.Tensor)[] = [
  (a, b) => a.sub(b),
  (a, b) => a.add(b).mul(0.5),
  (a, b) => a.mul(b).tanh(),
  (a, b) => a.maximum(b),
  (a, b) => tf.leakyRelu(a.sub(b.mul(0.3)), 0.2),
];

const operand = fc.nat({ max: 99 });

const statement: fc.Arbitrary<Statement> = fc.oneof(
  fc.record({
    kind: fc.constantFrom("combine" as const, "gradient" as const),
    by: fc.nat({ max: combine.length - 1 }),
    a: operand,
    b: operand,
  }),
  fc.record({
    kind: fc.constant("assign" as const),
    to: fc.constantFrom("v" as const, "w" as const),
    a: operand,
  }),
);

/** An assignment to a variable between two calls, or undefined for no assignment. */
const between = fc.option(
  fc.record({
    to: fc.constantFrom("v" as const, "w" as const),
    from: fc.constantFrom(...NAMES),
  }),
  { nil: undefined },
);

const call = fc.record({
  before: between,
  /**
   * Which program is called, and how: 0 calls the first program in the mode under test, 1 calls the
   * second program in this mode, and 2 calls the first program eagerly.
   */
  which: fc.nat({ max: 2 }),
  args: fc.tuple(fc.constantFrom(...NAMES), fc.constantFrom(...NAMES)),
});

const program = fc.array(statement, { minLength: 1, maxLength: 5 });

type Mode = (steps: { f: StepFunction; g: StepFunction }) => { f: StepFunction; g: StepFunction };

const modes: Readonly<Record<"eager" | "exact" | "apart" | "fused", Mode>> = {
  eager: (steps) => steps,
  exact: (steps) => compile(steps, { exact: true }),
  apart: ({ f, g }) => ({
    f: compile(f, { exact: true }),
    g: compile(g, { exact: true }),
  }),
  fused: (steps) => compile(steps),
};

Deno.test("random programs give the same results compiled and eager, on equal or different tensors", async () => {
  await useNative();
  fc.assert(
    fc.property(
      program,
      program,
      fc.array(call, { minLength: 2, maxLength: 6 }),
      (first, second, calls) => {
        const run = (mode: Mode) =>
          tf.tidy(() => {
            const world = makeWorld();
            const steps = { f: toStep(first, world), g: toStep(second, world) };
            const { f, g } = mode(steps);
            const results = calls.map(({ before, which, args }) => {
              if (before) assign(world[before.to], world[before.from]);
              const result = [f, g, steps.f][which](
                ...args.map((name) => world[name]),
              );
              return [result as tf.Tensor, world.v, world.w].map((tensor) => [
                ...tensor.dataSync(),
              ]);
            });
            tf.dispose([world.v, world.w]);
            return results.flat(2);
          });
        const expected = run(modes.eager);
        assertEquals(run(modes.exact), expected);
        assertEquals(run(modes.apart), expected);
        run(modes.fused).forEach((value, i) => assertAlmostEquals(value, expected[i], 1e-4));
      },
    ),
    { numRuns: 25 },
  );
});

function makeWorld() {
  const [x, y] = [[0.5, -1.25], [2, 0.75]].map((values) => tf.tensor1d(values));
  return {
    x,
    y,
    cloneOfX: x.clone(),
    cloneOfY: y.clone(),
    v: tf.variable(x),
    w: tf.variable(tf.tensor1d([-0.5, 1.5])),
  } satisfies Record<Names, tf.Tensor>;
}

function toStep(
  program: readonly Statement[],
  world: ReturnType<typeof makeWorld>,
): StepFunction {
  return (a: tf.Tensor, b: tf.Tensor) => {
    const values: tf.Tensor[] = [
      a,
      b,
      world.x,
      world.cloneOfY,
      world.v,
      world.w,
    ];
    const at = (i: number) => values[i % values.length];
    for (const one of program) {
      if (one.kind === "assign") {
        assign(world[one.to], at(one.a));
        continue;
      }
      const f = combine[one.by];
      values.push(
        one.kind === "combine"
          ? f(at(one.a), at(one.b))
          : tf.grad((p: tf.Tensor) => f(p, at(one.b)))(at(one.a)),
      );
    }
    return values.at(-1)!.add(0);
  };
}

/**
 * Assigns a value to a variable. If the value is the variable itself, then nothing is assigned,
 * because the assignment would make tfjs free the variable's data.
 */
function assign(variable: tf.Variable, value: tf.Tensor): void {
  if (value !== variable) variable.assign(value);
}
