/**
 * What Lark says when it says no: code, HTTP status and wording, from the error tables of each API's page (server-docs/im-v1,
 * 通用错误码). IM errors come with HTTP 400; the wording is Lark's where a page shows it.
 */
const TABLE = {
  10003: [200, 'invalid param'],
  10014: [200, 'app secret invalid'],
  /** No page names the code for a used or unknown card update token; 2200 is what integrators report. */
  2200: [200, 'internal service error'],
  41012: [400, 'user id invalid error'],
  99991400: [429, 'request trigger frequency limit'],
  99991661: [400, 'Missing access token for authorization. Please make a request with token attached.'],
  99991662: [400, 'app is disabled'],
  99991663: [400, 'Invalid access token for authorization. Please make a request with token attached.'],
  99991671: [400, "Invalid access token format. The token must start with 't-' or 'u-'."],
  99991672: [400, 'Access denied.'],
  99992402: [400, 'field validation failed'],
  230001: [400, 'Your request contains an invalid request parameter.'],
  230002: [400, 'Bot/User can NOT be out of the chat.'],
  230006: [400, 'Bot ability is not activated.'],
  230011: [400, 'The message was withdrawn.'],
  230012: [400, 'Bot is NOT the sender of the message.'],
  230013: [400, 'Bot has NO availability to this user.'],
  230017: [400, 'Bot is NOT the owner of the resource.'],
  230018: [400, 'These operations are NOT allowed at current group settings.'],
  230020: [400, 'This operation triggers the frequency limit.'],
  230025: [400, 'The length of the message content reaches its limit.'],
  230027: [400, 'Lack of necessary permissions.'],
  230031: [400, 'The message is beyond the time limit of modification.'],
  230033: [400, 'Get the reading status must be done within 7 days after the message is sent.'],
  230054: [400, 'This operation is not supported for this message type.'],
  230072: [400, 'The message has reached the number of times it can be edited.'],
  230099: [400, 'Failed to create card content.'],
  231003: [400, 'The message is not found or deleted.'],
  232006: [400, 'Your request specifies a chat_id which is invalid.'],
  232009: [400, 'Your request specifies a chat which has already been dissolved.'],
  232011: [400, 'Operator can NOT be out of the chat.'],
  234001: [400, 'Invalid request param.'],
  234002: [401, 'Unauthorized.'],
  234003: [400, 'File not in msg.'],
  234006: [400, 'The file size exceed the max value.'],
  234010: [400, "File's size can't be 0."],
  234043: [400, 'Unsupported message type.'],
} as const satisfies Record<number, readonly [status: number, msg: string]>;

export type RefusalCode = keyof typeof TABLE;

interface Detail {
  /** Appended as `, ext=…`, where Lark puts the cause of 230001 and 230099. */
  readonly ext?: string;
  /** Replaces the wording of the table. */
  readonly msg?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Fields beside `log_id` in the body's `error`. */
  readonly error?: Readonly<Record<string, unknown>>;
}

export class Refusal extends Error {
  readonly code: number;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly error: Readonly<Record<string, unknown>>;

  constructor(code: RefusalCode, detail: Detail = {}) {
    const [status, msg] = TABLE[code];
    super((detail.msg ?? msg) + (detail.ext === undefined ? '' : ` ext=${detail.ext}`));
    this.code = code;
    this.status = status;
    this.headers = detail.headers ?? {};
    this.error = detail.error ?? {};
  }
}
