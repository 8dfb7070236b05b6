package io.costattr.advice.theokanning;

/** The library's name; its jars do not tell a version. */
final class TheoKanning {
  static final String CLIENT = "openai-gpt3-java";

  private TheoKanning() {}
}
