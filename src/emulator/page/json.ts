export type Json = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
export const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
export const objects = (value: unknown): readonly Json[] => list(value).filter(isObject);
export const string = (value: unknown): string => (typeof value === 'string' ? value : '');
export const strings = (value: unknown): readonly string[] => list(value).filter((one) => typeof one === 'string');
export const object = (value: unknown): Json => (isObject(value) ? value : {});
