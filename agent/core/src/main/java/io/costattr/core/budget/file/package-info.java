/**
 * The store of budgets that needs nothing installed: a file to which every JVM on a machine appends
 * what it has spent, and from which it hears what the others have.
 */
@NullMarked
package io.costattr.core.budget.file;

import org.jspecify.annotations.NullMarked;
