// Text of strangers for a terminal: nothing in it can move the cursor, change colours or turn the reading direction.

/** Control characters, and those that turn the direction of what follows (Unicode UAX #9). */
const unsafe = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu;

/** The text on one line: line breaks and tabs are spelled out, what else is unsafe becomes U+FFFD. */
export function oneLine(text: string): string {
  if (text.search(unsafe) < 0) return text;
  return text.replaceAll('\n', '\\n').replaceAll('\r', '\\r').replaceAll('\t', '\\t').replaceAll(unsafe, '\u{FFFD}');
}

/** The text with its line breaks. */
export function severalLines(text: string): string {
  return text
    .split(/\r\n?|\n/)
    .map((line) => oneLine(line.replaceAll('\t', '  ')))
    .join('\n');
}

/** What JSON leaves as it is in texts, although a terminal should not see it. */
const unsafeInJson = /[\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;

/** JSON in which unsafe characters are escapes, so that it can be printed on a terminal and means the same. */
export function safeJson(json: string): string {
  return json.replaceAll(unsafeInJson, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
