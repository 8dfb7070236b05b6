/**
 * Entries as JSON lines in a file: whole lines only, handed to the operating system at once,
 * rotated by size, safe beside other JVMs that write the same file.
 */
@NullMarked
package io.costattr.export.jsonl;

import org.jspecify.annotations.NullMarked;
