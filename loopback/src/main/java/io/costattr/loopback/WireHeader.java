package io.costattr.loopback;

/** One header line as it came: the name in the sender's own spelling, the value trimmed. */
public record WireHeader(String name, String value) {}
