/** A line that sets right what was refused: offered as a button to whoever typed, who may say it. */
export interface Mend {
  readonly label: string;
  readonly line: string;
}

/** The same of a line whose words could have been others: what they become by a press. */
export interface Rewording {
  readonly label: string;
  readonly words: string;
  readonly instead: string;
}

/** An expected refusal: `message` is the Chinese sentence that the official reads, with the next step. Nothing is changed. */
export class UserError extends Error {
  override readonly name: string = 'UserError';
  /** The first is what is meant most often. */
  mends: readonly (Mend | Rewording)[];

  constructor(message: string, mends: readonly (Mend | Rewording)[] = []) {
    super(message);
    this.mends = mends;
  }
}

/** Nothing of this number or name is in what the chat may see: said together with where was looked. */
export class NothingHere extends UserError {
  override readonly name = 'NothingHere';
}
