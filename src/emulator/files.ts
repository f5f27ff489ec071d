import type { Ids } from './lark-app.ts';
import { Refusal } from './refusals.ts';

const MB = 1024 * 1024;
const MAX_IMAGE = 10 * MB;
const MAX_FILE = 30 * MB;

export interface StoredFile {
  readonly key: string;
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Uploaded by the bot, who alone may send it (230017); people's attachments belong to their message. */
  readonly ofBot: boolean;
}

export class Files {
  readonly #ids: Ids;
  readonly #byKey = new Map<string, StoredFile>();

  constructor(ids: Ids) {
    this.#ids = ids;
  }

  /** im/v1/images: 10 MB, not empty (234006, 234010). */
  uploadImage(bytes: Uint8Array): StoredFile {
    return this.#upload('img_v3_02', 'image', bytes, MAX_IMAGE);
  }

  /** im/v1/files: 30 MB, not empty. */
  uploadFile(name: string, bytes: Uint8Array): StoredFile {
    return this.#upload('file_v3_00', name, bytes, MAX_FILE);
  }

  #upload(prefix: string, name: string, bytes: Uint8Array, max: number): StoredFile {
    if (bytes.length === 0) throw new Refusal(234010);
    if (bytes.length > max) throw new Refusal(234006);
    return this.#keep(prefix, name, bytes, true);
  }

  /** What a person attaches to a message. */
  attach(type: 'image' | 'file', name: string, bytes: Uint8Array): StoredFile {
    return this.#keep(type === 'image' ? 'img_v3_02' : 'file_v3_00', name, bytes, false);
  }

  #keep(prefix: string, name: string, bytes: Uint8Array, ofBot: boolean): StoredFile {
    const file = { key: `${prefix}${this.#ids()}`, name, bytes, ofBot };
    this.#byKey.set(file.key, file);
    return file;
  }

  get(key: string): StoredFile | undefined {
    return this.#byKey.get(key);
  }
}
