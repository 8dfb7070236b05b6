package io.costattr.advice.openai;

import com.openai.core.http.HttpRequest;

/** The library's name and version, from its jar's manifest, read once. */
final class OpenAiVersion {
  /** For example {@code openai-java 4.101.0}; without version where the jar was merged away. */
  static final String CLIENT = client();

  private OpenAiVersion() {}

  private static String client() {
    // The header X-Stainless-Package-Version says "unknown" up to 3.0.
    Package core = HttpRequest.class.getPackage();
    boolean own = core != null && "openai-java-core".equals(core.getImplementationTitle());
    return own ? "openai-java " + core.getImplementationVersion() : "openai-java";
  }
}
