import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { estimateSchedule } from "../../lib/compile/fused/estimate_schedule.ts";
import { orderProducts } from "../../lib/compile/fused/order_products.ts";
import type { GraphNode } from "../../lib/compile/graph_def.ts";

const T = { kind: "type", value: 1 } as const;

/**
 * The size of square matrices: multiplying two matrices of this size is estimated to take about
 * 1,200 microseconds.
 */
const LONG = 512;

/**
 * A backward pass through five layers: y0 to y4 are the gradients of the inputs, and w0 to w4 are
 * the gradients of the weights.
 */
const layers = [0, 1, 2, 3, 4];
const backward = layers.flatMap((i) => [
  product(`y${i}`, i === 0 ? "x" : `y${i - 1}`),
  product(`w${i}`, i === 0 ? "x" : `y${i - 1}`),
]);

Deno.test("a product waits for products that end well before it in the schedule, the latest three", () => {
  const ordered = orderProducts(backward, shapesOf(backward, LONG));
  // Two threads take one layer after the other: first y0 and w0, then y1 and w1, and so on.
  const awaited = Object.fromEntries(ordered.map(({ name, inputs }) => [name, controls(inputs)]));
  assertEquals(awaited["y0"], []);
  assertEquals(awaited["y1"], []);
  assertEquals(new Set(awaited["y2"]), new Set(["y0", "w0"]));
  assertEquals(new Set(awaited["w2"]), new Set(["y0", "w0"]));
  assertEquals(awaited["w4"].length, 3);
  assert(["y2", "w2"].every((name) => awaited["w4"].includes(name)));
});

Deno.test("products that are short, or that TensorFlow fuses with a sum, do not wait", () => {
  assertEquals(orderProducts(backward, shapesOf(backward, 32)), backward);
  for (const operation of ["Add", "AddV2", "BiasAdd"]) {
    const fused = backward.flatMap((node) => [
      node,
      { name: `${node.name}_sum`, operation, inputs: [node.name, "bias"], attributes: { T } },
    ]);
    assertEquals(orderProducts(fused, shapesOf(fused, LONG)), fused);
  }
});

Deno.test("two threads take operations in the order in which these become ready", () => {
  const spans = estimateSchedule(backward, shapesOf(backward, LONG));
  for (const i of layers) assertEquals(spans.get(`y${i}`), spans.get(`w${i}`));
  for (const i of layers.slice(1)) {
    assertEquals(spans.get(`y${i}`)!.start, spans.get(`y${i - 1}`)!.end);
  }
});

Deno.test("sizes determine the durations: of products, of updates in place, of everything else", () => {
  const nodes: GraphNode[] = [
    { ...product("ab", "a"), inputs: ["a", "b"] },
    {
      ...product("transposed", "a"),
      inputs: ["c", "d"],
      attributes: { T, transpose_a: { kind: "bool", value: true } },
    },
    {
      name: "update",
      operation: "ResourceApplyAdam",
      inputs: ["@0", "gradient", "^ab"],
      attributes: { T },
    },
    { name: "sum", operation: "Mul", inputs: ["a", "a"], attributes: { T } },
  ];
  const shapes = new Map<string, readonly number[]>([
    ["a", [100, 230]],
    ["ab", [100, 500]],
    ["c", [230, 100]],
    ["transposed", [100, 500]],
    ["gradient", [1000, 1000]],
    ["sum", [100, 100]],
  ]);
  const spans = estimateSchedule(nodes, shapes);
  const times = nodes.map(({ name }) => {
    const { start, end } = spans.get(name)!;
    return Math.round(end - start);
  });
  // 2 · 100 · 230 · 500 operations at 115,000 per microsecond, 1.6 ns per number, .4 ns per number
  assertEquals(times, [202, 202, 1602, 6]);
});

Deno.test("in any graph, waiting makes no circle and changes nothing else", () => {
  // Each number chooses a node's two sources among the earlier nodes, and what the node does.
  const graphs = fc.array(fc.tuple(fc.nat(99), fc.nat(99), fc.nat(3)), {
    minLength: 5,
    maxLength: 40,
  });
  fc.assert(fc.property(graphs, fc.constantFrom(128, LONG), (choices, size) => {
    const nodes = choices.map(([a, b, kind], i): GraphNode => ({
      name: `n${i}`,
      operation: kind === 0 ? "Mul" : "MatMul",
      inputs: i === 0 ? ["x", "x"] : [`n${a % i}`, `n${b % i}`],
      attributes: { T },
    }));
    const ordered = orderProducts(nodes, shapesOf(nodes, size));
    assertEquals(
      ordered.map((node) => ({ ...node, inputs: node.inputs.filter((i) => !i.startsWith("^")) })),
      nodes,
    );
    const done = new Set(["x"]);
    for (let before = 0; before < done.size;) {
      before = done.size;
      for (const { name, inputs } of ordered) {
        if (inputs.every((input) => done.has(input.replace("^", "")))) done.add(name);
      }
    }
    assertEquals(done.size, nodes.length + 1);
  }));
});

function product(name: string, from: string): GraphNode {
  return { name, operation: "MatMul", inputs: [from, "x"], attributes: { T } };
}

function controls(inputs: readonly string[]): string[] {
  return inputs.filter((input) => input.startsWith("^")).map((input) => input.slice(1));
}

function shapesOf(nodes: readonly GraphNode[], size: number): Map<string, readonly number[]> {
  return new Map(["x", ...nodes.map(({ name }) => name)].map((name) => [name, [size, size]]));
}
