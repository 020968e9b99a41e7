// Every contract case, in one list for both runners.
import type { ContractCase } from '../case.ts';
import { engineCases } from './engine.ts';
import { faultCases } from './faults.ts';
import { readingCases, writingCases } from './formats.ts';
import { stageCases } from './stages.ts';
import { valueCases } from './values.ts';

export const contractCases: readonly ContractCase[] = [
  ...engineCases,
  ...valueCases,
  ...stageCases,
  ...readingCases,
  ...writingCases,
  ...faultCases,
];
