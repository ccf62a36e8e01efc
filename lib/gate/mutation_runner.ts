/**
 * Lets StrykerJS run the project's Deno tests (`deno task mutate`).
 *
 * Stryker has a command runner, but it reruns all tests for each mutant. The runner in this file
 * collects the functions that are passed to `Deno.test`. For each mutant, it calls only the
 * functions that reach the mutated code. It calls these functions in one process, starting with the
 * quickest. Sanitizers and test steps are not supported.
 */
import {
  INSTRUMENTER_CONSTANTS as names,
  type InstrumenterContext,
  type StrykerOptions,
} from "@stryker-mutator/api/core";
import type { Ignorer } from "@stryker-mutator/api/ignore";
import {
  commonTokens,
  declareClassPlugin,
  declareValuePlugin,
  PluginKind,
} from "@stryker-mutator/api/plugin";
import type { Reporter } from "@stryker-mutator/api/report";
import {
  determineHitLimitReached,
  type DryRunOptions,
  type DryRunResult,
  DryRunStatus,
  type MutantRunOptions,
  type MutantRunResult,
  type TestResult,
  type TestRunner,
  TestStatus,
  toMutantRunResult,
} from "@stryker-mutator/api/test-runner";
import { relative, resolve } from "node:path";
import { pathToFileURL } from "node:url";

/** Options of Stryker and of this runner. */
export type MutationOptions = Partial<StrykerOptions> & {
  /** Paths of the test files, relative to the repository's root. */
  readonly denoTests: readonly string[];
  /** The time limit for a test in seconds. Slower tests are left out. */
  readonly denoSeconds: number;
};

interface CollectedTest {
  readonly name: string;
  readonly file: string;
  readonly body: (context: Deno.TestContext) => void | Promise<void>;
}

/** Name of a test that always fails. Such a test is added for each file that cannot be loaded. */
const LOADING = "loads";

/**
 * Name of a file that lists the tests that finish within the time limit. All processes that work in
 * Stryker's copy of the project read this file.
 */
const QUICK_TESTS = "quick_tests.json";

/** An object that tells the instrumented code which mutant is active and which test is running. */
const context: InstrumenterContext = {};
Object.assign(globalThis, { [names.NAMESPACE]: context });

class DenoTestRunner implements TestRunner {
  static readonly inject: [typeof commonTokens.options] = [
    commonTokens.options,
  ];
  readonly #options: MutationOptions;
  #tests: CollectedTest[] | undefined;

  constructor(options: StrykerOptions) {
    this.#options = options as unknown as MutationOptions;
  }

  capabilities(): { reloadEnvironment: boolean } {
    return { reloadEnvironment: false };
  }

