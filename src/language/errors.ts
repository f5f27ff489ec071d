/** An expected refusal: `message` is the Chinese sentence that the official reads, with the next step. Nothing is changed. */
export class UserError extends Error {
  override readonly name: string = 'UserError';
}

/** Nothing of this number or name is in what the chat may see: said together with where was looked. */
export class NothingHere extends UserError {
  override readonly name = 'NothingHere';
}
