// Every contract case, in one list for both runners.
import type { ContractCase } from '../case.ts';
import { addressCases } from './addresses.ts';
import { checkCases } from './checks.ts';
import { columnNameCases } from './column-names.ts';
import { csvCases } from './csv.ts';
import { errorTextCases } from './error-texts.ts';
import { exactCsvCases } from './csv-exact.ts';
import { damagedFileCases } from './damaged-files.ts';
import { declaredLimitCases } from './declared-limits.ts';
import { datafusionCases } from './datafusion.ts';
import { dialectCases } from './dialects.ts';
import { engineCases } from './engine.ts';
import { faultCases } from './faults.ts';
import { fileCases } from './files.ts';
import { folderWritingCases } from './folder-destinations.ts';
import { folderReadingCases } from './folder-sources.ts';
import { readingCases, writingCases } from './formats.ts';
import { jsonCases } from './json.ts';
import { jsonLateCases } from './json-late.ts';
import { jsonValueCases } from './json-values.ts';
import { jsonWrittenCases } from './json-written.ts';
import { lookingCases } from './looking.ts';
import { nameCases } from './names.ts';
import { orderCases } from './order.ts';
import { parquetRangeCases } from './parquet-range.ts';
import { parquetValueCases } from './parquet-values.ts';
import { planCases } from './plans.ts';
import { refusedCases } from './refused.ts';
import { stageCases } from './stages.ts';
import { streamCases } from './streams.ts';
import { valueCases } from './values.ts';
import { writtenTypeCases } from './types-written.ts';
import { workspaceCases } from './workspace.ts';

export const contractCases: readonly ContractCase[] = [
  ...engineCases,
  ...valueCases,
  ...stageCases,
  ...columnNameCases,
  ...orderCases,
  ...refusedCases,
  ...errorTextCases,
  ...checkCases,
  ...datafusionCases,
  ...dialectCases,
  ...planCases,
  ...workspaceCases,
  ...lookingCases,
  ...readingCases,
  ...writingCases,
  ...fileCases,
  ...csvCases,
  ...exactCsvCases,
  ...declaredLimitCases,
  ...jsonCases,
  ...jsonLateCases,
  ...jsonValueCases,
  ...jsonWrittenCases,
  ...writtenTypeCases,
  ...parquetValueCases,
  ...parquetRangeCases,
  ...folderReadingCases,
  ...folderWritingCases,
  ...nameCases,
  ...addressCases,
  ...streamCases,
  ...faultCases,
  ...damagedFileCases,
];
