// Writes a built app as sources of the program: node build/pack.js DIST OUT
//
//   app_files.S          takes in the bytes of every file, and of its gzip form where that is smaller
//   app_files_table.cpp  names them
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { extname, join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';

const [dist, out] = process.argv.slice(2).map((one) => resolve(one));
const types = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

const names = readdirSync(dist, { recursive: true, withFileTypes: true })
  .filter((one) => one.isFile())
  .map((one) => join(one.parentPath ?? one.path, one.name))
  .sort();

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });

const take = (name, file) => `.global ${name}\n.global ${name}_end\n${name}:\n.incbin "${file}"\n${name}_end:\n.byte 0\n`;
let assembly = '// Written by web/build/pack.js; do not edit.\n.section .rodata\n';
let symbols = '';
let rows = '';
names.forEach((name, n) => {
  const bytes = readFileSync(name);
  const path = name.slice(dist.length).replaceAll('\\', '/');
  const type = types[extname(name)];
  if (!type) throw new Error(`${path}: no media type is declared for ${extname(name)}`);
  const small = gzipSync(bytes, { level: 9 });
  const zipped = small.length < bytes.length * 0.95;
  assembly += take(`app_file_${n}`, name);
  symbols += `extern const char app_file_${n}[], app_file_${n}_end[];\n`;
  if (zipped) {
    writeFileSync(join(out, `${n}.gz`), small);
    assembly += take(`app_file_${n}_gz`, join(out, `${n}.gz`));
    symbols += `extern const char app_file_${n}_gz[], app_file_${n}_gz_end[];\n`;
  }
  const tag = createHash('sha256').update(bytes).digest('hex').slice(0, 32);
  const gzip = zipped ? `{app_file_${n}_gz, app_file_${n}_gz_end}` : '{}';
  rows += `        {"${path}", "${type}", {app_file_${n}, app_file_${n}_end}, ${gzip}, "\\"${tag}\\"", ${path.startsWith('/assets/')}},\n`;
});
assembly += '.section .note.GNU-stack,"",%progbits\n';

writeFileSync(join(out, 'app_files.S'), assembly);
writeFileSync(
  join(out, 'app_files_table.cpp'),
  `// Written by web/build/pack.js; do not edit.
#include "app_files/app_files.h"

extern "C" {
${symbols}}

namespace entente {

std::span<const AppFile> all_app_files() {
    static const AppFile files[] = {
${rows}    };
    return files;
}

}  // namespace entente
`,
);
