/**
 * Reads the parts of Python's pickle format (protocols 2 to 5) that torch.save uses for tensors.
 * The file Lib/pickletools.py in Python's source code describes the opcodes. In Python, a hostile
 * pickle can run arbitrary code. In this reader, a pickle can create only lists, tuples,
 * dictionaries, strings and numbers, and it can call only allowed functions.
 */
import { WeightFileError } from "./weight_file_error.ts";

/** A Python class or function that a pickle is allowed to name. */
export interface PickleGlobal {
  /** Module and name, such as "collections.OrderedDict". */
  readonly name: string;
  /** Computes the result of a call. If this field is undefined, then calls are rejected. */
  readonly call?: (args: readonly unknown[]) => unknown;
}

export interface PickleOptions {
  /** Offset at which the pickle starts in the bytes; default 0. */
  readonly at?: number;
  readonly globals?: readonly PickleGlobal[];
  /** Returns the value that has the given id and whose data is stored outside the pickle. */
  readonly persistent?: (id: unknown) => unknown;
}

/**
 * Reads a pickle. Lists and tuples become arrays, and dictionaries become Maps. An integer becomes
 * a bigint if a double cannot represent it.
 *
 * @returns the value of the pickle, and the offset at which the pickle ends
 * @throws {WeightFileError} when the pickle is broken, or when it requests something that is not
 * allowed
 *
 * @example The tuple (1, "a"), as pickle.dumps writes it
 * ```ts
 * import { assertEquals } from "@std/assert";
 * const bytes = Uint8Array.of(0x80, 2, 0x4b, 1, 0x58, 1, 0, 0, 0, 0x61, 0x86, 0x2e);
 * assertEquals(readPickle(bytes), { value: [1, "a"], end: 12 });
 * ```
 */
export function readPickle(
  bytes: Uint8Array,
  options: PickleOptions = {},
): { value: unknown; end: number } {
  return new Machine(bytes, options).run();
}

const text = new TextDecoder();

class Machine {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #globals: ReadonlyMap<string, PickleGlobal>;
  readonly #persistent: ((id: unknown) => unknown) | undefined;
  readonly #stack: unknown[] = [];
  readonly #marks: number[] = [];
  readonly #memo = new Map<number, unknown>();
  #at: number;

