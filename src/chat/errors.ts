/** An expected refusal: `message` is the Chinese sentence that the official reads, with the next step. Nothing is changed. */
export class UserError extends Error {
  override readonly name = 'UserError';
}
