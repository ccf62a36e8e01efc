import { assert, assertEquals } from "@std/assert";
import { TraceStore } from "../../lib/compile/trace_store.ts";

interface Named {
  readonly name: string;
  readonly isValid: () => boolean;
}

const named = (name: string, isValid = () => true): Named => ({ name, isValid });

Deno.test("a frequent key replaces the trace that was unused for longest", () => {
  const store = new TraceStore<Named>(2);
  for (const name of ["a", "b"]) {
    assert(store.isWorthTracing(name));
    assertEquals(store.add(name, named(name)), undefined);
  }
  store.find("a");
  assertEquals(callsUntilTraced(store, "c"), 9);
  assertEquals(store.add("c", named("c"))?.name, "b");
  assertEquals(["a", "b", "c"].map((name) => store.find(name)?.name), ["a", undefined, "c"]);
});

Deno.test("each replaced trace makes the next key wait longer", () => {
  const store = new TraceStore<Named>(1);
  store.add("a", named("a"));
  const waits = ["b", "c", "b"].map((name) => {
    const calls = callsUntilTraced(store, name);
    store.add(name, named(name));
    return calls;
  });
  assertEquals(waits, [9, 17, 25]);
});

Deno.test("a trace that is no longer valid is skipped, and can become valid again", () => {
  const store = new TraceStore<Named>(4);
  let holds = false;
  store.add("a", named("old", () => holds));
  assertEquals(store.find("a"), undefined);
  store.add("a", named("new", () => !holds));
  assertEquals(store.find("a")?.name, "new");
  holds = true;
  assertEquals(store.find("a")?.name, "old");
  assertEquals(store.clear().map(({ name }) => name), ["old", "new"]);
  assertEquals(store.find("a"), undefined);
});

function callsUntilTraced(store: TraceStore<Named>, key: string): number {
  for (let calls = 1;; calls++) if (store.isWorthTracing(key)) return calls;
}
