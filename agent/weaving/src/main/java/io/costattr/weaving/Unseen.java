package io.costattr.weaving;

/**
 * A class whose loading tells that calls may be made which the agent does not observe; that is said
 * once. Plain data, read in premain.
 *
 * @param internalName its exact internal name
 * @param library what a user calls it
 * @param instead what is observed, and how a user comes to it; part of a sentence
 */
record Unseen(String internalName, String library, String instead) {}
