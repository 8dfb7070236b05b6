/** Batch jobs: made, looked at and read by real clients. */
package io.costattr.it.batch;
