package io.costattr.core.exchange;

/**
 * What budgets have against an attempt that is about to be sent: it is not sent at all, or changed
 * before.
 */
public sealed interface Objection permits Denial {}
