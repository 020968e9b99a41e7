// YAML, with the queries in it as SQL.
import { yaml, yamlLanguage } from '@codemirror/lang-yaml';
import { withSql } from './embedded-sql.ts';

export const language = withSql(yamlLanguage, yaml());
