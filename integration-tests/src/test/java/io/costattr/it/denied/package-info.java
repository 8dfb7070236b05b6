/** Calls that are not sent, because of a budget or of a policy, through every transport. */
package io.costattr.it.denied;
