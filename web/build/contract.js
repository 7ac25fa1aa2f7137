// Writes the contract of the API as TypeScript: node build/contract.js ../api/openapi.json src/api/contract.ts
import { readFileSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

/** The type of a JSON Schema, as far as it says. */
function typeOf(schema, depth) {
  if (!schema) return 'unknown';
  if (schema.$ref) return schema.$ref.split('/').at(-1);
  if (schema.enum) return schema.enum.map((one) => JSON.stringify(one)).join(' | ');
  const either = schema.oneOf ?? schema.anyOf;
  if (either) return either.map((one) => typeOf(one, depth)).join(' | ');
  if (schema.allOf) return schema.allOf.map((one) => typeOf(one, depth)).join(' & ');
  if (Array.isArray(schema.type)) return schema.type.map((one) => typeOf({ ...schema, type: one }, depth)).join(' | ');
  switch (schema.type) {
    case 'string':
      return 'string';
    case 'integer':
    case 'number':
      return 'number';
    case 'boolean':
      return 'boolean';
    case 'null':
      return 'null';
    case 'array': {
      const item = typeOf(schema.items, depth);
      return /[|&]/.test(item) ? `Array<${item}>` : `${item}[]`;
    }
    case 'object':
      return objectOf(schema, depth);
    default:
      return schema.properties || schema.required ? objectOf(schema, depth) : 'unknown';
  }
}

function objectOf(schema, depth) {
  const required = new Set(schema.required ?? []);
  const names = [...new Set([...Object.keys(schema.properties ?? {}), ...required])];
  if (!names.length) return schema.additionalProperties && schema.additionalProperties !== true ? `Record<string, ${typeOf(schema.additionalProperties, depth)}>` : 'object';
  const pad = '  '.repeat(depth + 1);
  const lines = names.map((name) => {
    const key = /^[a-zA-Z_]\w*$/.test(name) ? name : JSON.stringify(name);
    return `${pad}${key}${required.has(name) ? '' : '?'}: ${typeOf(schema.properties?.[name], depth + 1)};`;
  });
  return `{\n${lines.join('\n')}\n${'  '.repeat(depth)}}`;
}

export function makeContract(text) {
  const contract = JSON.parse(text);
  const types = Object.entries(contract.components.schemas).map(([name, schema]) => {
    const about = schema.description ? `/** ${schema.description} */\n` : '';
    return `${about}export type ${name} = ${typeOf(schema, 0)};\n`;
  });
  const operations = Object.entries(contract.paths).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(([method]) => ['get', 'post', 'patch', 'put', 'delete'].includes(method))
      .map(([method, operation]) => {
        const asked = (operation.parameters ?? []).filter((one) => one.in === 'query').map((one) => JSON.stringify(one.name));
        return `  ${JSON.stringify(`${method.toUpperCase()} ${path}`)}: [${asked.join(', ')}],\n`;
      }),
  );
  return `// Made from api/openapi.json by web/build/contract.js; do not edit.\n\n${types.join('\n')}\n/** Every operation, with what may be asked of it. */\nexport const operations: { readonly [operation: string]: readonly string[] } = {\n${operations.join('')}};\n`;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [from, to] = process.argv.slice(2);
  writeFileSync(to, makeContract(readFileSync(from, 'utf8')));
}
