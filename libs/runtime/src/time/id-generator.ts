import { v7 } from 'uuid';

/** Where new ids come from. */
export abstract class IdGenerator {
  /** A UUID v7: its order is the order of creation, which keeps indexes dense. */
  abstract next(): string;
}

export class UuidGenerator extends IdGenerator {
  override next(): string {
    return v7();
  }
}
