/** The last migration that this program knows; a Worker cannot read the folder. A test compares the two. */
export const SCHEMA_VERSION = '0019_readers';
