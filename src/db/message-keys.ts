/** The table of event ids keeps what became of messages as well. */
export const messageKey = (messageId: string): string => `message:${messageId}`;
export const didKey = (messageId: string): string => `did:${messageId}`;
