/** Files that several JVMs append to, and why one of them cannot be written. No format is known. */
@NullMarked
package io.costattr.core.file;

import org.jspecify.annotations.NullMarked;
