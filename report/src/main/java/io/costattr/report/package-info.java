/**
 * The command line over the agent's event files: reads JSON lines into a typed DuckDB table and
 * prints who spent what. It knows the events' fields and nothing of the agent. Money is decimal
 * from the line to the printed figure, never a double.
 */
@NullMarked
package io.costattr.report;

import org.jspecify.annotations.NullMarked;
