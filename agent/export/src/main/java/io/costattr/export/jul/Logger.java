package io.costattr.export.jul;

/** t. */
public class Logger {}
