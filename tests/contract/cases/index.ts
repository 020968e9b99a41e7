// Every contract case, in one list for both runners.
import type { ContractCase } from '../case.ts';
import { engineCases } from './engine.ts';
import { faultCases } from './faults.ts';
import { fileCases } from './files.ts';
import { readingCases, writingCases } from './formats.ts';
import { stageCases } from './stages.ts';
import { streamCases } from './streams.ts';
import { valueCases } from './values.ts';

export const contractCases: readonly ContractCase[] = [
  ...engineCases,
  ...valueCases,
  ...stageCases,
  ...readingCases,
  ...writingCases,
  ...fileCases,
  ...streamCases,
  ...faultCases,
];
