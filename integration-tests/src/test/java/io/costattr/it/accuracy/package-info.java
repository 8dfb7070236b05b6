/**
 * Exchanges with providers, one file each below {@code resources/accuracy}: what was asked, what
 * was answered, and what it must cost, to the last decimal.
 */
package io.costattr.it.accuracy;
