/** The few wire types of Protocol Buffers that an ONNX file needs (protobuf.dev/programming-guides/encoding). */
const encoder = new TextEncoder();

/** Collects the fields of one message; nested messages are writers themselves. */
export class MessageWriter {
  private readonly parts: Uint8Array[] = [];
  private length = 0;

  private push(bytes: Uint8Array): void {
    this.parts.push(bytes);
    this.length += bytes.length;
  }

  private key(field: number, wireType: number): void {
    this.push(varint(BigInt(field * 8 + wireType)));
  }

  /** Zero and negative numbers are written too: repeated and oneof fields need them. */
  integer(field: number, value: number | bigint): this {
    this.key(field, 0);
    this.push(varint(BigInt(value)));
    return this;
  }

  float(field: number, value: number): this {
    this.key(field, 5);
    this.push(new Uint8Array(new Float32Array([value]).buffer));
    return this;
  }

  bytes(field: number, value: Uint8Array): this {
    this.key(field, 2);
    this.push(varint(BigInt(value.length)));
    this.push(value);
    return this;
  }

  text(field: number, value: string): this {
    return this.bytes(field, encoder.encode(value));
  }

  message(field: number, value: MessageWriter): this {
    return this.bytes(field, value.finish());
  }

  finish(): Uint8Array {
    const whole = new Uint8Array(this.length);
    let offset = 0;
    for (const part of this.parts) {
      whole.set(part, offset);
      offset += part.length;
    }
    return whole;
  }
}

/** Base-128 integer, least significant group first; negative numbers as 64-bit two's complement. */
function varint(value: bigint): Uint8Array {
  let rest = BigInt.asUintN(64, value);
  const bytes: number[] = [];
  do {
    const group = Number(rest & 0x7fn);
    rest >>= 7n;
    bytes.push(rest > 0n ? group | 0x80 : group);
  } while (rest > 0n);
  return Uint8Array.from(bytes);
}
