/**
 * The same programs against the same servers, in a JVM with the agent and in one without: what the
 * application and the server saw must not differ, and the ledger must say what happened.
 */
@org.jspecify.annotations.NullMarked
package io.costattr.it.differential;
