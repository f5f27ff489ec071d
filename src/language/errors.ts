/** An expected refusal: `message` is the Chinese sentence that the official reads, with the next step. Nothing is changed. */
export class UserError extends Error {
  override readonly name: string = 'UserError';
}

/** What the line could have said instead: the words, and what they become by a press. */
export interface Mend {
  readonly words: string;
  readonly instead: string;
  readonly label: string;
}

/** A refusal that one press mends. */
export class Mendable extends UserError {
  override readonly name = 'Mendable';
  readonly mends: readonly Mend[];
  constructor(message: string, mends: readonly Mend[]) {
    super(message);
    this.mends = mends;
  }
}

/** Nothing of this number or name is in what the chat may see: said together with where was looked. */
export class NothingHere extends UserError {
  override readonly name = 'NothingHere';
}
