/** Money is whole pence in a bigint; floating point loses pennies. This rule refuses arithmetic that would turn a sum into a
 *  float: Number(), parseFloat(), Math.round() and its kin, toFixed(), parseInt() and unary plus, on a name with "pence" in it
 *  or, where types are known, on a value of type Pence. `penceAsNumber` in the kernel is the one way to a JSON number. */

const FUNCTIONS = new Set(['Number', 'parseFloat', 'parseInt']);
const ROUNDING = new Set(['round', 'floor', 'ceil', 'trunc']);
const BY_DESIGN = new Set(['penceAsNumber']);

/** The first name in an expression that speaks of pence, or undefined. Function bodies inside it are another matter. */
function penceIn(node, keys) {
  if (!node || /Function/.test(node.type)) return undefined;
  if (node.type === 'Identifier' && /pence/i.test(node.name) && !BY_DESIGN.has(node.name)) return node.name;
  for (const key of keys[node.type] ?? []) {
    for (const child of [node[key]].flat()) {
      const found = penceIn(child, keys);
      if (found) return found;
    }
  }
  return undefined;
}

export const noFloatPence = {
  meta: {
    type: 'problem',
    docs: { description: 'Money never goes through floating point.' },
    messages: { float: "'{{name}}' is money: {{how}} would make it a float. Use the functions of kernel/pence.ts." },
    schema: [],
  },
  create(context) {
    const { visitorKeys, parserServices } = context.sourceCode;
    const typed = parserServices?.program ? parserServices : undefined;

    const isPence = (node) => Boolean(typed && /^(readonly )?Pence\b/.test(typed.program.getTypeChecker().typeToString(typed.getTypeAtLocation(node))));
    const check = (node, value, how) => {
      const name = penceIn(value, visitorKeys) ?? (isPence(value) ? context.sourceCode.getText(value) : undefined);
      if (name) context.report({ node, messageId: 'float', data: { name, how } });
    };
    return {
      CallExpression(node) {
        const { callee } = node;
        const [first] = node.arguments;
        if (callee.type === 'Identifier' && FUNCTIONS.has(callee.name) && first) check(node, first, `${callee.name}()`);
        if (callee.type !== 'MemberExpression' || callee.property.type !== 'Identifier') return;
        const verb = callee.property.name;
        if (callee.object.type === 'Identifier' && callee.object.name === 'Math' && ROUNDING.has(verb) && first) check(node, first, `Math.${verb}()`);
        if (callee.object.type === 'Identifier' && callee.object.name === 'Number' && /^parse/.test(verb) && first) check(node, first, `Number.${verb}()`);
        if (verb === 'toFixed') check(node, callee.object, 'toFixed()');
      },
      UnaryExpression(node) {
        if (node.operator === '+') check(node, node.argument, 'unary plus');
      },
    };
  },
};
