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

/** The number of a task, a problem or a visit; as a line of its own it shows what it names. */
const NUMBER = /(?<![A-Za-z\d])[TWD]\s?-?\s?0*\d{1,6}(?!\d)/i;

/** A line in the form of an order that only asks whether it is so: nothing is done, and what it names is shown. */
export class Asked extends UserError {
  override readonly name = 'Asked';
  /** The line that shows what was asked about, when it has a number. */
  readonly show: string | undefined;

  constructor(line: string) {
    const [number] = NUMBER.exec(line) ?? [];
    super(number === undefined ? `${ASKED}确实要办，请去掉问号、“吗”再发。` : ASKED);
    this.show = number;
  }
}

const ASKED = '没有办理：这是在问。';

/** Nothing of this number or name is in what the chat may see: said together with where was looked. */
export class NothingHere extends UserError {
  override readonly name = 'NothingHere';
}