  constructor(bytes: Uint8Array, { at, globals, persistent }: PickleOptions) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    this.#at = at ?? 0;
    this.#globals = new Map(globals?.map((one) => [one.name, one]));
    this.#persistent = persistent;
  }

  run(): { value: unknown; end: number } {
    for (;;) {
      const opcode = this.#byte();
      if (opcode === 0x2e) return { value: this.#pop(), end: this.#at };
      this.#step(opcode);
    }
  }

  #step(opcode: number): void {
    if (this.#pushConstant(opcode) || this.#remember(opcode)) return;
    switch (opcode) {
      case 0x80: // PROTO
        return this.#requireProtocol(this.#byte());
      case 0x95: // FRAME: how many bytes to read ahead
        return void this.#take(8);
      case 0x28: // MARK
        return void this.#marks.push(this.#stack.length);
      case 0x85: // TUPLE1
      case 0x86: // TUPLE2
      case 0x87: // TUPLE3
        return this.#push(this.#popMany(opcode - 0x84));
      case 0x74: // TUPLE
        return this.#push(this.#popToMark());
      case 0x61: // APPEND
        return this.#append(this.#popMany(1));
      case 0x65: // APPENDS
        return this.#append(this.#popToMark());
      case 0x73: // SETITEM
        return this.#setItems(this.#popMany(2));
      case 0x75: // SETITEMS
        return this.#setItems(this.#popToMark());
      case 0x63: // GLOBAL
        return this.#pushGlobal(this.#line(), this.#line());
      case 0x93: { // STACK_GLOBAL
        const [module, name] = this.#popMany(2);
        return this.#pushGlobal(module, name);
      }
      case 0x52: // REDUCE
        return this.#call();
      case 0x62: // BUILD
        return this.#build();
      case 0x51: // BINPERSID
        return this.#push(this.#load(this.#pop()));
      default:
        throw this.#broken(`the opcode 0x${opcode.toString(16)}`);
    }
  }

  /** Pushes a constant. Returns false if the opcode does not push a constant. */
  #pushConstant(opcode: number): boolean {
    const value = this.#constant(opcode);
    if (value === undefined) return false;
    this.#push(value);
    return true;
  }

  #constant(opcode: number): unknown {
    switch (opcode) {
      case 0x4e: // NONE
        return null;
      case 0x88: // NEWTRUE
        return true;
      case 0x89: // NEWFALSE
        return false;
      case 0x4b: // BININT1
        return this.#byte();
      case 0x4d: // BININT2
        return this.#view.getUint16(this.#take(2), true);
      case 0x4a: // BININT
        return this.#view.getInt32(this.#take(4), true);
      case 0x8a: // LONG1
        return this.#long(this.#byte());
      case 0x47: // BINFLOAT
        return this.#view.getFloat64(this.#take(8), false);
      case 0x55: // SHORT_BINSTRING
      case 0x8c: // SHORT_BINUNICODE
        return this.#string(this.#byte());
      case 0x54: // BINSTRING
      case 0x58: // BINUNICODE
        return this.#string(this.#view.getUint32(this.#take(4), true));
      case 0x5d: // EMPTY_LIST
      case 0x29: // EMPTY_TUPLE
        return [];
      case 0x7d: // EMPTY_DICT
        return new Map();
      default:
        return undefined;
    }
  }

  /**
   * Executes an opcode that stores a value in the memo or fetches one from it; the memo is where a
   * pickle keeps values for reuse. Returns false if the opcode does not use the memo.
   */
  #remember(opcode: number): boolean {
    switch (opcode) {
      case 0x71: // BINPUT
        this.#memo.set(this.#byte(), this.#top());
        return true;
      case 0x72: // LONG_BINPUT
        this.#memo.set(
          this.#view.getUint32(this.#take(4), true),
          this.#top(),
        );
        return true;
      case 0x94: // MEMOIZE
        this.#memo.set(this.#memo.size, this.#top());
        return true;
      case 0x68: // BINGET
        this.#push(this.#recall(this.#byte()));
        return true;
      case 0x6a: // LONG_BINGET
        this.#push(this.#recall(this.#view.getUint32(this.#take(4), true)));
        return true;
      default:
        return false;
    }
  }

  #recall(key: number): unknown {
    if (this.#memo.has(key)) return this.#memo.get(key);
    throw this.#broken(`a use of value ${key} before its definition`);
  }

  #append(values: readonly unknown[]): void {
    const list = this.#top();
    if (!Array.isArray(list)) throw this.#broken("items for a value that is not a list");
    for (const value of values) list.push(value);
  }

  #setItems(items: readonly unknown[]): void {
    const dictionary = this.#top();
    if (!(dictionary instanceof Map) || items.length % 2 !== 0) {
      throw this.#broken("items for a value that is not a dictionary");
    }
    for (let i = 0; i < items.length; i += 2) {
      dictionary.set(items[i], items[i + 1]);
    }
  }

  #pushGlobal(module: unknown, name: unknown): void {
    // Values of other types are not printed, because printing deeply nested values could take
    // forever.
    if (typeof module !== "string" || typeof name !== "string") {
      throw this.#broken("a global whose name is not a string");
    }
    const known = this.#globals.get(`${module}.${name}`);
    if (!known) throw this.#broken(`a request for ${module}.${name}`);
    this.#push(known);
  }

  #call(): void {
    const [callee, args] = this.#popMany(2);
    const known = [...this.#globals.values()].find((one) => one === callee);
    if (!known?.call || !Array.isArray(args)) {
      throw this.#broken(`a call of ${known?.name ?? "a value that is not a function"}`);
    }
    this.#push(known.call(args));
  }

  /**
   * Skips the state of an object. The state of a dictionary of tensors contains only version
   * numbers.
   */
  #build(): void {
    this.#pop();
    if (!(this.#top() instanceof Map)) {
      throw this.#broken("the state of an object");
    }
  }

  #load(id: unknown): unknown {
    if (this.#persistent) return this.#persistent(id);
    throw this.#broken("a request for data from outside");
  }

  #requireProtocol(version: number): void {
    if (version >= 2 && version <= 5) return;
    throw this.#broken(`protocol ${version}`);
  }

  #push(value: unknown): void {
    this.#stack.push(value);
  }

  #pop(): unknown {
    return this.#popMany(1)[0];
  }

  #top(): unknown {
    this.#requireStack(1);
    return this.#stack.at(-1);
  }

  #popMany(count: number): unknown[] {
    this.#requireStack(count);
    return this.#stack.splice(this.#stack.length - count);
  }

  #popToMark(): unknown[] {
    const mark = this.#marks.pop();
    if (mark === undefined) throw this.#broken("an end without a start");
    return this.#stack.splice(mark);
  }

  /**
   * Checks that there are at least `count` values above the last mark. If values below the mark
   * were taken, then the mark would be beyond the top of the stack.
   */
  #requireStack(count: number): void {
    if (this.#stack.length - count >= (this.#marks.at(-1) ?? 0)) return;
    throw this.#broken("an operation without its operands");
  }

  #byte(): number {
    return this.#bytes[this.#take(1)];
  }

  #take(count: number): number {
    const from = this.#at;
    if (from + count > this.#bytes.length) throw this.#broken("its end");
    this.#at += count;
    return from;
  }

  #string(length: number): string {
    const from = this.#take(length);
    return text.decode(this.#bytes.subarray(from, from + length));
  }

  #line(): string {
    const end = this.#bytes.indexOf(0x0a, this.#at);
    if (end < 0) throw this.#broken("a name without an end");
    const line = this.#string(end - this.#at);
    this.#take(1);
    return line;
  }

  /** Reads a little-endian number of `length` bytes in two's complement. */
  #long(length: number): number | bigint {
    const from = this.#take(length);
    let value = 0n;
    for (let i = length - 1; i >= 0; i--) {
      value = value << 8n | BigInt(this.#bytes[from + i]);
    }
    value = BigInt.asIntN(8 * length, value);
    return BigInt(Number(value)) === value ? Number(value) : value;
  }

  #broken(found: string): WeightFileError {
    return new WeightFileError(
      `wanted a pickle of nothing but tensors, found ${found} at byte ${this.#at}`,
    );
  }
}
