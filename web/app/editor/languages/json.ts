// JSON, with the queries in it as SQL.
import { json, jsonLanguage } from '@codemirror/lang-json';
import { withSql } from './embedded-sql.ts';

export const language = withSql(jsonLanguage, json());
