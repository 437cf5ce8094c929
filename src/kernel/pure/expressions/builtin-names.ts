/**
 * The built-in functions whose names have blanks: the tokenizer must know them before it reads. Those with `time` or `duration` in them are words
 * of the grammar. A test holds this list and the table in `builtins/` together.
 */
export const namesWithBlanks: readonly string[] = [
  'string length, upper case, lower case, substring before, substring after, starts with, ends with, string join',
  'list contains, list replace, insert before, index of, distinct values',
  'round up, round down, round half up, round half down',
  'met by, overlaps before, overlaps after, finished by, started by',
  'day of year, day of week, month of year, week of year',
  'get value, get entries, context put, context merge',
].flatMap((line) => line.split(', '))
