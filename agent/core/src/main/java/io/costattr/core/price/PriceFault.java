package io.costattr.core.price;

/**
 * What is wrong in a price file.
 *
 * @param line the line, counted from 1; 0 when it is the file as a whole
 * @param reason what is wrong there
 */
public record PriceFault(long line, String reason) {}
