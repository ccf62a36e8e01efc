import { assertEquals } from "@std/assert";
import {
  currentSitting,
  faultsOfSitting,
  mostLoadBefore,
  mostLoadDuring,
  type SatReport,
  sittingEnvironment,
} from "../../lib/bench/sitting.ts";

const sitting = { began: "2026-11-23T12:00:00.000Z", load: 0.1 };
const fine: SatReport = {
  suite: "A",
  sitting,
  threads: 2,
  timings: [{ name: "one", load: 2.5 }],
};

const cases: [name: string, reports: SatReport[], faults: string[]][] = [
  ["one idle sitting", [fine, { ...fine, suite: "B" }], []],
  ["races", [{ suite: "S", sitting, races: [{ timings: [] }] }], []],
  [
    "different sittings",
    [fine, { ...fine, sitting: { ...sitting, began: "later" } }],
    [`measured in 2 sittings: ${sitting.began}, later`],
  ],
  [
    "a busy machine",
    [{ ...fine, sitting: { ...sitting, load: 0.51 } }],
    [
      `A: the load average before the sitting was 0.51, at most ${mostLoadBefore} is allowed`,
    ],
  ],
  [
    "a machine that other work keeps busy",
    [{ ...fine, timings: [{ name: "one", load: 3.1 }, { name: "two" }] }],
    [
      "A: the load average before one was 3.1, at most 3 is allowed",
      "A: the load average before two was not recorded, at most 3 is allowed",
    ],
  ],
  [
    "a machine on which another program fills a core",
    [{
      ...fine,
      timings: [{ name: "one", load: 2, others: 0.98 }, { name: "two", load: 2, others: 0.66 }],
    }],
    ["A: other programs kept 0.82 cores busy, at most 0.1 is allowed"],
  ],
  [
    "a machine on which only the system itself works",
    [{
      ...fine,
      timings: [{ name: "one", load: 2, others: 0.14 }, { name: "two", load: 2, others: 0 }],
    }],
    [],
  ],
  [
    "a race beside another program",
    [{ suite: "S", sitting, races: [{ timings: [{ name: "one", load: 1, others: 1 }] }] }],
    ["S: other programs kept 1.00 cores busy, at most 0.1 is allowed"],
  ],
  [
    "a page beside another program",
    [{ suite: "P", sitting, parts: [{ name: "key", load: 2.2, others: 1 }] }],
    [
      "P: the load average before key was 2.2, at most 2 is allowed",
      "P: other programs kept 1.00 cores busy, at most 0.1 is allowed",
    ],
  ],
  [
    "a file without a sitting",
    [{ suite: "A", timings: [] }],
    ["A: no sitting is recorded"],
  ],
  [
    "a race on a busy machine",
    [{
      suite: "S",
      sitting,
      races: [{ timings: [{ name: "one", load: 2.1 }] }],
    }],
    ["S: the load average before one was 2.1, at most 2 is allowed"],
  ],
];

for (const [name, reports, faults] of cases) {
  Deno.test(`figures of ${name} are ${faults.length === 0 ? "shown" : "refused"}`, () => {
    assertEquals(faultsOfSitting(reports), faults);
  });
}

Deno.test("the load limit leaves room for a benchmark's own threads", () => {
  assertEquals([mostLoadBefore, mostLoadDuring(2)], [0.5, 3]);
});

Deno.test("a process that is started during a sitting belongs to it", () => {
  const [[name, value]] = Object.entries(sittingEnvironment(sitting));
  Deno.env.set(name, value);
  try {
    assertEquals(currentSitting(), sitting);
  } finally {
    Deno.env.delete(name);
  }
});
