// How the names of files end, by format. It matters only where a folder is read: a file that is named is read as declared.

export const endings = {
  csv: ['csv', 'tsv', 'csv.gz', 'tsv.gz'],
  json: ['json', 'jsonl', 'ndjson', 'json.gz', 'jsonl.gz', 'ndjson.gz'],
  parquet: ['parquet'],
} as const;

/** Whether a file of a folder counts as one of the format. */
export function hasEnding(path: string, format: keyof typeof endings): boolean {
  const name = path.toLowerCase();
  return endings[format].some((ending) => name.endsWith(`.${ending}`));
}
