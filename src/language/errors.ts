/** A line that sets right what was refused: offered as a button to whoever typed, who may say it. */
export interface Mend {
  readonly label: string;
  readonly line: string;
}

/** An expected refusal: `message` is the Chinese sentence that the official reads, with the next step. Nothing is changed. */
export class UserError extends Error {
  override readonly name: string = 'UserError';
  /** The first is what is meant most often. */
  mends: readonly Mend[];

  constructor(message: string, mends: readonly Mend[] = []) {
    super(message);
    this.mends = mends;
  }
}

/** Nothing of this number or name is in what the chat may see: said together with where was looked. */
export class NothingHere extends UserError {
  override readonly name = 'NothingHere';
}