  async dryRun({ disableBail }: DryRunOptions): Promise<DryRunResult> {
    const result = await run(await this.#collect(), !disableBail);
    if (result.status !== DryRunStatus.Complete) return result;
    const limit = 1000 * this.#options.denoSeconds;
    const quick = result.tests.filter(({ timeSpentMs }) => timeSpentMs < limit)
      .sort((a, b) => a.timeSpentMs - b.timeSpentMs).map(({ id }) => id);
    await Deno.writeTextFile(QUICK_TESTS, JSON.stringify(quick));
    const { perTest } = context.mutantCoverage ??= { static: {}, perTest: {} };
    for (const id of Object.keys(perTest)) {
      if (!quick.includes(id)) delete perTest[id];
    }
    return { ...result, mutantCoverage: context.mutantCoverage };
  }

  async mutantRun(options: MutantRunOptions): Promise<MutantRunResult> {
    const { activeMutant, mutantActivation, testFilter, disableBail } = options;
    delete context.hitCount;
    delete context.hitLimit;
    if (options.hitLimit !== undefined) {
      Object.assign(context, { hitCount: 0, hitLimit: options.hitLimit });
    }
    // If a mutant is static, then it must be active before the modules are loaded. Other mutants
    // become active later.
    if (mutantActivation === "static") context.activeMutant = activeMutant.id;
    const tests = await this.#collect();
    context.activeMutant = activeMutant.id;
    const quick: string[] = JSON.parse(await Deno.readTextFile(QUICK_TESTS));
    const chosen = quick.filter((id) => testFilter?.includes(id) ?? true)
      .flatMap((id) => tests.filter((test) => idOf(test) === id));
    // A file that cannot be loaded counts as a failure for every mutant.
    const failed = tests.filter(({ name }) => name === LOADING);
    return toMutantRunResult(await run([...failed, ...chosen], !disableBail));
  }

  async #collect(): Promise<readonly CollectedTest[]> {
    if (this.#tests) return this.#tests;
    const tests: CollectedTest[] = [];
    for (const file of this.#options.denoTests) {
      Object.assign(Deno, { test: collector(file, tests) });
      try {
        await import(pathToFileURL(resolve(file)).href);
      } catch (error) {
        tests.unshift({
          name: LOADING,
          file,
          body: () => Promise.reject(error),
        });
      }
    }
    return this.#tests = tests;
  }
}

async function run(
  tests: readonly CollectedTest[],
  bail: boolean,
): Promise<DryRunResult> {
  const results: TestResult[] = [];
  for (const test of tests) {
    const result = await runTest(test);
    const { hitCount, hitLimit } = context;
    const endless = determineHitLimitReached(hitCount, hitLimit);
    if (endless) return endless;
    results.push(result);
    if (result.status === TestStatus.Failed && bail) break;
  }
  return { status: DryRunStatus.Complete, tests: results };
}

/** Returns a replacement for `Deno.test` that collects tests. */
function collector(file: string, tests: CollectedTest[]): unknown {
  type Body = CollectedTest["body"];
  const collect = (
    first: string | Deno.TestDefinition,
    second?: Body | Omit<Deno.TestDefinition, "name" | "fn">,
    third?: Body,
  ) => {
    const test = typeof first !== "string"
      ? first
      : typeof second === "function"
      ? { name: first, fn: second }
      : { ...second, name: first, fn: third! };
    if (!test.ignore) tests.push({ name: test.name, file, body: test.fn });
  };
  return Object.assign(collect, { ignore: () => {} });
}

async function runTest(test: CollectedTest): Promise<TestResult> {
  const id = context.currentTestId = idOf(test);
  const start = performance.now();
  const result = (outcome: unknown) => ({
    ...{ id, name: id, fileName: resolve(test.file) },
    timeSpentMs: performance.now() - start,
    ...outcome as { readonly status: TestStatus.Success },
  });
  try {
    await test.body({} as Deno.TestContext);
    return result({ status: TestStatus.Success });
  } catch (error) {
    return result({ status: TestStatus.Failed, failureMessage: String(error) });
  } finally {
    delete context.currentTestId;
  }
}

function idOf({ file, name }: CollectedTest): string {
  return `${file}: ${name}`;
}

/**
 * Ignores mutants in the texts of errors and in descriptions of options, because only people read
 * these texts.
 */
const wordsIgnorer: Ignorer = {
  shouldIgnore(path) {
    const literal = path as unknown as SyntaxPath;
    return isLiteral(literal.node) && isForPeople(literal.parentPath)
      ? "words for people"
      : undefined;
  },
};

interface SyntaxPath {
  readonly node: SyntaxNode;
  readonly parentPath: SyntaxPath | null;
}

interface SyntaxNode {
  readonly type: string;
  readonly callee?: {
    readonly name?: string;
    readonly property?: { readonly name?: string };
  };
}

function isLiteral({ type }: SyntaxNode): boolean {
  return type === "StringLiteral" || type === "TemplateLiteral";
}

/**
 * Returns whether a node is an argument of an error or of `describe`, directly or in expressions.
 */
function isForPeople(path: SyntaxPath | null): boolean {
  if (!path) return false;
  const { type, callee } = path.node;
  if (type === "NewExpression" && callee?.name?.endsWith("Error")) return true;
  if (callee?.property?.name === "describe") return true;
  return !/Function|Statement$/.test(type) && isForPeople(path.parentPath);
}

/**
 * Prints each bug that the tests missed as soon as this is known, because Stryker's own reports are
 * lost if a run is broken off.
 */
const survivorsReporter: Reporter = {
  onMutantTested({ status, fileName, location, mutatorName, replacement }) {
    if (status !== "Survived" && status !== "NoCoverage") return;
    const { line, column } = location.start;
    const place = `${relative(Deno.cwd(), fileName)}:${line}:${column}`;
    console.log(`missed ${place} ${mutatorName}: ${replacement.replaceAll(/\s+/g, " ")}`);
  },
};

export const strykerPlugins = [
  declareClassPlugin(PluginKind.TestRunner, "deno", DenoTestRunner),
  declareValuePlugin(PluginKind.Ignore, "words", wordsIgnorer),
  declareValuePlugin(PluginKind.Reporter, "survivors", survivorsReporter),
];

export const strykerValidationSchema = {
  properties: {
    denoTests: { type: "array", items: { type: "string" } },
    denoSeconds: { type: "number" },
  },
};
