package io.costattr.report;

/**
 * What was read.
 *
 * @param files files read
 * @param calls calls, each once
 * @param duplicates lines left out because their event_id had come before
 * @param notices events that are not calls
 * @param bad lines left out because they could not be read
 */
record Loaded(int files, long calls, long duplicates, long notices, long bad) {}
