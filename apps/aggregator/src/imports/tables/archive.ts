import type { Readable } from 'node:stream';
import { type Entry, fromBuffer, type ZipFile } from 'yauzl';
import { type TableMeter, TableRefused } from './table';
import { BYTES_A_TURN, Turns } from './turns';

const OLE = Buffer.from([0xd0, 0xcf, 0x11, 0xe0]);
const ENCRYPTED_BIT = 1;
/** Below this size no ratio is unusual. */
const SMALL_BYTES = 256 * 1024;

/** The parts of a workbook's archive by name. Nothing is unpacked before it is asked for. */
export class Archive {
  private constructor(
    private readonly zip: ZipFile,
    private readonly entries: ReadonlyMap<string, Entry>,
    private readonly meter: TableMeter,
  ) {}

  /** Reads the list of parts; throws `TableRefused` for what is no archive, is encrypted, or claims too much. */
  static async open(bytes: Buffer, meter: TableMeter): Promise<Archive> {
    if (bytes.subarray(0, OLE.length).equals(OLE)) {
      throw new TableRefused(
        'table.oldOrEncrypted',
        'Tệp có mật khẩu hoặc ở khuôn dạng .xls cũ. Đề nghị bỏ mật khẩu và lưu lại dưới dạng .xlsx.',
      );
    }
    const zip = await opened(bytes);
    const entries = new Map<string, Entry>();
    try {
      await new Promise<void>((resolve, reject) => {
        zip.on('entry', (entry: Entry) => {
          try {
            check(entry, entries.size, meter);
            // Of two parts of one name programs disagree on which counts.
            if (entries.has(entry.fileName)) throw unreadable();
            entries.set(entry.fileName, entry);
            zip.readEntry();
          } catch (error) {
            reject(error instanceof Error ? error : unreadable());
          }
        });
        zip.once('end', resolve);
        zip.once('error', () => {
          reject(unreadable());
        });
        zip.readEntry();
      });
    } catch (error) {
      zip.close();
      throw error;
    }
    return new Archive(zip, entries, meter);
  }

  names(): readonly string[] {
    return [...this.entries.keys()];
  }

  /** The unpacked bytes of a part, piece by piece, however they were packed. */
  async *read(name: string): AsyncGenerator<Buffer> {
    const entry = this.entries.get(name);
    if (entry === undefined) throw unreadable();
    const turns = new Turns(BYTES_A_TURN);
    try {
      for await (const piece of (await stream(this.zip, entry)) as AsyncIterable<Buffer>) {
        // What was stored as it is comes in one piece.
        for (let at = 0; at < piece.length; at += BYTES_A_TURN) {
          const part = piece.subarray(at, at + BYTES_A_TURN);
          await turns.before(part.length);
          this.meter.bytes(part.length);
          yield part;
        }
      }
    } catch (error) {
      throw error instanceof TableRefused ? error : unreadable();
    }
  }

  has(name: string): boolean {
    return this.entries.has(name);
  }
}

/** The file is broken, or no workbook at all. */
export function unreadable(): TableRefused {
  return new TableRefused(
    'table.unreadable',
    'Tệp không đọc được: tệp hỏng hoặc không phải là bảng tính .xlsx. Đề nghị tải lại tệp mẫu và điền lại.',
  );
}

function opened(bytes: Buffer): Promise<ZipFile> {
  return new Promise((resolve, reject) => {
    fromBuffer(bytes, { lazyEntries: true, strictFileNames: true }, (error, zip) => {
      if (error) reject(unreadable());
      else resolve(zip);
    });
  });
}

function stream(zip: ZipFile, entry: Entry): Promise<Readable> {
  return new Promise((resolve, reject) => {
    zip.openReadStream(entry, (error, readable) => {
      if (error) reject(error);
      else resolve(readable);
    });
  });
}

/** `uncompressedSize` is what the archive claims; yauzl refuses a part that turns out to hold more. */
function check(entry: Entry, known: number, { limits }: TableMeter): void {
  if ((entry.generalPurposeBitFlag & ENCRYPTED_BIT) !== 0)
    throw new TableRefused('table.oldOrEncrypted', 'Tệp có mật khẩu. Đề nghị bỏ mật khẩu rồi lưu lại.');
  const { compressedSize, uncompressedSize } = entry;
  const inflated = uncompressedSize > SMALL_BYTES && uncompressedSize > compressedSize * limits.ratio;
  if (known >= limits.entries || uncompressedSize > limits.unpackedBytes || inflated) {
    throw new TableRefused(
      'table.bomb',
      'Tệp nén bất thường (giải nén ra quá lớn hoặc có quá nhiều phần) nên không được nhận.',
    );
  }
}
