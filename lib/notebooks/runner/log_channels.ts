/** Finds the data that a Vega specification shows on logarithmic scales. */

export interface LogChannels {
  /**
   * Data fields that are shown on logarithmic scales. Each entry also contains the name of the mark
   * that shows the field and the name of the channel, such as x or size.
   */
  readonly channels: readonly {
    readonly mark: string;
    readonly channel: string;
    readonly field: string;
  }[];
  /**
   * Names of the fields that stack transforms compute. Stacks begin at 0, which has no logarithm.
   */
  readonly stacked: ReadonlySet<string>;
  /**
   * Zero or negative numbers that the specification itself puts on a logarithmic scale, for example
   * as the end of a domain.
   */
  readonly constants: readonly {
    readonly channel: string;
    readonly value: number;
  }[];
}

/** The parts of a Vega specification that this file reads. */
interface VegaGroup {
  readonly name?: string;
  readonly type?: string;
  readonly scales?: readonly VegaScale[];
  readonly data?: readonly VegaData[];
  readonly marks?: readonly VegaGroup[];
  readonly from?: { readonly facet?: unknown };
  readonly encode?: Readonly<Record<string, VegaEncoding>>;
}

interface VegaScale {
  readonly name: string;
  readonly type?: string;
  readonly domain?: unknown;
}

interface VegaData {
  readonly transform?: readonly {
    readonly type: string;
    readonly as?: unknown;
  }[];
}

type VegaEncoding = Readonly<Record<string, unknown>>;

interface ScaledValue {
  readonly scale?: unknown;
  readonly field?: unknown;
  readonly value?: unknown;
}

/**
 * Returns the fields and the invalid constants that a Vega specification puts on logarithmic
 * scales.
 */
export function logChannels(spec: object): LogChannels {
  const groups = groupsOf(spec as VegaGroup);
  const scales = groups.flatMap(({ scales = [] }) => scales)
    .filter(({ type }) => type === "log");
  const names = new Set<unknown>(scales.map(({ name }) => name));
  const shown = groups.flatMap((group) =>
    scaledValues(group).filter(({ scale }) => names.has(scale))
  );
  const transforms = groups.flatMap(({ data = [] }) => data)
    .flatMap(({ transform = [] }) => transform);
  return {
    channels: shown.flatMap(({ mark, channel, field }) =>
      typeof field === "string" ? [{ mark, channel, field }] : []
    ),
    stacked: new Set(
      transforms.filter(({ type }) => type === "stack")
        .flatMap(({ as = ["y0", "y1"] }) => as as string[]),
    ),
    constants: [
      ...shown.map(({ channel, value }) => ({ channel, value })),
      ...scales.flatMap(({ name, domain }) =>
        Array.isArray(domain)
          ? domain.map((value) => ({ channel: `the domain of ${name}`, value }))
          : []
      ),
    ].filter(hasNoLogarithm),
  };
}

function hasNoLogarithm(
  constant: { readonly channel: string; readonly value?: unknown },
): constant is { channel: string; value: number } {
  return typeof constant.value === "number" && constant.value <= 0;
}

function groupsOf(group: VegaGroup): VegaGroup[] {
  return [group, ...(group.marks ?? []).flatMap(groupsOf)];
}

function scaledValues({ name = "", encode = {} }: VegaGroup) {
  return Object.values(encode).flatMap((set) =>
    Object.entries(set).flatMap(([channel, rules]) =>
      [rules].flat().map((rule) => ({
        ...rule as ScaledValue,
        mark: name,
        channel,
      }))
    )
  );
}
