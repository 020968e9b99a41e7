// Data types as other systems spell them, in every schema of a document (chapters 2 and 15 of the Aqueducts reference).
import { aqueductsType, deltaType } from '../../formats/foreign-types.ts';
import { dataOf, isText } from '../syntax/tree.ts';
import { textAt, type Rule } from './rewriting.ts';

export const dataType: Rule = (node, path, rewriting) => {
  const isDelta = path[0] === 'destination';
  if (node.kind === 'map') {
    const type = deltaType(dataOf(node));
    if (type === undefined) return node;
    rewriting.alias(`This type is read as \`${type}\`.`, node);
    return textAt(type, node);
  }
  if (!isText(node) || node.incomplete) return node;
  const type = aqueductsType(node.value, isDelta);
  if (type === undefined || type === node.value) return node;
  rewriting.alias(`\`${node.value}\` is read as \`${type}\`.`, node);
  return { ...node, value: type };
};
